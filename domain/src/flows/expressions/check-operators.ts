import { nearest } from "./nearest.ts";
import type { BinaryOperator, Node } from "./tree.ts";
import { fits, isNullable, isTextLike, joined, printType, strictest, type Type, withNull } from "./type-language.ts";
import { type Check, refuse, type Typed, whole } from "./typed.ts";

const BOOLEAN: Type = { kind: "boolean", nullable: false };
const DATES = new Set(["date", "time", "datetime", "duration"]);

/** A place that takes true or false; null counts as false. */
export function checkTruth(check: Check, found: Typed, at: number): void {
  if (fits(withNull(found.type, false), BOOLEAN) || found.type.kind === "null") return;
  refuse(check, { code: "type", at, message: `True or false is needed here, not ${printType(found.type)}` });
}

export function checkBinary(check: Check, node: Node & { kind: "binary" }, left: Typed, right: Typed): Typed {
  const { operator, at } = node;
  // Whether there is a record at all says nothing of what is in it.
  const isPresence = left.type.kind === "null" || right.type.kind === "null";
  const privacy = isPresence
    ? strictest(left.privacy, right.privacy)
    : strictest(whole(check, left), whole(check, right));
  const type = resultOf(check, operator, [left.type, right.type], [node.left, node.right]);
  if (type) return { type, privacy };
  const message = `${operator} does not take ${printType(left.type)} and ${printType(right.type)}${advice(operator, left.type)}`;
  return refuse(check, { code: "type", at, message }, privacy);
}

/** Null when the operator does not take these. */
function resultOf(check: Check, operator: BinaryOperator, types: [Type, Type], nodes: [Node, Node]): Type | null {
  const [left, right] = [withNull(types[0], false), withNull(types[1], false)];
  if (operator === "&&" || operator === "||") {
    checkTruth(check, { type: types[0], privacy: "open" }, nodes[0].at);
    checkTruth(check, { type: types[1], privacy: "open" }, nodes[1].at);
    return BOOLEAN;
  }
  if (operator === "==" || operator === "!=") {
    checkOptions(check, left, right, nodes[1].at);
    checkOptions(check, right, left, nodes[0].at);
    return areComparable(left, right) ? BOOLEAN : null;
  }
  if (operator === "in") return isIn(check, left, right, nodes) ? BOOLEAN : null;
  const isOrder = operator[0] === "<" || operator[0] === ">";
  if (isOrder) return areOrdered(left, right) ? BOOLEAN : null;
  const result = arithmetic(operator, left, right);
  return result && withNull(result, types.some(isNullable));
}

function areComparable(left: Type, right: Type): boolean {
  if (left.kind === "null" || right.kind === "null" || isTextLike(left) === isTextLike(right)) {
    return isTextLike(left)
      ? areTextsComparable(left, right)
      : left.kind === "null" || right.kind === "null" || fits(left, right) || fits(right, left);
  }
  return left.kind === "any" || right.kind === "any";
}

/** Ids of two kinds of things are never equal, nor are a date and a time. */
function areTextsComparable(left: Type, right: Type): boolean {
  if (right.kind === "null") return true;
  if (left.kind === "choice" || right.kind === "choice") return !DATES.has(left.kind) && !DATES.has(right.kind);
  if (left.kind === "text" && right.kind === "text") return true;
  if (DATES.has(left.kind) || DATES.has(right.kind))
    return left.kind === right.kind || isWrittenAs(left, right) || isWrittenAs(right, left);
  return fits(left, right) || fits(right, left);
}

/** A text from data may hold a date; one that is written in the formula has to read as one. */
function isWrittenAs(text: Type, as: Type): boolean {
  return text.kind === "text" && fits(text.options ? text : { kind: "any" }, as);
}

function checkOptions(check: Check, known: Type, written: Type, at: number): void {
  if (known.kind !== "choice" || !known.options || written.kind !== "text" || !written.options) return;
  for (const option of written.options) {
    if (known.options.includes(option)) continue;
    const suggestion = nearest(option, known.options);
    refuse(check, { code: "option", at, message: "The choice has no such option", ...(suggestion && { suggestion }) });
  }
}

function isIn(check: Check, item: Type, within: Type, nodes: [Node, Node]): boolean {
  if (within.kind === "any" || within.kind === "null") return true;
  if (within.kind === "map" || within.kind === "record") return item.kind === "any" || isTextLike(item);
  if (within.kind !== "list") return false;
  const of = withNull(within.of, false);
  const [, list] = nodes;
  if (list.kind !== "list") {
    checkOptions(check, of, item, nodes[0].at);
    return areComparable(item, of);
  }
  for (const each of list.items) {
    if (each.kind !== "literal" || typeof each.value !== "string") continue;
    checkOptions(check, item, { kind: "text", nullable: false, options: [each.value] }, each.at);
  }
  return areComparable(item, of);
}

function areOrdered(left: Type, right: Type): boolean {
  if (left.kind === "null" || right.kind === "null") return true;
  if (left.kind === "any" || right.kind === "any") return true;
  if (left.kind === "duration" || right.kind === "duration") return false;
  if (isTextLike(left) && isTextLike(right)) return areTextsComparable(left, right);
  return left.kind === right.kind && (left.kind === "number" || left.kind === "money" || left.kind === "boolean");
}

function arithmetic(operator: BinaryOperator, left: Type, right: Type): Type | null {
  if (left.kind === "null" || right.kind === "null") return { kind: "null" };
  const kinds = new Set([left.kind, right.kind]);
  const isAdding = operator === "+" || operator === "-";
  if (kinds.has("any")) {
    kinds.delete("any");
    if (operator === "+") return { kind: "any" };
    return kinds.size === 0 || kinds.has("number") || (isAdding && kinds.has("money")) ? { kind: "any" } : null;
  }
  if (kinds.size === 1 && (kinds.has("number") || (isAdding && kinds.has("money")))) return left;
  if (operator !== "+") return null;
  if (left.kind === "list" && right.kind === "list") return joined(left, right);
  const isDate = DATES.has(left.kind) || DATES.has(right.kind);
  return isTextLike(left) && isTextLike(right) && !isDate ? { kind: "text", nullable: false } : null;
}

function advice(operator: BinaryOperator, left: Type): string {
  if (operator[0] === "<" || operator[0] === ">") return left.kind === "duration" ? ": compare seconds(…)" : "";
  if (operator === "in") return ": it looks into a list or a map";
  if ((operator === "+" || operator === "-") && DATES.has(left.kind)) return ": use plus(…), minus(…) or between(…)";
  return operator === "+" ? ": make one kind of both, for example with text(…)" : "";
}
