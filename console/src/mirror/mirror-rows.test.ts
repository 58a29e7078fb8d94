import type { Component } from "@clew/contract/flows/components";
import type { FieldView } from "@clew/contract/flows/form-live";
import { expect, test } from "vitest";
import { rowsOf, suggestedText } from "./mirror-rows.ts";

const DUE = { amount: "25.00", currency: "EUR" };
const PAID = { amount: "20.00", currency: "EUR" };
const PAY: Component = { id: "fare", kind: "payment", label: "Fare", connector: "bank", amount: DUE };

function rowOf(component: Component, view: Partial<FieldView> = {}) {
  const page = { node: "ask", title: "", components: [component], back: false, last: true, review: false };
  const known: FieldView = {
    ...{ field: `ask.${component.id}`, status: "empty", visible: true, by: "customer", source: "typed", seq: 1, at: 0 },
    ...view,
  };
  const [row] = rowsOf({ page: { ...page, scope: { name: "Ines" } }, fields: { [known.field]: known } });
  return row;
}

test("[FM1] the agent reads a consent by the words that are agreed to, and a question without any by its name in words", () => {
  const consent = { id: "agreed", kind: "consent", textId: "privacy", textVersion: 1 } as const;
  expect(rowOf({ ...consent, text: "I, {{name}}, agree." })?.label).toBe("I, Ines, agree.");
  expect(rowOf({ ...consent, label: "Privacy", text: "I agree." })?.label).toBe("Privacy");
  expect(rowOf({ ...consent, id: "allAgreed" })?.label).toBe("All agreed");
});

test("[FM6] the agent reads an answer in the words of another question as the customer does, unless it is private", () => {
  const components = ["name", "pin", "age"].map(
    (id) => ({ id, kind: "text", label: "Age of {{name}}, {{pin}}" }) as const,
  );
  const view = (id: string, told: object): [string, FieldView] => [
    `ask.${id}`,
    {
      ...{ field: `ask.${id}`, status: "valid", visible: true, by: "customer", source: "typed", seq: 1, at: 0 },
      ...told,
    },
  ];
  const page = {
    node: "ask",
    title: "",
    components,
    back: false,
    last: true,
    review: false,
    scope: { name: "…", pin: "" },
  };
  const read = (name: object) =>
    rowsOf({ page, fields: Object.fromEntries([view("name", name), view("pin", {}), view("age", {})]) }).at(-1)?.label;
  expect(read({ value: "Bo" })).toBe("Age of Bo, ");
  expect(read({})).toBe("Age of …, ");
  expect(read({ value: "Bo", visible: false })).toBe("Age of …, ");
});

test.each<[string, Partial<FieldView>, string]>([
  ["as not paid yet", {}, "Not paid yet"],
  ["as failed", { status: "invalid" }, "Payment failed"],
  ["as paid", { status: "valid", value: { amount: DUE, due: DUE } }, "Paid"],
  ["as paid, where amounts are not shown", { status: "valid" }, "Paid"],
  [
    "with what was paid and what is due, after the amount changed",
    { status: "invalid", value: { amount: PAID, due: DUE } },
    "Paid 20.00 EUR, then the amount changed to 25.00 EUR: to be paid again. Only the new amount is collected.",
  ],
  [
    "with what was paid, where nothing is due any more",
    { status: "empty", value: { amount: PAID, due: null } },
    "Paid 20.00 EUR, but nothing is due any more: it is not collected.",
  ],
  [
    "as not paid, beside what is wrong, where amounts are not shown",
    { status: "invalid", problem: "…" },
    "Not paid yet",
  ],
])("[FM2] the agent reads a payment %s", (_how, view, text) => {
  expect(rowOf(PAY, view)?.text).toBe(text);
});

test("[FN11] a suggestion says whose it is", () => {
  const note: Component = { id: "note", kind: "text", label: "Note" };
  const suggestion = { field: "ask.note", value: "Mine", by: { id: "bea", name: "Bea" }, at: 0 };
  expect(suggestedText(note, suggestion, "bea")).toBe("You suggested: Mine");
  expect(suggestedText(note, { ...suggestion, by: { id: "run", name: "Use of funds" } }, "bea")).toBe(
    "Use of funds suggested: Mine",
  );
});
