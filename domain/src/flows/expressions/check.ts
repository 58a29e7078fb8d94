import { checkCall, sumOf } from "./check-calls.ts";
import { checkBinary, checkTruth } from "./check-operators.ts";
import { isRefusedName } from "./names.ts";
import { nearest } from "./nearest.ts";
import type { Node } from "./tree.ts";
import {
  isNullable,
  isTextLike,
  joined,
  parseType,
  printType,
  strictest,
  type Type,
  withNull,
} from "./type-language.ts";
import { type Check, fieldsOf, refuse, type Typed, whole } from "./typed.ts";

const ANY: Type = { kind: "any" };

/** Items of the macros around, the innermost first. */
type Items = { name: string; is: Typed; outer: Items } | null;

export function checkNode(check: Check, node: Node, items: Items): Typed {
  switch (node.kind) {
    case "literal":
      return { type: typeOfLiteral(node.value), privacy: "open" };
    case "name":
      return lookUp(check, node, items);
    case "member":
      return member(check, node, checkNode(check, node.of, items), node.name);
    case "index":
      return index(check, node, items);
    case "unary":
      return unary(check, node, checkNode(check, node.of, items));
    case "binary":
      return checkBinary(check, node, checkNode(check, node.left, items), checkNode(check, node.right, items));
    case "condition":
      return condition(check, node, items);
    case "list": {
      const found = node.items.map((item) => checkNode(check, item, items));
      const of = found.length > 0 ? found.map((one) => one.type).reduce(joined) : ANY;
      return {
        type: { kind: "list", of, nullable: false },
        privacy: strictest(...found.map((one) => whole(check, one))),
      };
    }
    case "map": {
      const fields = new Map(node.entries.map(({ key, value }) => [key, checkNode(check, value, items)]));
      return { type: { kind: "map", nullable: false, fields }, privacy: "open" };
    }
    case "call":
      return checkCall(
        check,
        node,
        node.arguments.map((argument) => checkNode(check, argument, items)),
      );
    case "macro":
      return macro(check, node, items);
  }
}

function typeOfLiteral(value: string | number | boolean | null): Type {
  if (value === null) return { kind: "null" };
  if (typeof value === "string") return { kind: "text", nullable: false, options: [value] };
  return { kind: typeof value === "number" ? "number" : "boolean", nullable: false };
}

function lookUp(check: Check, { at, name }: Node & { kind: "name" }, items: Items): Typed {
  for (let item = items; item; item = item.outer) if (item.name === name) return item.is;
  const variable = check.scope.variables.get(name);
  if (variable) return { type: variable.type, privacy: variable.privacy ?? "open" };
  const suggestion = nearest(name, check.scope.variables.keys());
  return refuse(check, {
    code: "variable",
    at,
    message: `There is no variable ${name}`,
    ...(suggestion && { suggestion }),
  });
}

function member(check: Check, { at }: Node, of: Typed, name: string): Typed {
  const { type } = of;
  const fields = fieldsOf(check, type);
  if (fields) {
    const field = fields.get(name);
    if (field)
      return {
        type: withNull(field.type, isNullable(field.type) || isNullable(type)),
        privacy: strictest(of.privacy, field.privacy),
      };
    const suggestion = nearest(name, fields.keys());
    const message = `${printType(type)} has no field ${name}`;
    return refuse(check, { code: "field", at, message, ...(suggestion && { suggestion }) }, of.privacy);
  }
  if (type.kind === "money" && (name === "amount" || name === "currency"))
    return { type: withNull(parseType("text"), type.nullable), privacy: of.privacy };
  if (hasMembers(type)) return { type: ANY, privacy: of.privacy };
  return refuse(check, { code: "type", at, message: `${printType(type)} has no fields` }, of.privacy);
}

/** Data whose fields nobody has described. */
function hasMembers({ kind }: Type): boolean {
  return ["any", "null", "map", "record", "address", "file", "consent", "signature"].includes(kind);
}

function index(check: Check, node: Node & { kind: "index" }, items: Items): Typed {
  const of = checkNode(check, node.of, items);
  const by = checkNode(check, node.by, items);
  const privacy = strictest(of.privacy, whole(check, by));
  const { type } = of;
  if (
    node.by.kind === "literal" &&
    typeof node.by.value === "string" &&
    type.kind !== "list" &&
    !isRefusedName(node.by.value)
  ) {
    return member(check, node.by, { type, privacy }, node.by.value);
  }
  const key = withNull(by.type, false);
  if (type.kind === "list" && (key.kind === "number" || key.kind === "any"))
    return { type: withNull(type.of), privacy };
  if (hasMembers(type) && (type.kind === "any" || key.kind === "any" || isTextLike(key)))
    return { type: ANY, privacy: whole(check, { type, privacy }) };
  return refuse(
    check,
    { code: "type", at: node.at, message: `${printType(type)} has no items by ${printType(by.type)}` },
    privacy,
  );
}

function unary(check: Check, node: Node & { kind: "unary" }, of: Typed): Typed {
  const privacy = whole(check, of);
  if (node.operator === "!") {
    checkTruth(check, of, node.of.at);
    return { type: { kind: "boolean", nullable: false }, privacy };
  }
  if (["number", "any", "null"].includes(of.type.kind)) return { type: of.type, privacy };
  return refuse(
    check,
    { code: "type", at: node.at, message: `Minus stands before a number, not before ${printType(of.type)}` },
    privacy,
  );
}

function condition(check: Check, node: Node & { kind: "condition" }, items: Items): Typed {
  const [when, yes, no] = [node.when, node.then, node.else].map((part) => checkNode(check, part, items)) as [
    Typed,
    Typed,
    Typed,
  ];
  checkTruth(check, when, node.when.at);
  return { type: joined(yes.type, no.type), privacy: strictest(whole(check, when), yes.privacy, no.privacy) };
}

function macro(check: Check, node: Node & { kind: "macro" }, items: Items): Typed {
  const over = checkNode(check, node.over, items);
  const list = over.type;
  if (list.kind !== "list" && list.kind !== "any" && list.kind !== "null") {
    refuse(check, { code: "type", at: node.at, message: `${node.name} goes over a list, not over ${printType(list)}` });
  }
  const item = list.kind === "list" ? list.of : ANY;
  const body = checkNode(check, node.body, {
    name: node.item,
    is: { type: item, privacy: over.privacy },
    outer: items,
  });
  if (["filter", "all", "exists", "find", "count"].includes(node.name)) checkTruth(check, body, node.body.at);
  const type = resultOfMacro(check, node, item, body.type);
  return {
    type: withNull(type, isNullable(type) || isNullable(list)),
    privacy: strictest(over.privacy, node.name === "map" ? body.privacy : whole(check, body)),
  };
}

function resultOfMacro(check: Check, node: Node & { kind: "macro" }, item: Type, body: Type): Type {
  switch (node.name) {
    case "filter":
    case "sortBy":
      return { kind: "list", of: item, nullable: false };
    case "map":
      return { kind: "list", of: body, nullable: false };
    case "find":
      return withNull(item);
    case "min":
    case "max":
      return withNull(body);
    case "count":
      return { kind: "number", nullable: false };
    case "sum": {
      const sums = ["number", "money", "any", "null"].includes(body.kind);
      if (!sums)
        refuse(check, {
          code: "type",
          at: node.body.at,
          message: `A sum is of numbers or money, not of ${printType(body)}`,
        });
      return sums ? sumOf(body) : ANY;
    }
    default:
      return { kind: "boolean", nullable: false };
  }
}
