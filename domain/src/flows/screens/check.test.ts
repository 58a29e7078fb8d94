import type { Component, FieldComponent } from "@clew/contract/flows/components";
import { expect, test } from "vitest";
import type { Values } from "../engine/run.ts";
import { checkOneAnswer, checkScreen, statusOf, visibleFields } from "./check.ts";
import { normalised } from "./normalise.ts";
import type { Shown } from "./present.ts";
import { agentMaySee, isCustomersOwn, privacyOf } from "./privacy.ts";

const SHOWN: Shown = { now: Date.parse("2026-11-21T10:00:00Z"), zone: "Europe/Vienna", locale: "en" };
const DE: Shown = { ...SHOWN, locale: "de" };

function field(component: Omit<FieldComponent, "id"> & Record<string, unknown>): FieldComponent {
  return { id: "it", ...component } as FieldComponent;
}

function check(components: Component[], given: Values, { scope = {}, shown = SHOWN, held = {} } = {}) {
  return checkScreen({ components } as never, given, scope, shown, held);
}

function problemOf(component: Record<string, unknown>, value: unknown, shown = SHOWN): string | undefined {
  const checked = check([field(component as never)], { it: value as never }, { shown });
  return checked.ok ? undefined : checked.problems.it;
}

test.each([
  ["text", {}, "  A\nline\tof text ", "A line of text"],
  ["text", {}, 4711, "4711"],
  ["text", { format: "iban" }, "at61 1904 3002 3457 3201", "AT611904300234573201"],
  ["text", { format: "luhn" }, "4111-1111 1111 1111", "4111111111111111"],
  ["text", { format: "postcode" }, " sw1a  1aa ", "SW1A 1AA"],
  ["longText", {}, " one\r\ntwo\u0007 ", "one\ntwo"],
  ["email", {}, " Ines.Moser@Example.COM ", "Ines.Moser@example.com"],
  ["phone", { country: "AT" }, "0664 123 45 67", "+436641234567"],
  ["phone", { country: "HU" }, "06 30 123 4567", "+36301234567"],
  ["phone", {}, "+43 (0)664 / 123-4567", "+436641234567"],
  ["phone", {}, "0044 20 7946 0018", "+442079460018"],
  ["url", {}, "Example.com/Path?x=1", "https://example.com/Path?x=1"],
  ["url", {}, "http://example.com:8080", "http://example.com:8080"],
  ["number", {}, "12.5", 12.5],
  ["money", { currencies: ["EUR"] }, "1200.5000", { amount: "1200.50", currency: "EUR" }],
  ["money", {}, { amount: "007", currency: "JPY" }, { amount: "7", currency: "JPY" }],
  ["money", {}, { amount: "999999999999999.99", currency: "EUR" }, { amount: "999999999999999.99", currency: "EUR" }],
  ["money", {}, { amount: "-0", currency: "EUR" }, { amount: "0.00", currency: "EUR" }],
  ["date", {}, "24.12.2026", "2026-12-24"],
  ["date", {}, "12/24/2026", "2026-12-24"],
  ["time", {}, "9:05", "09:05"],
  ["time", {}, "9:05 pm", "21:05"],
  ["time", {}, "12 am", "00:00"],
  ["datetime", {}, "2026-07-01T14:30", "2026-07-01T12:30:00.000Z"],
  ["datetime", {}, "2026-07-01T14:30:00+02:00", "2026-07-01T12:30:00.000Z"],
  ["duration", {}, "1:30", "PT1H30M"],
  ["duration", {}, "p1d", "P1D"],
  ["choice", { multiple: true, options: [] }, ["a", "a", " b"], ["a", "b"]],
  ["rating", {}, "4", 4],
  ["secret", { numeric: true }, "12 34-56", "123456"],
  ["secret", {}, " pass word ", " pass word "],
  ["consent", {}, false, null],
  ["boolean", {}, false, false],
  [
    "address",
    { countries: ["AT"] },
    { line1: " Ring 1 ", postcode: "1010", city: "Wien", more: "x" },
    { line1: "Ring 1", postcode: "1010", city: "Wien", country: "AT" },
  ],
] as const)("[FS1] %s %j takes %j as %j", (kind, more, given, kept) => {
  expect(normalised(field({ kind, ...more } as never), given, SHOWN)).toEqual({ value: kept });
});

test("[FS1] numbers and amounts are read as the language writes them", () => {
  expect(normalised(field({ kind: "number" } as never), "1 200,5", DE)).toEqual({ value: 1200.5 });
  expect(normalised(field({ kind: "money", currencies: ["EUR"] } as never), "12,5", DE)).toEqual({
    value: { amount: "12.50", currency: "EUR" },
  });
});

test.each([
  ["email", {}, "ines@localhost"],
  ["email", {}, "a b@c.de"],
  ["phone", {}, "0664 1234567"],
  ["phone", {}, "call me"],
  ["url", {}, "javascript:alert(1)"],
  ["url", {}, "https://user:pass@example.com"],
  ["number", {}, "1,234"],
  ["number", {}, Number.POSITIVE_INFINITY],
  ["money", {}, "12"],
  ["money", { currencies: ["EUR"] }, { amount: "1", currency: "USD" }],
  ["date", {}, "31.2.2026"],
  ["time", {}, "25:00"],
  ["time", {}, "13 pm"],
  ["datetime", {}, "2026-07-01"],
  ["duration", {}, "soon"],
  ["rating", {}, 6],
  ["rating", {}, 2.5],
  ["consent", {}, "yes"],
  ["boolean", {}, "true"],
  ["secret", { numeric: true }, "12a4"],
  ["address", {}, { city: "Wien" }],
  ["address", {}, "Ring 1, 1010 Wien"],
  ["address", { countries: ["AT", "DE"] }, { line1: "a", city: "b", country: "FR" }],
  ["address", {}, { line1: "a", city: "b", country: "DE", postcode: "1010" }],
  ["choice", { options: [{ value: "a", label: "A" }] }, { value: "a" }],
  ["payment", { connector: "pay", amount: "1" }, { token: "with space" }],
] as const)("[FS1] %s %j refuses %j", (kind, more, given) => {
  expect(normalised(field({ kind, ...more } as never), given, SHOWN)).toHaveProperty("problem.code");
});

test("[FS3] blank is no answer, and required where a formula says so", () => {
  const needed = { kind: "text", required: "=other == true" };
  const other: Component = { id: "other", kind: "boolean" };
  expect(check([field(needed as never), other], { it: "  ", other: true })).toEqual({
    ok: false,
    problems: { it: "This answer is needed." },
  });
  expect(check([field(needed as never), other], { it: "  ", other: false })).toMatchObject({
    ok: true,
    values: { it: null },
  });
  expect(problemOf({ kind: "consent", required: true, textId: "t", textVersion: 1 }, false)).toMatch(/agree/);
});

const REASON: Component = {
  id: "reason",
  kind: "choice",
  required: true,
  options: [
    { value: "renovation", label: { en: "Renovation", de: "Umbau" } },
    { value: "other", label: "Something else" },
  ],
};
const DETAIL: Component = { id: "detail", kind: "longText", required: true, visible: "=reason == 'other'" };

test("[FS4] [C20] a field that was filled and then hidden is not stored", () => {
  const filled = { reason: "other", detail: "a boat" };
  expect(check([REASON, DETAIL], filled)).toMatchObject({ ok: true, values: filled });
  const hidden = check([REASON, DETAIL], { ...filled, reason: "renovation" });
  expect(hidden).toEqual({ ok: true, values: { reason: "renovation" }, labels: { reason: "Renovation" } });
  expect(JSON.stringify(hidden)).not.toContain("boat");
});

test("[FS4] what stands in a hidden group is hidden with it", () => {
  const group: Component = { kind: "group", visible: "=reason == 'other'", components: [DETAIL] };
  expect(check([REASON, group], { reason: "renovation", detail: "x" })).toMatchObject({
    values: { reason: "renovation" },
  });
  expect(visibleFields([REASON, group], { reason: "other" }, {}, SHOWN)).toEqual(["reason", "detail"]);
});

test("[FS5] hidden fields count as nothing for others, also for fields before them", () => {
  const chain: Component[] = [
    { id: "third", kind: "text", visible: "=second == 'b'" },
    { id: "second", kind: "text", visible: "=first == 'a'" },
    { id: "first", kind: "text" },
  ];
  const given = { first: "a", second: "b", third: "c" };
  expect(visibleFields(chain, given, {}, SHOWN)).toEqual(["third", "second", "first"]);
  expect(visibleFields(chain, { ...given, first: "x" }, {}, SHOWN)).toEqual(["first"]);
});

test("[FS5] conditions in a circle come to an end", () => {
  const circle: Component[] = [
    { id: "one", kind: "text", visible: "=other == null" },
    { id: "other", kind: "text", visible: "=one != null" },
  ];
  expect(check(circle, { one: "1", other: "2" })).toHaveProperty("ok");
});

test("[FS6] a condition that cannot be computed does not hold, a rule is then broken", () => {
  expect(visibleFields([{ id: "a", kind: "text", visible: "='x' > 1" }], {}, {}, SHOWN)).toEqual([]);
  expect(problemOf({ kind: "text", rules: [{ rule: "formula", value: "=it > 1" }] }, "x")).toMatch(/does not fit/);
});

test.each([
  ["number", { min: 2 }, 1, 2],
  ["number", { max: 2 }, 3, 2],
  ["number", { step: 0.1 }, 0.25, 0.3],
  ["text", { minLength: 2 }, "😀", "😀😀"],
  ["text", { maxLength: 2 }, "abc", "😀😀"],
  ["text", { format: "iban" }, "AT611904300234573202", "AT61 1904 3002 3457 3201"],
  ["text", { format: "luhn" }, "79927398710", "79927398713"],
  ["text", { format: "postcode" }, "?", "1010"],
  ["date", { min: "2026-01-01" }, "2025-12-31", "2026-01-01"],
  ["time", { max: "18:00" }, "18:01", "18:00"],
  ["duration", { max: "PT2H" }, "PT3H", "PT120M"],
  ["money", { currencies: ["EUR"], max: "100" }, "100.01", "100"],
  ["datetime", { min: "2026-01-01T00:00:00Z" }, "2025-12-31T23:00:00Z", "2026-01-01T01:00:00+01:00"],
  ["text", { rules: [{ rule: "pattern", value: "[a-c]+" }] }, "abd", "abc"],
  ["text", { rules: [{ rule: "oneOf", value: ["a", "b"] }] }, "c", "b"],
  ["date", { rules: [{ rule: "before", value: "=today()" }] }, "2026-11-21", "2026-11-20"],
  ["date", { rules: [{ rule: "after", value: "=today()" }] }, "2026-11-21", "2026-11-22"],
  ["text", { rules: [{ rule: "iban" }] }, "X", "GB82WEST12345698765432"],
  ["number", { rules: [{ rule: "formula", value: "=it == 7" }] }, 8, 7],
] as const)("[FS7] %s %j refuses %j and takes %j", (kind, more, wrong, right) => {
  expect(problemOf({ kind, ...more }, wrong)).toEqual(expect.any(String));
  expect(problemOf({ kind, ...more }, right)).toBeUndefined();
});

test("[FS7] the author's own words come first, with holes", () => {
  const rules = [{ rule: "min", value: 18, message: { en: "You must be {{18}}, not {{it}}" } }];
  expect(problemOf({ kind: "number", rules }, 17)).toBe("You must be 18, not 17");
});

test("[FS8] a pattern that would stall elsewhere does not stall here", () => {
  const rules = [{ rule: "pattern", value: "(a+)+b" }];
  expect(problemOf({ kind: "text", rules }, "a".repeat(5_000))).toEqual(expect.any(String));
});

test("[FS9] neither what is asked nor what is valid depends on a secret", () => {
  const components: Component[] = [
    { id: "code", kind: "secret" },
    { id: "more", kind: "text", visible: "=code == '1234'" },
    { id: "again", kind: "text", rules: [{ rule: "formula", value: "=again == code" }] },
  ];
  expect(visibleFields(components, { code: "1234" }, {}, SHOWN)).toEqual(["code", "again"]);
  expect(check(components, { code: "1234", again: "1234" })).toMatchObject({
    ok: false,
    problems: { again: expect.any(String) },
  });
});

test("[FS10] only what is offered as things stand can be chosen", () => {
  const choice = (more: object): Component => ({ id: "it", kind: "choice", ...more }) as Component;
  const some = {
    options: [
      { value: "a", label: "A" },
      { value: "b", label: "B", visible: "=adult" },
    ],
  };
  expect(check([choice(some)], { it: "b" }, { scope: { adult: false } })).toMatchObject({ ok: false });
  expect(check([choice(some)], { it: "b" }, { scope: { adult: true } })).toMatchObject({
    ok: true,
    labels: { it: "B" },
  });
  expect(check([choice({ ...some, other: true })], { it: "my own" })).toMatchObject({
    ok: true,
    labels: { it: "my own" },
  });
  const listed = choice({ multiple: true, optionsFrom: "=cars" });
  const scope = { cars: [{ value: "1", label: "Volvo" }, "Saab"] };
  expect(check([listed], { it: ["1", "Saab"] }, { scope })).toMatchObject({
    ok: true,
    labels: { it: "Volvo and Saab" },
  });
  expect(check([listed], { it: ["1", "2"] }, { scope })).toMatchObject({ ok: false });
  expect(check([REASON], { reason: "renovation" }, { shown: DE })).toMatchObject({ labels: { reason: "Umbau" } });
});

test("[FS11] a field that is read only keeps what it held", () => {
  const fixed: Component = { id: "it", kind: "text", readOnly: true, required: true, default: "usual" };
  expect(check([fixed], { it: "mine" }, { held: { it: "theirs" } })).toMatchObject({ values: { it: "theirs" } });
  expect(check([fixed], { it: "mine" })).toMatchObject({ values: { it: "usual" } });
});

test("[FS12] a repeat is checked item by item", () => {
  const repeat: Component = {
    id: "borrowers",
    kind: "repeat",
    min: 1,
    max: 2,
    components: [
      { id: "name", kind: "text", required: true },
      { id: "age", kind: "number" },
      { id: "guardian", kind: "text", required: true, visible: "=age < 18" },
    ],
  };
  expect(check([repeat], {})).toMatchObject({ ok: false, problems: { "borrowers/0/name": expect.any(String) } });
  const borrowers = [
    { name: " Ines ", age: 40, guardian: "nobody" },
    { name: "Tom", age: 12 },
  ];
  expect(check([repeat], { borrowers: borrowers as never })).toEqual({
    ok: false,
    problems: { "borrowers/1/guardian": "This answer is needed." },
  });
  expect(check([repeat], { borrowers: [borrowers[0] as never] })).toMatchObject({
    ok: true,
    values: { borrowers: [{ name: "Ines", age: 40 }] },
  });
  const many = [1, 2, 3].map((number) => ({ name: String(number), age: 20 }));
  expect(check([repeat], { borrowers: many })).toMatchObject({
    ok: false,
    problems: { borrowers: expect.any(String) },
  });
});

test("[FS13] problems are told in the reader's language, with limits as it writes them", () => {
  expect(problemOf({ kind: "number", max: 1200.5 }, 2000, DE)).toBe("Möglich ist höchstens 1.200,5.");
  expect(problemOf({ kind: "date", max: "2026-01-31" }, "2026-02-01", DE)).toBe("Spätestens möglich ist 31.01.2026.");
  expect(problemOf({ kind: "text", required: true }, "", { ...SHOWN, locale: "pt" })).toBe("This answer is needed.");
});

test.each([
  [{ kind: "boolean" }, "Ja!", true],
  [{ kind: "boolean" }, "no", false],
  [{ kind: "choice", options: (REASON as { options: unknown }).options }, "2", "other"],
  [{ kind: "choice", options: (REASON as { options: unknown }).options }, "something ELSE.", "other"],
  [
    { kind: "choice", multiple: true, options: (REASON as { options: unknown }).options },
    "1, other",
    ["renovation", "other"],
  ],
  [{ kind: "date" }, "24. 12. 2026", "2026-12-24"],
  [{ kind: "rating" }, "4", 4],
  [{ kind: "address" }, "Ring 1, 1010 Wien", { line1: "Ring 1", postcode: "1010", city: "Wien" }],
  [{ kind: "text" }, "{{secret}} =1+1 /end", "{{secret}} =1+1 /end"],
])("[FS14] a question %j is answered by “%s”", (component, text, value) => {
  expect(checkOneAnswer(field(component as never), text, SHOWN)).toMatchObject({ ok: true, value });
});

test("[FS14] an answer that does not fit is told why", () => {
  expect(checkOneAnswer(field({ kind: "email" } as never), "later", DE)).toEqual({
    ok: false,
    problem: "Das sieht nicht nach einer E-Mail-Adresse aus.",
  });
  expect(checkOneAnswer(field({ kind: "text", required: true } as never), " ", SHOWN)).toMatchObject({ ok: false });
});

test("[FS15] staff see no more than the class of a field allows", () => {
  const sees = (component: object) => agentMaySee(field(component as never));
  expect(sees({ kind: "text" })).toBe("value");
  expect(sees({ kind: "text", privacy: "private" })).toBe("status");
  expect(sees({ kind: "text", privacy: "private", agentSees: "nothing" })).toBe("nothing");
  expect(sees({ kind: "text", agentSees: "nothing" })).toBe("nothing");
  expect(sees({ kind: "secret", agentSees: "value" })).toBe("status");
  expect(privacyOf(field({ kind: "secret", privacy: "open" } as never))).toBe("secret");
  expect(isCustomersOwn(field({ kind: "consent" } as never))).toBe(true);
  const repeat = {
    kind: "repeat",
    components: [
      { id: "a", kind: "text" },
      { id: "b", kind: "text", privacy: "private" },
    ],
  };
  expect([privacyOf(field(repeat as never)), sees(repeat)]).toEqual(["private", "status"]);
  expect(statusOf(field({ kind: "email" } as never), "x")).toBe("invalid");
  expect(statusOf(field({ kind: "secret", minLength: 4 } as never), "1234")).toBe("valid");
  expect(statusOf(field({ kind: "text" } as never), " ")).toBe("empty");
});

test("[FS19] a file fits by kind, size and count; a signature is drawn or typed", () => {
  const file = { id: "f1", name: "pay.pdf", size: 900_000, type: "application/pdf" };
  const wants = { kind: "file", accept: ["application/pdf", "image/*"], maxMb: 1, max: 2 };
  expect(normalised(field(wants as never), file, SHOWN)).toEqual({ value: [file] });
  expect(problemOf(wants, [file, file, file])).toMatch(/at most 2/);
  expect(problemOf(wants, { ...file, type: "text/html" })).toMatch(/kind of file/);
  expect(problemOf(wants, { ...file, size: 2_000_000 })).toMatch(/larger than 1 MB/);
  expect(problemOf(wants, { name: "x" })).toEqual(expect.any(String));
  expect(problemOf({ kind: "signature" }, { path: "M1 2L3 4M5 6L7 8" })).toBeUndefined();
  expect(problemOf({ kind: "signature" }, { path: "M1 2<script>" })).toEqual(expect.any(String));
  expect(problemOf({ kind: "signature" }, { name: "Ines Moser" })).toBeUndefined();
});
