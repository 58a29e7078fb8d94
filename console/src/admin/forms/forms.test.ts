import type { FormField } from "@clew/contract/forms";
import { expect, test } from "vitest";
import { checkField, checkForm, missingTexts, tryPattern } from "./check-form.ts";
import { FIELD_KEY, keyFromLabel, valueFromLabel } from "./field-key.ts";
import { newField } from "./field-types.ts";
import { moved } from "./reorder.ts";

const field = (more: Partial<FormField> = {}): FormField => ({
  ...newField("text", []),
  key: "name",
  label: { en: "Name" },
  ...more,
});

test("[AD12] a key is made from the label, fits the contract and is unlike the others", () => {
  expect(keyFromLabel("Order number", [])).toBe("orderNumber");
  expect(keyFromLabel("Straße & Hausnummer", [])).toBe("strasseHausnummer");
  expect(keyFromLabel("Name", ["name", "name2"])).toBe("name3");
  expect(keyFromLabel("2. Wahl", [])).toBe("wahl");
  expect(keyFromLabel("お名前", [])).toBe("question");
  for (const label of ["A".repeat(90), "___", "Ünïcode!", "123"]) expect(keyFromLabel(label, [])).toMatch(FIELD_KEY);
});

test("[AD12] a choice's value is made from its label in any script", () => {
  expect(valueFromLabel("Late delivery!", [])).toBe("late-delivery");
  expect(valueFromLabel("返品", [])).toBe("返品");
  expect(valueFromLabel("Late delivery", ["late-delivery"])).toBe("late-delivery-2");
});

test("[AD13] a moved question keeps the others in order and never leaves the list", () => {
  expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
  expect(moved(["a", "b", "c"], 2, -5)).toEqual(["c", "a", "b"]);
  expect(moved(["a", "b", "c"], 7, 0)).toEqual(["a", "b", "c"]);
});

test("[AD14] mistakes in a question are told before saving, at the part they are in", () => {
  const wrong = field({
    key: "Name",
    label: { en: " " },
    pattern: "[",
    maxLength: 0,
    required: true,
    hidden: true,
    min: 5,
    max: 1,
  });
  expect(Object.keys(checkField(wrong, [wrong])).sort()).toEqual([
    "key",
    "label",
    "max",
    "maxLength",
    "pattern",
    "required",
  ]);
  const twice = [field(), field()];
  expect(Object.keys(checkForm({ ask: { when: "session" }, fields: twice }))).toEqual([
    "/preChat/fields/0/key",
    "/preChat/fields/1/key",
  ]);
});

test("[AD14] a choice list needs choices with values of their own and labels; a dependent one a list before it", () => {
  const topic = field({ key: "topic", type: "choice", choices: [{ value: "a", label: { en: "A" } }] });
  const detail = field({
    key: "detail",
    type: "dependentChoice",
    dependsOn: "topic",
    choices: [{ value: "x", label: { en: "X" }, when: ["a"] }],
  });
  expect(checkField(detail, [topic, detail])).toEqual({});
  expect(checkField(detail, [detail, topic])).toHaveProperty("dependsOn");
  expect(checkField({ ...topic, choices: [] }, [topic])).toHaveProperty("choices");
  expect(checkField({ ...topic, choices: [...topic.choices!, ...topic.choices!] }, [topic])).toHaveProperty("choices");
  expect(checkField({ ...topic, choices: [{ value: "a", label: {} }] }, [topic])).toHaveProperty("choices");
});

test("[AD15] a pattern is tried on the whole answer", () => {
  expect(tryPattern("[A-Z]{2}\\d+", "AB12")).toBe(true);
  expect(tryPattern("[A-Z]{2}\\d+", "xAB12")).toBe(false);
  expect(tryPattern("a|b", "ab")).toBe(false);
  expect(tryPattern("[", "x")).toBeNull();
});

test("[AD16] a language knows how many texts it lacks; texts that nobody wrote do not count", () => {
  const form = {
    ask: { when: "session" as const },
    title: { en: "Hello", de: "Hallo" },
    fields: [field(), field({ key: "b", hint: { en: "Hint" } })],
  };
  expect(missingTexts(form, "de")).toBe(3);
  expect(missingTexts(form, "en")).toBe(0);
});
