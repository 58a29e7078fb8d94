import type { FormField } from "@clew/contract/forms";
import { describe, expect, it } from "vitest";
import { answersOf, checkAnswer, choicesOf } from "./check-answer.ts";

const field = (changes: Partial<FormField>): FormField => ({
  key: "f",
  type: "text",
  label: { en: "F" },
  required: false,
  hidden: false,
  editable: true,
  ...changes,
});
const fault = (changes: Partial<FormField>, value: string | boolean | null) =>
  checkAnswer(field(changes), { f: value })?.say;

describe("answers", () => {
  it("[W10] a required answer must be there and a required tick set; anything else may stay blank", () => {
    expect(fault({ required: true }, "  ")).toBe("needsAnswer");
    expect(fault({ required: true, type: "checkbox" }, false)).toBe("needsTick");
    expect(fault({ required: true, type: "checkbox" }, true)).toBeUndefined();
    expect(fault({ type: "email" }, "")).toBeUndefined();
  });

  it("[W10] each type says what it expects", () => {
    expect(fault({ type: "email" }, "mo@example")).toBe("badEmail");
    expect(fault({ type: "email" }, "mo@example.com")).toBeUndefined();
    expect(fault({ type: "number" }, "seven")).toBe("badNumber");
    expect(checkAnswer(field({ type: "number", min: 3 }), { f: "2" })).toEqual({ say: "tooSmall", count: 3 });
    expect(checkAnswer(field({ type: "number", max: 3 }), { f: "4" })).toEqual({ say: "tooBig", count: 3 });
    expect(fault({ type: "phone" }, "12")).toBe("badPhone");
    expect(fault({ type: "phone" }, "+44 (20) 7946-0000")).toBeUndefined();
    expect(fault({ type: "date" }, "2026-02-30")).toBe("badDate");
    expect(fault({ type: "date" }, "2026-02-28")).toBeUndefined();
    expect(checkAnswer(field({ maxLength: 3 }), { f: "four" })).toEqual({ say: "tooLong", count: 3 });
  });

  it("[W10] a pattern means the whole answer and speaks through its own hint", () => {
    expect(fault({ pattern: "[A-Z]{2}", patternHint: { en: "Two letters" } }, "ABC")).toBe("patternHint");
    expect(fault({ pattern: "[A-Z]{2}" }, "ABC")).toBe("badPattern");
    expect(fault({ pattern: "(" }, "anything")).toBeUndefined();
  });

  it("[W11] a dependent list shows what belongs to the answer above it and sends nothing that no longer does", () => {
    const car = field({ key: "brand", type: "choice", choices: [{ value: "a", label: {} }] });
    const model = field({
      key: "f",
      type: "dependentChoice",
      dependsOn: "brand",
      required: true,
      choices: [
        { value: "a1", label: {}, when: ["a"] },
        { value: "b1", label: {}, when: ["b"] },
      ],
    });
    expect(choicesOf(model, { brand: "a" })?.map((choice) => choice.value)).toEqual(["a1"]);
    expect(checkAnswer(model, { brand: "a", f: "b1" })).toEqual({ say: "badChoice" });
    expect(checkAnswer(model, { brand: "zzz" })).toBeUndefined();
    expect(answersOf([car, model], { brand: "b", f: "a1" }, () => false).at(-1)).toEqual({
      key: "f",
      value: null,
      how: "typed",
    });
  });

  it("[W12] answers go out trimmed, numbers as numbers, blank as null, and what the page fixed as the page's word", () => {
    const fields = [
      field({ key: "a" }),
      field({ key: "n", type: "number" }),
      field({ key: "b" }),
      field({ key: "fixed" }),
      field({ key: "unset" }),
    ];
    const answers = answersOf(fields, { a: " x ", n: "4.5", b: "", fixed: "me" }, (each) =>
      ["fixed", "unset"].includes(each.key),
    );
    expect(answers).toEqual([
      { key: "a", value: "x", how: "typed" },
      { key: "n", value: 4.5, how: "typed" },
      { key: "b", value: null, how: "typed" },
      { key: "fixed", value: "me", how: "hidden" },
    ]);
  });
});
