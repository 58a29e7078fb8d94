import { readFileSync } from "node:fs";
import type { Flow } from "@clew/contract/flows/definition";
import { expect, test } from "vitest";
import type { Values } from "../engine/run.ts";
import { type FormFlows, formPath } from "./form-path.ts";
import { hasCard, maskCards } from "./mask-cards.ts";
import type { Shown } from "./present.ts";
import { receiptAnswers } from "./receipt.ts";

const SHOWN: Shown = { now: Date.parse("2026-11-21T10:00:00Z"), zone: "Europe/Vienna", locale: "en" };
const FUNDS = JSON.parse(
  readFileSync(new URL("../../../../examples/flows/loan.useOfFunds.form.flow.json", import.meta.url), "utf8"),
) as Flow;

function formOf(nodes: Flow["nodes"], more: Partial<Flow> = {}): FormFlows {
  const flow: Flow = {
    $schema: "flow/1",
    key: "test.form",
    kind: "screen",
    audience: "customer",
    start: "first",
    nodes,
    ...more,
  };
  return { flow, version: 3 };
}

const BRANCHING = formOf(
  {
    first: { type: "screen", components: [{ id: "many", kind: "boolean", required: true }], next: "which" },
    which: { type: "decision", branches: [{ when: "=first.many", next: "several" }], else: "one" },
    several: {
      type: "screen",
      components: [{ id: "count", kind: "number", required: true, rules: [{ rule: "min", value: 2 }] }],
      next: "done",
    },
    one: {
      type: "screen",
      title: "Just {{who}}",
      components: [{ id: "name", kind: "text", required: true }],
      next: "done",
    },
    done: { type: "end", out: { count: "=first.many ? several.count : 1" } },
  } as Flow["nodes"],
  { inputs: { who: { type: "text" } } },
);

function path(form: FormFlows, answers: Record<string, Values>, inputs: Values = {}, until?: string) {
  const { steps, current, outcome, ...rest } = formPath(form, inputs, answers, SHOWN, until);
  return { screens: steps.map(({ node }) => node), at: current?.node ?? outcome, ...rest };
}

test("[FS17] where a form stands follows from its answers", () => {
  expect(path(BRANCHING, {})).toMatchObject({ screens: [], at: "first" });
  expect(path(BRANCHING, { first: { many: true } })).toMatchObject({ screens: ["first"], at: "several" });
  expect(path(BRANCHING, { first: { many: true }, several: { count: 4 } })).toMatchObject({
    screens: ["first", "several"],
    at: "completed",
    outputs: { count: 4 },
  });
});

test("[FS17] a changed answer makes another way, and the answers of the old one count no longer", () => {
  const answers = { first: { many: false }, several: { count: 4 } };
  expect(path(BRANCHING, answers)).toMatchObject({ screens: ["first"], at: "one", outputs: {} });
  expect(path(BRANCHING, { ...answers, one: { name: "Ines" } })).toMatchObject({
    at: "completed",
    outputs: { count: 1 },
  });
});

test("[FS17] answers that do not fit are asked again with what is wrong", () => {
  expect(path(BRANCHING, { first: { many: true }, several: { count: 1 } })).toMatchObject({
    at: "several",
    problems: { count: "The least possible is 2." },
  });
});

test("[FS17] a screen can be shown again though it was answered; what was answered after it is kept", () => {
  const answers = { first: { many: true }, several: { count: 4 } };
  expect(path(BRANCHING, answers, {}, "first")).toMatchObject({ screens: [], at: "first" });
});

test("[FS17] a subflow of the same kind is part of the way, and its scope is its own", () => {
  const inner = formOf({
    first: { type: "screen", components: [{ id: "why", kind: "text", required: true }], next: "out" },
    out: { type: "end", out: { why: "=first.why" } },
  } as Flow["nodes"]).flow;
  const outer: FormFlows = {
    ...formOf(
      {
        first: { type: "subflow", flow: "test.inner", out: { reason: "why" }, next: "end" },
        end: { type: "end", out: { reason: "=reason" } },
      } as Flow["nodes"],
      { vars: { reason: { type: "text?" } } },
    ),
    subflow: (key, version) => (key === "test.inner" && version === 7 ? { ...inner, key } : null),
    locked: () => 7,
  };
  expect(path(outer, {})).toMatchObject({ at: "first" });
  expect(path(outer, { first: { why: "so" } })).toMatchObject({ at: "completed", outputs: { reason: "so" } });
});

test("[FS17] a form that never ends, or lacks an input, stands still instead of running on", () => {
  const endless = formOf({
    first: { type: "screen", components: [{ id: "a", kind: "text" }], next: "first" },
  } as Flow["nodes"]);
  expect(path(endless, { first: { a: "1" } }).at).toBe("faulted");
  const needy = formOf({ first: { type: "end" } } as Flow["nodes"], {
    inputs: { id: { type: "text", required: true } },
  });
  expect(path(needy, {}).at).toBe("faulted");
});

test("[FS16] a receipt lists what was asked and answered, of private answers only that they were given", () => {
  const answers = { ask: { reason: "renovation", detail: "hidden", iban: "AT611904300234573201", agreed: true } };
  const form = { flow: FUNDS, version: 1, inputs: { firstName: "Ines" } };
  expect(receiptAnswers(form, answers, SHOWN)).toEqual([
    { field: "ask.reason", label: "Purpose", text: "To renovate", privacy: "open" },
    { field: "ask.iban", label: "Account that shall receive the money", text: null, privacy: "private" },
    { field: "ask.agreed", label: expect.any(String), text: "✓", privacy: "open" },
  ]);
  expect(formPath(form, form.inputs, answers, SHOWN)).toMatchObject({
    outcome: "completed",
    outputs: { reason: "renovation" },
    labels: { reason: "To renovate" },
  });
});

test("[FS16] answers read as people write them, items of a repeat with their number", () => {
  const form = formOf({
    first: {
      type: "screen",
      components: [
        { id: "sum", kind: "money", label: "Sum" },
        { id: "day", kind: "date", label: "Day" },
        { id: "home", kind: "address", label: "Home" },
        { id: "stars", kind: "rating", label: "Stars" },
        { id: "length", kind: "duration", label: "Length" },
        { id: "code", kind: "secret", label: "Code" },
        { id: "people", kind: "repeat", components: [{ id: "name", kind: "text", label: "Name" }] },
      ],
      next: "done",
    },
    done: { type: "end" },
  } as unknown as Flow["nodes"]);
  const answers: Record<string, Values> = {
    first: {
      sum: { amount: "1200.50", currency: "EUR" },
      day: "2026-12-24",
      home: { line1: "Ring 1", postcode: "1010", city: "Wien" },
      stars: 4,
      length: "PT1H30M",
      code: "1234",
      people: [{ name: "Ines" }, { name: "Tom" }],
    },
  };
  const told = receiptAnswers({ ...form, inputs: {} }, answers, { ...SHOWN, locale: "de" });
  expect(told.map(({ label, text }) => `${label}: ${text}`)).toEqual([
    "Sum: 1.200,50\u00a0€",
    "Day: 24.12.2026",
    "Home: Ring 1, 1010, Wien",
    "Stars: 4 / 5",
    "Length: 1:30",
    "Code: null",
    "1 · Name: Ines",
    "2 · Name: Tom",
  ]);
});

test.each([
  ["my card is 4111 1111 1111 1111, thanks", "my card is •••• •••• •••• 1111, thanks"],
  ["5500-0000-0000-0004", "••••-••••-••••-0004"],
  ["378282246310005", "•••••••••••0005"],
  ["order 4111 1111 1111 1112", "order 4111 1111 1111 1112"],
  ["AT611904300234573201", "AT611904300234573201"],
  ["call +43 664 123 45 67", "call +43 664 123 45 67"],
  ["0000000000000000", "0000000000000000"],
  ["12345678901234567890123", "12345678901234567890123"],
])("[FS18] “%s” is shown as “%s”", (text, masked) => {
  expect(maskCards(text)).toBe(masked);
  expect(hasCard(text)).toBe(text !== masked);
});
