import { instantOf } from "./instants.ts";
import { compareAmounts, moneyOf } from "./money.ts";
import { charge, chargeText, fail, type Run } from "./run.ts";
import { isList, kindOf, ownValue, type Value } from "./value.ts";

const MAX_DATA_DEPTH = 100;

/** The same kind and the same content. Two datetimes are equal when they name the same moment. */
export function equal(run: Run, left: Value, right: Value, depth = 0): boolean {
  charge(run, 1);
  if (left === right) return true;
  if (typeof left === "string" && typeof right === "string") {
    const moment = instantOf(left);
    return moment !== null && moment === instantOf(right);
  }
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (depth > MAX_DATA_DEPTH) throw fail(run, "limit", "The data is nested too deep to compare");
  if (isList(left) || isList(right)) {
    if (!isList(left) || !isList(right) || left.length !== right.length) return false;
    return left.every((_, index) => equal(run, ownValue(left, index), ownValue(right, index), depth + 1));
  }
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every(
    (name) => Object.hasOwn(right, name) && equal(run, ownValue(left, name), ownValue(right, name), depth + 1),
  );
}

/** Below zero when left comes first. Numbers, texts, datetimes as moments, money of one currency, false before true. */
export function compare(run: Run, left: Value, right: Value): number {
  if (typeof left === "number" && typeof right === "number") return left - right || 0;
  if (typeof left === "boolean" && typeof right === "boolean") return Number(left) - Number(right);
  if (typeof left === "string" && typeof right === "string") {
    chargeText(run, Math.min(left.length, right.length));
    const [from, to] = [instantOf(left), instantOf(right)];
    if (from !== null && to !== null) return from - to;
    return left < right ? -1 : left > right ? 1 : 0;
  }
  const [first, second] = [moneyOf(left), moneyOf(right)];
  if (first && second && first.currency === second.currency) return compareAmounts(first.amount, second.amount);
  throw fail(run, "type", `${kindOf(left)} and ${kindOf(right)} have no order`);
}
