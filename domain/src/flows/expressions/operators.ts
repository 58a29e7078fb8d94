import { instantOf } from "./instants.ts";
import { addAmounts, compareAmounts, moneyOf, moneyValue } from "./money.ts";
import { charge, chargeText, fail, type Run } from "./run.ts";
import type { BinaryOperator } from "./tree.ts";
import { isList, isMap, kindOf, ownValue, type Value } from "./value.ts";

const MAX_DATA_DEPTH = 100;

/** Every binary operator but && and ||, which look at their right side only when needed. */
export function operate(run: Run, operator: BinaryOperator, left: Value, right: Value): Value {
  if (operator === "==") return equal(run, left, right);
  if (operator === "!=") return !equal(run, left, right);
  if (operator === "in") return isIn(run, left, right);
  const orders = operator === "<" || operator === "<=" || operator === ">" || operator === ">=";
  if (left === null || right === null) return orders ? false : null;
  if (!orders) return arithmetic(run, operator, left, right);
  const order = compare(run, left, right);
  if (operator === "<") return order < 0;
  if (operator === "<=") return order <= 0;
  return operator === ">" ? order > 0 : order >= 0;
}

/** Null counts as false, so that a missing answer decides like an unticked one. */
export function isTrue(run: Run, value: Value): boolean {
  if (value === null || typeof value === "boolean") return value === true;
  throw fail(run, "type", `True or false is needed here, not ${kindOf(value)}`);
}

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

function isIn(run: Run, item: Value, within: Value): boolean {
  if (within === null) return false;
  if (isList(within)) return within.some((_, index) => equal(run, item, ownValue(within, index)));
  if (!isMap(within)) throw fail(run, "type", `"in" looks into a list or a map, not into ${kindOf(within)}`);
  return typeof item === "string" && Object.hasOwn(within, item);
}

function arithmetic(run: Run, operator: BinaryOperator, left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") return computed(run, operator, left, right);
  if (operator === "+") {
    if (typeof left === "string" && typeof right === "string") {
      chargeText(run, left.length + right.length);
      return left + right;
    }
    if (left !== null && right !== null && isList(left) && isList(right)) {
      charge(run, left.length + right.length);
      return [...left, ...right];
    }
  }
  const [first, second] = [moneyOf(left), moneyOf(right)];
  if (first && second && first.currency === second.currency && (operator === "+" || operator === "-")) {
    return moneyValue(addAmounts(first.amount, second.amount, operator === "+" ? 1 : -1), first.currency);
  }
  throw fail(run, "type", `${operator} does not take ${kindOf(left)} and ${kindOf(right)}`);
}

function computed(run: Run, operator: BinaryOperator, left: number, right: number): number {
  if (right === 0 && (operator === "/" || operator === "%")) throw fail(run, "number", "Division by zero");
  const result =
    operator === "+"
      ? left + right
      : operator === "-"
        ? left - right
        : operator === "*"
          ? left * right
          : operator === "/"
            ? left / right
            : left % right;
  return finite(run, result);
}

/** The number, without a sign on zero. Throws ExpressionError "number" when it is none. */
export function finite(run: Run, result: number): number {
  if (!Number.isFinite(result)) throw fail(run, "number", "The number is too large");
  return result || 0;
}
