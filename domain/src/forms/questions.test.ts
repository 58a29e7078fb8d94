import type { Fact } from "@clew/contract/facts";
import type { AskPolicy, FormField } from "@clew/contract/forms";
import { expect, test } from "vitest";
import { questionsToAsk } from "./questions.ts";

const DAY = 86_400_000;
const NOW = 100 * DAY;
const field = (key: string, more: Partial<FormField> = {}): FormField => {
  return { key, type: "text", label: { en: key }, required: false, hidden: false, editable: true, ...more };
};
const fact = (key: string, at: number, value: Fact["value"] = "x"): Fact => {
  return { key, value, at, sessionId: "s", sessionNumber: 1, how: "typed", by: { who: "customer" } };
};
const fields = [field("name"), field("page", { hidden: true }), field("topic")];
const asked = (ask: AskPolicy, facts: Fact[] = [], sessionNumber = 2, of = fields) =>
  questionsToAsk({ ask, fields: of }, facts, { now: NOW, sessionNumber }).map((one) => one.key);

test("[P1] [P5] once a conversation, or before every session; never the hidden ones", () => {
  expect(asked({ when: "conversation" }, [], 1)).toEqual(["name", "topic"]);
  expect(asked({ when: "conversation" }, [], 2)).toEqual([]);
  expect(asked({ when: "session" }, [fact("name", NOW)], 7)).toEqual(["name", "topic"]);
});

test("[P2] only what has no fact, or one older than the days set", () => {
  expect(asked({ when: "missing" }, [fact("name", 0)])).toEqual(["topic"]);
  expect(
    asked({ when: "missing", olderThanDays: 30 }, [fact("name", NOW - 30 * DAY), fact("topic", NOW - 30 * DAY - 1)]),
  ).toEqual(["topic"]);
  expect(asked({ when: "missing", olderThanDays: 30 }, [fact("name", 0), fact("name", NOW)])).toEqual(["topic"]);
});

test("[P3] blank counts as answered, unless an answer is required by now", () => {
  const facts = [fact("name", NOW, null), fact("topic", NOW, null)];
  expect(asked({ when: "missing" }, facts)).toEqual([]);
  expect(asked({ when: "missing" }, facts, 2, [field("name", { required: true }), field("topic")])).toEqual(["name"]);
});

test("[P3] a blank dependent choice that has nothing to choose is not asked for ever", () => {
  const choices = [{ value: "42", label: { en: "42" }, when: ["shoes"] }];
  const of = [field("kind"), field("size", { type: "dependentChoice", required: true, dependsOn: "kind", choices })];
  expect(asked({ when: "missing" }, [fact("kind", NOW, "hats"), fact("size", NOW, null)], 2, of)).toEqual([]);
  expect(asked({ when: "missing" }, [fact("kind", NOW, "shoes"), fact("size", NOW, null)], 2, of)).toEqual(["size"]);
});

test("[P4] with a question, those that hang on it are put again", () => {
  const of = [
    field("a"),
    field("b", { type: "dependentChoice", dependsOn: "a" }),
    field("c", { type: "dependentChoice", dependsOn: "b" }),
    field("d"),
  ];
  expect(asked({ when: "missing" }, [fact("b", NOW), fact("c", NOW), fact("d", NOW)], 2, of)).toEqual(["a", "b", "c"]);
});
