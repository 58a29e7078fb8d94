import type { Answer, AnswerValue, FormField } from "@clew/contract/forms";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type AnswersContext, checkAnswers } from "./answers.ts";
import { ANSWER_REASONS } from "./check-value.ts";
import { compilePattern } from "./pattern.ts";

const label = { en: "label" };
const plain = { label, required: false, hidden: false, editable: true };
const field = (type: FormField["type"], more: Partial<FormField> = {}): FormField => ({
  ...plain,
  key: "f",
  type,
  ...more,
});
const typed = (key: string, value: AnswerValue): Answer => ({ key, value, how: "typed" });
const check = (fields: FormField[], answers: Answer[], context: Partial<AnswersContext> = {}) =>
  checkAnswers({ fields }, answers, { language: "en", ...context });
/** What becomes of one value: the kept value, or the reason in angle brackets. */
const one = (of: FormField, value: AnswerValue, context: Partial<AnswersContext> = {}) => {
  const checked = check([of], [typed("f", value)], context);
  return checked.ok ? checked.answers[0]?.value : `<${checked.fields.f}>`;
};
const choices = (...values: string[]) => values.map((value) => ({ value, label }));

test("[P9] text is trimmed; one line stays one line", () => {
  expect(one(field("text"), "  Ann\r\n  Lee ")).toBe("Ann Lee");
  expect(one(field("longText"), " a\r\nb\n")).toBe("a\nb");
  expect(one(field("text"), 4711)).toBe("4711");
  expect(one(field("text"), true)).toBe("<not-text>");
});

test("[P6] the longest text is counted in characters", () => {
  expect(one(field("text", { maxLength: 3 }), "👋👋👋")).toBe("👋👋👋");
  expect(one(field("text", { maxLength: 3 }), "abcd")).toBe("<too-long>");
  expect(one(field("longText"), "a".repeat(4001))).toBe("<too-long>");
});

test("[P7] blank is null, not answered is absent", () => {
  for (const blank of [null, "", " \n "])
    expect(check([field("text")], [typed("f", blank)])).toEqual({ ok: true, answers: [typed("f", null)] });
  expect(check([field("text")], [])).toEqual({ ok: true, answers: [] });
});

test("[P7] blank from the page means that the page has not set it", () => {
  const hidden = field("text", { hidden: true });
  expect(check([hidden], [{ key: "f", value: null, how: "hidden" }])).toEqual({ ok: true, answers: [] });
  expect(check([hidden], [typed("f", "")])).toEqual({ ok: true, answers: [] });
});

test("[P8] what is required and was put must be answered", () => {
  const required = field("text", { required: true });
  expect(one(required, " ")).toBe("<required>");
  expect(check([required], [])).toEqual({ ok: false, fields: { f: "required" } });
  expect(check([required], [], { asked: [] })).toEqual({ ok: true, answers: [] });
  expect(one(field("checkbox", { required: true }), false)).toBe("<required>");
  expect(one(field("checkbox", { required: true }), true)).toBe(true);
  expect(one(field("checkbox"), false)).toBe(false);
});

test("[P8] nobody is asked for what they cannot type", () => {
  expect(check([field("text", { required: true, hidden: true })], [], { asked: ["f"] })).toMatchObject({ ok: true });
  expect(check([field("text", { required: true, editable: false })], [])).toMatchObject({ ok: true });
});

test("[P9] numbers are understood as the language writes them", () => {
  const number = field("number", { min: -5, max: 5000 });
  expect(one(number, "1.5")).toBe(1.5);
  expect(one(number, "1,5")).toBe("<not-a-number>");
  expect(one(number, "1,5", { language: "de" })).toBe(1.5);
  expect(one(number, "1.5", { language: "de" })).toBe(1.5);
  expect(one(number, "1.234,5", { language: "de" })).toBe("<not-a-number>");
  expect(one(number, "1 234", { language: "fr" })).toBe(1234);
  expect(one(number, "٤٢٫٥", { language: "ar" })).toBe(42.5);
  expect(one(number, "４２", { language: "ja" })).toBe(42);
  expect(one(number, "−3")).toBe(-3);
  expect(one(number, -6)).toBe("<too-small>");
  expect(one(number, 5001)).toBe("<too-large>");
  for (const bad of ["12a", "1e5", "0x10", "--1", ".", true]) expect(one(number, bad)).toBe("<not-a-number>");
});

test("[P6] e-mail addresses", () => {
  for (const good of ["ann@shop.example", "a.b+c@x.co.uk", "jörg@bücher.example"])
    expect(one(field("email"), ` ${good} `)).toBe(good);
  for (const bad of ["ann", "ann@shop", "@shop.example", "a b@c.de", "a@b..de", "a@b.de,c@d.de", "a@.de", "a@b.de."]) {
    expect(one(field("email"), bad)).toBe("<not-an-email>");
  }
});

test("[P9] phone numbers stay as typed but must be some", () => {
  for (const good of ["+49 (30) 123-456", "030/1234", "112 ext. 7".replace("112", "1123"), "٠٣٠١٢٣٤"])
    expect(one(field("phone"), good)).toBe(good);
  for (const bad of ["123", "call me", "+", "1".repeat(16), "12+3456"])
    expect(one(field("phone"), bad)).toBe("<not-a-phone>");
});

test("[P10] dates are days that exist", () => {
  expect(one(field("date"), " 2024-02-29 ")).toBe("2024-02-29");
  expect(one(field("date"), "2026-02-30")).toBe("<not-a-date>");
  expect(one(field("date"), 20260101)).toBe("<not-a-date>");
});

test("[P6] choices are of the list", () => {
  const list = field("choice", { choices: choices("a", "b") });
  expect(one(list, "a")).toBe("a");
  expect(one(list, "c")).toBe("<not-a-choice>");
  expect(one(field("choice"), "a")).toBe("<not-a-choice>");
  expect(one(field("checkbox"), "yes")).toBe("<not-a-yes-or-no>");
});

test("[P11] a dependent choice belongs to the value of its parent, answered now or known", () => {
  const parent = field("choice", { key: "p", choices: choices("shoes", "hats", "bags") });
  const sizes = [
    { value: "42", label, when: ["shoes"] },
    { value: "L", label, when: ["hats"] },
  ];
  const child = field("dependentChoice", { key: "c", required: true, dependsOn: "p", choices: sizes });
  const both = [parent, child];
  expect(check(both, [typed("p", "shoes"), typed("c", "42")])).toMatchObject({ ok: true });
  expect(check(both, [typed("p", "shoes"), typed("c", "L")])).toEqual({ ok: false, fields: { c: "not-a-choice" } });
  expect(check(both, [typed("p", "shoes")])).toEqual({ ok: false, fields: { c: "required" } });
  expect(check(both, [typed("c", "L")], { known: { p: "hats" }, asked: ["c"] })).toMatchObject({ ok: true });
  expect(check(both, [typed("p", "bags")])).toMatchObject({ ok: true });
  expect(check(both, [typed("p", "shoes"), typed("c", "L")], { known: { p: "hats" } })).toMatchObject({ ok: false });
  expect(check(both, [typed("p", "gone"), typed("c", "L")])).toEqual({ ok: false, fields: { p: "not-a-choice" } });
});

test("[P12] a pattern describes the whole answer, and a broken one turns nobody away", () => {
  expect(one(field("text", { pattern: "[A-Z]{2}\\d+" }), "AB12")).toBe("AB12");
  expect(one(field("text", { pattern: "[A-Z]{2}\\d+" }), "xAB12")).toBe("<pattern>");
  expect(one(field("text", { pattern: "a|b" }), "ax")).toBe("<pattern>");
  expect(one(field("text", { pattern: "\\p{L}+" }), "Zoë")).toBe("Zoë");
  expect(one(field("text", { pattern: ".+" }), "a".repeat(1001))).toBe("<too-long>");
  for (const broken of ["(", "a)(b", "[z-a]", "\\", "a".repeat(201)]) {
    expect(compilePattern(broken)).toBeNull();
    expect(one(field("text", { pattern: broken }), "x")).toBe("x");
  }
});

test("[P14] hidden fields take no typed answer; unknown and doubled ones are refused", () => {
  const fields = [field("text", { hidden: true }), field("text", { key: "g" })];
  expect(check(fields, [typed("f", "x")])).toEqual({ ok: false, fields: { f: "hidden-only" } });
  expect(check(fields, [{ key: "f", value: "x", how: "hidden" }])).toMatchObject({ ok: true });
  expect(check(fields, [typed("h", "x")])).toEqual({ ok: false, fields: { h: "unknown-field" } });
  expect(check(fields, [typed("g", "x"), typed("g", "x")])).toEqual({ ok: false, fields: { g: "twice" } });
});

test("[AU13] what the page says of a field that the form does not have is passed over", () => {
  const told = { key: "gone", value: "gold", how: "hidden" as const };
  expect(check([field("text")], [typed("f", "x"), told])).toEqual({ ok: true, answers: [typed("f", "x")] });
});

test("[P15] a fixed field's value is the page's, whoever sent it along", () => {
  expect(check([field("text", { editable: false })], [typed("f", "x")])).toEqual({
    ok: true,
    answers: [{ key: "f", value: "x", how: "hidden" }],
  });
});

test("[P6] one field's fault says nothing of the others, and answers come in the order of the form", () => {
  const fields = [field("text", { key: "a" }), field("number", { key: "b" }), field("email", { key: "c" })];
  expect(check(fields, [typed("c", "no"), typed("b", "no"), typed("a", "yes")])).toEqual({
    ok: false,
    fields: { b: "not-a-number", c: "not-an-email" },
  });
  expect(check(fields, [typed("b", "2"), typed("a", "1")])).toEqual({
    ok: true,
    answers: [typed("a", "1"), typed("b", 2)],
  });
});

const anyField = fc.record(
  {
    key: fc.constantFrom("a", "b", "c", "toString"),
    type: fc.constantFrom(
      "text",
      "longText",
      "email",
      "number",
      "phone",
      "checkbox",
      "choice",
      "dependentChoice",
      "date",
    ),
    label: fc.constant(label),
    required: fc.boolean(),
    hidden: fc.boolean(),
    editable: fc.boolean(),
    maxLength: fc.integer({ min: 1, max: 30 }),
    pattern: fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom("(", "a+", ".*")),
    min: fc.double(),
    max: fc.double(),
    choices: fc.array(
      fc.record(
        { value: fc.constantFrom("x", "y"), label: fc.constant(label), when: fc.array(fc.constantFrom("x", "y")) },
        { requiredKeys: ["value", "label"] },
      ),
    ),
    dependsOn: fc.constantFrom("a", "b", "none"),
  },
  { requiredKeys: ["key", "type", "label", "required", "hidden", "editable"] },
) as fc.Arbitrary<FormField>;
const anyAnswer: fc.Arbitrary<Answer> = fc.record({
  key: fc.constantFrom("a", "b", "c", "toString", "constructor"),
  value: fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("x", "y", "", "1", "2026-01-01"),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
  ),
  how: fc.constantFrom("typed", "hidden"),
});
const language = fc.constantFrom("en", "de", "ar", "xx-invalid-tag-that-is-too-long", "");

test("[P13] no form and no answers make the check throw, and what it keeps it keeps again", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyField, { selector: (made) => made.key }),
      fc.array(anyAnswer),
      language,
      (fields, answers, tag) => {
        const checked = check(fields, answers, { language: tag });
        if (!checked.ok) {
          for (const reason of Object.values(checked.fields)) expect(ANSWER_REASONS).toContain(reason);
        } else {
          expect(check(fields, checked.answers, { language: tag })).toEqual(checked);
        }
      },
    ),
    { numRuns: 5000 },
  );
});
