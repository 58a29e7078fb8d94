import { compare, equal } from "./comparing.ts";
import { finite } from "./finite.ts";
import { addedMoney } from "./money.ts";
import { charge, chargeText, fail, type Run } from "./run.ts";
import type { BinaryOperator } from "./tree.ts";
import { isList, isMap, kindOf, ownValue, type Value } from "./value.ts";

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
  const total = operator === "+" || operator === "-" ? addedMoney(left, right, operator === "+" ? 1 : -1) : null;
  if (total) return total;
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
