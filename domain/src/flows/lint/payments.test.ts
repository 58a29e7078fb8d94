import { expect, test } from "vitest";
import { agentScreen, asking, background, END, form, said } from "./testing/flows.ts";
import type { ConnectorLimits } from "./world.ts";

const PAY = { id: "pay", kind: "payment", label: "Deposit", connector: "bank", amount: "=price", required: true };
const WITH_PRICE = { inputs: { price: { type: "money", required: true } } };
const limits = (pays: boolean): ConnectorLimits => ({ methods: ["POST"], pays, refusalOf: () => null });
const pays = { connectors: new Map([["bank", limits(true)]]) };
const asks = (change: object = {}, more: object = {}) =>
  form(asking([{ ...PAY, ...change }]), { ...WITH_PRICE, ...more });

test("[PY8] a form may ask for a payment by a connector with a payment page, and by no other", () => {
  expect(said(asks(), pays)).toEqual([]);
  expect(said(asks(), { connectors: new Map([["bank", limits(false)]]) })).toEqual([
    "error not-allowed /nodes/ask/components/0/connector",
  ]);
  expect(said(asks(), { connectors: new Map() })).toEqual(["error unknown-name /nodes/ask/components/0/connector"]);
  expect(said(asks())).toEqual([]);
});

test("[PY8] the amount is money that everybody concerned may read, for it stands on the receipt", () => {
  expect(said(asks({ amount: "=20" }), pays)).toEqual(["error type /nodes/ask/components/0/amount"]);
  const salary = { inputs: { price: { type: "money", required: true, privacy: "private" } } };
  expect(said(asks({}, salary), pays)).toEqual(["error privacy /nodes/ask/components/0/amount"]);
});

test("[PY8] a payment is made by the customer, once, in a form", () => {
  const at = "/nodes/ask/components/0";
  expect(said(asks({ privacy: "open" }), pays)).toEqual([`error privacy ${at}/privacy`]);
  expect(said(asks({ default: "tok_1" }), pays)).toContain(`error privacy ${at}`);
  expect(said(asks({ edit: "both" }), pays)).toEqual([`error privacy ${at}`]);
  const repeated = form(asking([{ id: "list", kind: "repeat", components: [PAY] }]), WITH_PRICE);
  expect(said(repeated, pays)).toEqual([`error not-for-kind ${at}/components/0/kind`]);
  expect(said(agentScreen(asking([PAY]), WITH_PRICE), pays)).toContain(`error not-for-audience ${at}/kind`);
  const question = { type: "ask", text: "Pay?", expect: PAY, next: "end", gaveUp: "end", timeout: "end" };
  expect(said(background({ ask: question, end: END }, WITH_PRICE), pays)).toContain(
    "error not-for-kind /nodes/ask/expect/kind",
  );
});

test("[PY5] its token goes where secrets may go, its amount and its reference anywhere", () => {
  const told = (text: string) =>
    said(
      form(
        { ...asking([PAY]), ask: { type: "screen", components: [PAY], next: "then" }, then: shows(text) },
        WITH_PRICE,
      ),
      pays,
    );
  const shows = (text: string) => ({ type: "screen", components: [{ kind: "display", text }], next: "end" });
  expect(told("{{ ask.pay.amount }} {{ ask.pay.reference }}")).toEqual([]);
  expect(told("{{ ask.pay.token }}")).toEqual(["error privacy /nodes/then/components/0/text"]);
  expect(told("{{ ask.pay }}")).toContain("error privacy /nodes/then/components/0/text");
});
