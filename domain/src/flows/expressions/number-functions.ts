import { compare } from "./comparing.ts";
import { finite } from "./finite.ts";
import { type FunctionRow, listAt, numberAt, textAt, wholeAt } from "./function-table.ts";
import { addedMoney, moneyOf, moneyValue, parseAmount, printAmount } from "./money.ts";
import { charge, fail, type Run } from "./run.ts";
import { isList, kindOf, type Value, type ValueMap } from "./value.ts";

const DECIMAL = /^\s*[-+]?\d{1,20}(?:\.\d{1,20})?\s*$/;
const CURRENCY = /^[A-Z]{3}$/;
const MAX_DIGITS = 9;

export const NUMBER_FUNCTIONS: readonly FunctionRow[] = [
  ["number", 1, 1, toNumber],
  ["abs", 1, 1, (run, values) => Math.abs(numberAt(run, values, 0))],
  ["floor", 1, 1, (run, values) => Math.floor(numberAt(run, values, 0)) || 0],
  ["ceil", 1, 1, (run, values) => Math.ceil(numberAt(run, values, 0)) || 0],
  ["round", 1, 2, round],
  [
    "clamp",
    3,
    3,
    (run, values) => Math.min(Math.max(numberAt(run, values, 0), numberAt(run, values, 1)), numberAt(run, values, 2)),
  ],
  ["min", 1, Number.POSITIVE_INFINITY, (run, values) => extreme(run, values, -1)],
  ["max", 1, Number.POSITIVE_INFINITY, (run, values) => extreme(run, values, 1)],
  ["sum", 1, 1, (run, values) => sum(run, listAt(run, values, 0))],
  ["average", 1, 1, average],
  ["money", 2, 2, toMoney],
  ["amount", 1, 1, amount],
];

/** A list's sum, 0 for an empty one; nulls are left out. Money adds up in one currency. */
export function sum(run: Run, list: readonly Value[]): Value {
  charge(run, list.length);
  let total: Value = null;
  for (const item of list) {
    if (item === null) continue;
    if (typeof item !== "number" && !moneyOf(item)) {
      throw fail(run, "type", `A sum is of numbers or money, not of ${kindOf(item)}`);
    }
    total = total === null ? item : added(run, total, item);
  }
  return total ?? 0;
}

function added(run: Run, left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") return finite(run, left + right);
  const total = addedMoney(left, right, 1);
  if (!total) throw fail(run, "type", `+ does not take ${kindOf(left)} and ${kindOf(right)}`);
  return total;
}

/** The least (-1) or greatest (1) of a list, null for an empty one; nulls are left out. */
export function extremeOf(run: Run, list: readonly Value[], sign: 1 | -1): Value {
  charge(run, list.length);
  return list.reduce<Value>((best, item) => {
    if (item === null) return best;
    return best === null || compare(run, item, best) * sign > 0 ? item : best;
  }, null);
}

function extreme(run: Run, values: readonly Value[], sign: 1 | -1): Value {
  const [first] = values;
  return extremeOf(run, values.length === 1 && isList(first as Value) ? listAt(run, values, 0) : values, sign);
}

function average(run: Run, values: readonly Value[]): Value {
  const numbers = listAt(run, values, 0).filter((item) => item !== null);
  if (numbers.length === 0) return null;
  const total = sum(run, numbers);
  if (typeof total !== "number") throw fail(run, "type", "An average is of numbers");
  return total / numbers.length;
}

/** Null for a text that is no number, so that `coalesce(number(x), 0)` works. */
function toNumber(run: Run, [value]: readonly Value[]): Value {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "string") throw fail(run, "type", `${kindOf(value as Value)} is no number`);
  return DECIMAL.test(value) ? Number(value) : null;
}

/** Half away from zero, at the decimal digits that people see: round(1.005, 2) is 1.01. */
function round(run: Run, values: readonly Value[]): number {
  const value = numberAt(run, values, 0);
  const digits = wholeAt(run, values, 1, 0);
  if (digits < 0 || digits > MAX_DIGITS) throw fail(run, "value", `Digits are 0 to ${MAX_DIGITS}`);
  const [mantissa, exponent = "0"] = String(Math.abs(value)).split("e");
  const shifted = Math.round(Number(`${mantissa}e${Number(exponent) + digits}`));
  const [rounded, power = "0"] = String(shifted).split("e");
  return finite(run, Math.sign(value) * Number(`${rounded}e${Number(power) - digits}`));
}

function toMoney(run: Run, values: readonly Value[]): ValueMap {
  const currency = textAt(run, values, 1);
  const given = values[0] as Value;
  const read = parseAmount(typeof given === "number" ? String(given) : given);
  if (!read) throw fail(run, "value", "An amount is a number or a decimal text");
  if (!CURRENCY.test(currency)) throw fail(run, "value", "A currency is three capital letters");
  return moneyValue(read, currency);
}

function amount(run: Run, [value]: readonly Value[]): number {
  const money = moneyOf(value as Value);
  if (!money) throw fail(run, "type", `${kindOf(value as Value)} is no money`);
  return Number(printAmount(money.amount));
}
