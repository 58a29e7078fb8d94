import type { FieldComponent } from "@clew/contract/flows/components";
import { compareAmounts, moneyOf, moneyValue } from "../expressions/money.ts";
import { isMap, type Value } from "../expressions/value.ts";
import { readable, screenValue } from "./evaluated.ts";
import { no } from "./field-problem.ts";
import { isGivenMap, ownText } from "./given-map.ts";
import { learnKinds } from "./kinds.ts";
import type { Shown } from "./present.ts";

type Payment = Extract<FieldComponent, { kind: "payment" }>;
type Values = Readonly<Record<string, Value>>;
/** An amount of more than nothing: `{ amount: "12.50", currency: "EUR" }`. */
export type Due = { amount: string; currency: string };

/** What is to be paid as things stand; null: nothing, or it cannot be told yet. */
export function dueOf({ amount }: Pick<Payment, "amount">, seen: Values, shown: Shown): Due | null {
  const due = moneyOf(screenValue(amount, seen, shown));
  if (!due || due.amount.units <= 0n || !/^[A-Z]{3}$/.test(due.currency)) return null;
  return moneyValue(due.amount, due.currency) as Due;
}

/** By which the provider knows the payment: the same for the same question of the same form, however often it is shown. */
export function paymentReference(formId: string, field: string): string {
  return `${formId}.${field}`;
}

/** What a payment page may hand over: something that stands for the payment, in characters that can be printed. */
export function isPaymentToken(token: unknown): token is string {
  return typeof token === "string" && /^[\x21-\x7e]{1,500}$/.test(token);
}

learnKinds({
  payment: {
    normal(given) {
      if (!isGivenMap(given)) return no("payment");
      const { token, amount } = given;
      const money = moneyOf((amount ?? null) as Value);
      if (!isPaymentToken(token) || !money) return no("payment");
      const reference = ownText(given, "reference") ?? "";
      return { value: { token, amount: moneyValue(money.amount, money.currency), reference: reference.slice(0, 200) } };
    },
    text: (value, shown) => `${paidIn(value, shown)} ✓`,
    // What was paid is kept in mind while nothing is due, and counts again when it is due again.
    asked: (component, seen, shown) => dueOf(component, seen, shown) !== null,
    amiss: (value, component, seen, shown) =>
      isPaid(value, dueOf(component, seen, shown)) ? null : { code: "payment-amount", limit: paidIn(value, shown) },
  },
});

/** What was paid, in words. */
function paidIn(value: Value, shown: Shown): string {
  return isMap(value) ? readable(value.amount ?? null, shown) : "";
}

/** Whether what was paid is what is due. Only who asks for the money says how much that is. */
function isPaid(value: Value, due: Due | null): boolean {
  const [paid, asked] = [moneyOf(isMap(value) ? (value.amount ?? null) : null), moneyOf(due)];
  return (
    paid !== null &&
    asked !== null &&
    paid.currency === asked.currency &&
    compareAmounts(paid.amount, asked.amount) === 0
  );
}
