import type { Fact } from "@clew/contract/facts";
import type { Answer, FormField } from "@clew/contract/forms";
import { expect, test } from "vitest";
import { correct, factsOfSession, recordAnswers, valuesOf } from "./facts.ts";

const field = (key: string, more: Partial<FormField> = {}): FormField => {
  return { key, type: "text", label: { en: key }, required: false, hidden: false, editable: true, ...more };
};
const form = {
  fields: [field("name", { required: true }), field("plan", { hidden: true }), field("age", { type: "number" })],
};
const customer = { id: "cust", name: "Ann" };
const typed = (key: string, value: Answer["value"]): Answer => ({ key, value, how: "typed" });
const record = (facts: Fact[], answers: Answer[], session = 1) =>
  recordAnswers({
    facts,
    answers,
    form,
    sessionId: `s${session}`,
    sessionNumber: session,
    now: session * 100,
    customer,
  });
const first = record([], [typed("age", 30), typed("name", "Ann"), { key: "plan", value: "gold", how: "hidden" }]);

test("[P15] answers become facts with session, time and origin, in the order of the form", () => {
  expect(first).toEqual([
    {
      key: "name",
      value: "Ann",
      sessionId: "s1",
      sessionNumber: 1,
      at: 100,
      how: "typed",
      by: { who: "customer", id: "cust", name: "Ann" },
    },
    { key: "plan", value: "gold", sessionId: "s1", sessionNumber: 1, at: 100, how: "hidden", by: { who: "page" } },
    {
      key: "age",
      value: 30,
      sessionId: "s1",
      sessionNumber: 1,
      at: 100,
      how: "typed",
      by: { who: "customer", id: "cust", name: "Ann" },
    },
  ]);
});

test("[P17] the same answer is news only in a later session", () => {
  expect(record(first, [typed("name", "Ann")], 1)).toEqual([]);
  expect(record(first, [typed("name", "Anna")], 1)).toMatchObject([{ value: "Anna" }]);
  expect(record(first, [typed("name", "Ann")], 2)).toMatchObject([{ value: "Ann", sessionId: "s2", at: 200 }]);
});

test("[P16] [P18] the newest holds, blank ones too, and earlier sessions' are carried", () => {
  const facts = [...first, ...record(first, [typed("age", null)], 2)];
  expect(factsOfSession(facts, "s2").map(({ key, value, carried }) => [key, value, carried])).toEqual([
    ["name", "Ann", true],
    ["plan", "gold", true],
    ["age", null, false],
  ]);
  expect(valuesOf(facts)).toEqual({ name: "Ann", plan: "gold", age: null });
});

const agent = { id: "agt", name: "Bob" };
const correction = (key: string, value: Answer["value"], facts: Fact[] = first) =>
  correct({ facts, form, key, value, language: "en", agent, sessionId: "s2", sessionNumber: 2, now: 250 });

test("[P19] agents correct what the question takes, and clear what they want", () => {
  expect(correction("plan", " silver ")).toEqual({
    ok: true,
    fact: {
      key: "plan",
      value: "silver",
      sessionId: "s2",
      sessionNumber: 2,
      at: 250,
      how: "corrected",
      by: { who: "agent", ...agent },
    },
  });
  expect(correction("age", "old")).toEqual({ ok: false, reason: "not-a-number" });
  expect(correction("name", "")).toMatchObject({ ok: true, fact: { value: null } });
  expect(correction("name", "Ann ")).toEqual({ ok: true, fact: null });
  expect(correction("nothing", "x")).toEqual({ ok: false, reason: "unknown-field" });
});

test("[FN2] what an earlier session told is confirmed by the same value, where that is asked for, and once", () => {
  const given = { facts: first, form, key: "name", language: "en", agent, sessionId: "s2", sessionNumber: 2, now: 250 };
  const confirmed = correct({ ...given, value: "Ann", confirms: true });
  expect(confirmed).toMatchObject({ ok: true, fact: { value: "Ann", sessionId: "s2", how: "confirmed", by: agent } });
  if (!confirmed.ok || !confirmed.fact) throw new Error("it was not confirmed");
  const facts = [...first, confirmed.fact];
  expect(correct({ ...given, facts, value: "Ann", confirms: true })).toEqual({ ok: true, fact: null });
  expect(correct({ ...given, value: "Anna", confirms: true })).toMatchObject({ fact: { how: "corrected" } });
});

test("[P19] a fact whose question has left the form can still be put right", () => {
  const old: Fact[] = [{ ...first[0]!, key: "former" }];
  expect(correction("former", "x", old)).toMatchObject({ ok: true, fact: { key: "former", value: "x" } });
});
