import "./common-functions.ts";
import { functionNamed, macroNamed, TAKES_NULL } from "./known-functions.ts";
import { isRefusedName } from "./names.ts";
import { operate } from "./operators.ts";
import { charge, fail, type Run } from "./run.ts";
import type { Node } from "./tree.ts";
import { isTrue } from "./truth.ts";
import { isList, isMap, kindOf, mapOf, ownValue, type Value } from "./value.ts";

/** Items of the macros around, the innermost first. */
export type Items = { name: string; value: Value; outer: Items } | null;

/** The value of a tree. Throws ExpressionError only, apart from what a host throws. */
export function evaluateNode(run: Run, node: Node, items: Items): Value {
  run.at = node.at;
  charge(run, 1);
  switch (node.kind) {
    case "literal":
      return node.value;
    case "name":
      return lookUp(run, node.name, items);
    case "member":
      return memberOf(evaluateNode(run, node.of, items), node.name);
    case "index": {
      const of = evaluateNode(run, node.of, items);
      const by = evaluateNode(run, node.by, items);
      run.at = node.at;
      return itemOf(run, of, by);
    }
    case "unary": {
      const of = evaluateNode(run, node.of, items);
      run.at = node.at;
      if (node.operator === "!") return !isTrue(run, of);
      if (of === null) return null;
      if (typeof of !== "number") throw fail(run, "type", `Minus stands before a number, not before ${kindOf(of)}`);
      return -of || 0;
    }
    case "binary": {
      const left = evaluateNode(run, node.left, items);
      if (node.operator === "&&" || node.operator === "||") {
        run.at = node.left.at;
        if (isTrue(run, left) === (node.operator === "||")) return node.operator === "||";
        return isTrue(run, evaluateNode(run, node.right, items));
      }
      const right = evaluateNode(run, node.right, items);
      run.at = node.at;
      return operate(run, node.operator, left, right);
    }
    case "condition": {
      const when = evaluateNode(run, node.when, items);
      run.at = node.at;
      return evaluateNode(run, isTrue(run, when) ? node.then : node.else, items);
    }
    case "list":
      return node.items.map((item) => evaluateNode(run, item, items));
    case "map":
      return mapOf(node.entries.map(({ key, value }) => [key, evaluateNode(run, value, items)] as const));
    case "call":
      return call(run, node, items);
    case "macro": {
      const over = evaluateNode(run, node.over, items);
      run.at = node.at;
      const { item, body } = node;
      return runMacro(run, node.name, over, (value) => evaluateNode(run, body, { name: item, value, outer: items }));
    }
  }
}

/** Evaluates the body once an item, in order, as far as needed. No list is null, and so is the result. */
function runMacro(run: Run, name: string, over: Value, body: (item: Value) => Value): Value {
  if (over === null) return null;
  if (!isList(over)) throw fail(run, "type", `${name} goes over a list, not over ${kindOf(over)}`);
  const macro = macroNamed(name);
  if (!macro) throw fail(run, "name", "There is no such macro");
  charge(run, over.length);
  return macro(run, over, body);
}

/** Where a value was read, when the formula only walks to it: "answer.reason". Null for a computed one. */
function pathOf(node: Node | undefined, items: Items): string | null {
  if (node?.kind === "name") return isItem(node.name, items) ? null : node.name;
  const of = node?.kind === "member" ? pathOf(node.of, items) : null;
  return of === null || node?.kind !== "member" ? null : `${of}.${node.name}`;
}

function isItem(name: string, items: Items): boolean {
  return items !== null && (items.name === name || isItem(name, items.outer));
}

function lookUp(run: Run, name: string, items: Items): Value {
  for (let item = items; item; item = item.outer) if (item.name === name) return item.value;
  return ownValue(run.values, name);
}

function memberOf(of: Value, name: string): Value {
  return isMap(of) ? ownValue(of, name) : null;
}

function itemOf(run: Run, of: Value, by: Value): Value {
  if (of === null || by === null) return null;
  if (isList(of) && typeof by === "number") return Number.isInteger(by) && by >= 0 ? ownValue(of, by) : null;
  if (!isMap(of) || typeof by !== "string") throw fail(run, "type", `${kindOf(of)} has no items by ${kindOf(by)}`);
  if (isRefusedName(by)) throw fail(run, "name", "Nothing may be called so");
  return ownValue(of, by);
}

function call(run: Run, node: Node & { kind: "call" }, items: Items): Value {
  if (node.name === "coalesce") {
    let empty: Value = null;
    for (const argument of node.arguments) {
      const value = evaluateNode(run, argument, items);
      if (value !== null && value !== "") return value;
      empty ??= value;
    }
    return empty;
  }
  const known = functionNamed(node.name);
  const values: Value[] = [];
  // No callback: calls of calls a thousand deep shall fit into any browser's stack.
  for (const argument of node.arguments) values.push(evaluateNode(run, argument, items));
  run.at = node.at;
  if (!known) throw fail(run, "name", "There is no such function");
  if (!TAKES_NULL.has(node.name) && values.includes(null)) return null;
  return known[3](run, values, node.name === "label" ? pathOf(node.arguments[0], items) : null);
}
