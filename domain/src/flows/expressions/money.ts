import { isMap, ownValue, type Value, type ValueMap } from "./value.ts";

/** An amount as an integer of its last digit: "12.50" is { units: 1250n, digits: 2 }. */
export type Amount = { units: bigint; digits: number };

const AMOUNT = /^-?\d{1,18}(?:\.\d{1,9})?$/;

/** Reads a decimal text such as "-12.50"; null for anything else. */
export function parseAmount(text: Value): Amount | null {
  if (typeof text !== "string" || !AMOUNT.test(text)) return null;
  const digits = text.includes(".") ? text.length - text.indexOf(".") - 1 : 0;
  return { units: BigInt(text.replace(".", "")), digits };
}

/** The amount and currency of a money value, null for any other. */
export function moneyOf(value: Value): { amount: Amount; currency: string } | null {
  if (!isMap(value)) return null;
  const amount = parseAmount(ownValue(value, "amount"));
  const currency = ownValue(value, "currency");
  return amount && typeof currency === "string" ? { amount, currency } : null;
}

/** Adds without rounding; `sign` -1 subtracts. */
export function addAmounts(left: Amount, right: Amount, sign: 1 | -1): Amount {
  const digits = Math.max(left.digits, right.digits);
  return { units: scaled(left, digits) + BigInt(sign) * scaled(right, digits), digits };
}

export function compareAmounts(left: Amount, right: Amount): number {
  const { units } = addAmounts(left, right, -1);
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}

export function printAmount({ units, digits }: Amount): string {
  const size = (units < 0n ? -units : units).toString().padStart(digits + 1, "0");
  const whole = size.slice(0, size.length - digits);
  return `${units < 0n ? "-" : ""}${whole}${digits ? `.${size.slice(-digits)}` : ""}`;
}

export function moneyValue(amount: Amount, currency: string): ValueMap {
  return { amount: printAmount(amount), currency };
}

/** The sum of two values of money in one currency, the difference for `sign` -1; null for anything else. */
export function addedMoney(left: Value, right: Value, sign: 1 | -1): ValueMap | null {
  const [first, second] = [moneyOf(left), moneyOf(right)];
  if (!first || !second || first.currency !== second.currency) return null;
  return moneyValue(addAmounts(first.amount, second.amount, sign), first.currency);
}

function scaled({ units, digits }: Amount, to: number): bigint {
  return units * 10n ** BigInt(to - digits);
}
