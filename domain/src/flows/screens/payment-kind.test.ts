import type { FieldComponent } from "@clew/contract/flows/components";
import { expect, test } from "vitest";
import "./every-kind.ts";
import { answerText } from "./answer-text.ts";
import { normalised } from "./normalise.ts";
import { checkPage } from "./page.ts";
import { dueOf } from "./payment-kind.ts";
import { agentMaySee, isCustomersOwn, privacyOf } from "./privacy.ts";

const SHOWN = { now: 1_800_000_000_000, zone: "UTC", locale: "en" };
const EUROS = { amount: "20.00", currency: "EUR" };
const PAY = { id: "pay", kind: "payment", connector: "bank", amount: "=price", required: true } as FieldComponent;
const check = (answer: unknown, price: unknown) =>
  checkPage([PAY], { pay: answer }, { scope: { price } as never, shown: SHOWN });

test("[PY3] what was paid is taken where it is what is due, however its digits are written", () => {
  const page = check({ token: "tok_1", amount: { amount: "20", currency: "EUR" } }, EUROS);
  expect([page.problems, page.values]).toEqual([
    {},
    { pay: { token: "tok_1", amount: { amount: "20", currency: "EUR" }, reference: "" } },
  ]);
});

test.each([
  ["less", { amount: "19.99", currency: "EUR" }, EUROS],
  ["another currency", { amount: "20.00", currency: "USD" }, EUROS],
])("[PY3] [FM2] %s is not taken, and what was paid is told", (_what, amount, price) => {
  const page = check({ token: "tok_1", amount }, price);
  const limit = answerText(PAY, { token: "tok_1", amount }, SHOWN).replace(" ✓", "");
  expect([page.problems, page.values]).toEqual([{ pay: { code: "payment-amount", limit } }, { pay: null }]);
});

test.each([
  ["something where nothing is due", { amount: "0.00", currency: "EUR" }, { amount: "0.00", currency: "EUR" }],
  ["something where it cannot be told what is due", EUROS, null],
  ["a debt", { amount: "-5.00", currency: "EUR" }, { amount: "-5.00", currency: "EUR" }],
])("[PY3] [FM2] %s is no payment, and does not stand in the way", (_what, amount, price) => {
  const given = { token: "tok_1", amount };
  const page = check(given, price);
  expect([page.problems, page.values]).toEqual([{ pay: { code: "required" } }, { pay: null }]);
  const free = checkPage(
    [{ ...PAY, required: false } as FieldComponent],
    { pay: given },
    {
      scope: { price } as never,
      shown: SHOWN,
    },
  );
  expect([free.problems, free.values]).toEqual([{}, { pay: null }]);
});

test.each(["tok_1", {}, { token: "tok_1" }, { token: "two words", amount: EUROS }, { token: "", amount: EUROS }])(
  "[PY3] %j is no payment",
  (given) => {
    expect(normalised(PAY, given, SHOWN)).toEqual({ problem: { code: "payment" } });
  },
);

test("[PY3] a token has 500 characters at most, and nothing beside what belongs to a payment is kept", () => {
  const paid = (token: string) => normalised(PAY, { token, amount: EUROS, card: "4111" }, SHOWN);
  expect(paid("t".repeat(501))).toHaveProperty("problem");
  expect(paid("t".repeat(500))).toEqual({ value: { token: "t".repeat(500), amount: EUROS, reference: "" } });
});

test("[PY3] nothing is due before the amount can be told, and what is due may be a formula or an amount", () => {
  expect(dueOf({ amount: "=price" }, { price: EUROS }, SHOWN)).toEqual(EUROS);
  expect(dueOf({ amount: EUROS }, {}, SHOWN)).toEqual(EUROS);
  expect(dueOf({ amount: "=price" }, { price: null }, SHOWN)).toBeNull();
  expect(dueOf({ amount: "=price" }, { price: { amount: "1", currency: "euros" } }, SHOWN)).toBeNull();
});

test("[PY4] a payment is secret and the customer's own, whatever its author has written", () => {
  const open = { ...PAY, privacy: "open", agentSees: "value" } as FieldComponent;
  expect([privacyOf(open), agentMaySee(open), isCustomersOwn(open)]).toEqual(["secret", "status", true]);
  expect(check({ token: "tok_1", amount: EUROS }, EUROS).seen.pay).toBeNull();
});

test("[PY4] nothing stands in for a payment", () => {
  const beforehand = { ...PAY, default: { token: "tok_1", amount: EUROS } } as FieldComponent;
  expect(checkPage([beforehand], {}, { scope: { price: EUROS }, shown: SHOWN }).values.pay).toBeNull();
});

test("[PY6] as people read it, it is the amount", () => {
  expect(answerText(PAY, { token: "tok_1", amount: EUROS }, SHOWN)).toBe("€20.00 ✓");
});
