import { offsetAt } from "../../hours/zone.ts";
import { takes } from "./known-functions.ts";
import { nearest } from "./nearest.ts";
import { compilePattern } from "./pattern.ts";
import { signatureOf } from "./signatures.ts";
import { STYLES } from "./styles.ts";
import type { Node } from "./tree.ts";
import {
  fits,
  isNullable,
  isTextLike,
  joined,
  parseType,
  printType,
  strictest,
  type Type,
  withNull,
} from "./type-language.ts";
import { type Check, refuse, type Typed, whole } from "./typed.ts";

const ANY: Type = { kind: "any" };
const TEXT: Type = { kind: "text", nullable: false };
const NUMBER: Type = { kind: "number", nullable: false };

/** The type and class of a function's result; arguments that do not fit are noted. */
export function checkCall(check: Check, node: Node & { kind: "call" }, found: readonly Typed[]): Typed {
  const { name } = node;
  const signature = signatureOf(name);
  if (!signature || !takes(name))
    return refuse(check, { code: "name", at: node.at, message: `There is no function ${name}` });
  found.forEach((argument, index) => {
    const words = signature.takes[Math.min(index, signature.takes.length - 1)] ?? ["any"];
    const part = found[0] && isTextLike(found[0].type) ? ["text"] : ["any"];
    checkArgument(
      check,
      { name, index, words: words[0] === "@part" ? part : words },
      argument,
      node.arguments[index] as Node,
    );
  });
  // Whether there is something at all says nothing of what it is, and so with how many there are.
  const isPresence = name === "isEmpty" || name === "size";
  const keeps = signature.gives === "@same" || signature.gives === "@item" || signature.gives === "@flat";
  const privacy = strictest(...found.map((one) => (isPresence || keeps ? one.privacy : whole(check, one))));
  const type = result(
    signature.gives,
    found.map((one) => one.type),
  );
  return {
    type:
      name !== "isEmpty" && name !== "coalesce" && found.some((one) => isNullable(one.type)) ? withNull(type) : type,
    privacy,
  };
}

type Place = { name: string; index: number; words: readonly string[] };

function checkArgument(check: Check, { name, index, words }: Place, { type }: Typed, node: Node): void {
  const special = words[0] as string;
  const isWritten = special === "pattern" || special === "style" || special === "zone";
  if (isWritten && node.kind === "literal" && typeof node.value === "string") {
    const wrong = wrongText(special, node.value);
    if (wrong) refuse(check, { at: node.at, ...wrong });
    return;
  }
  const wanted = isWritten ? ["text"] : words;
  if (type.kind === "null" || wanted.some((word) => fits(withNull(type, false), parseType(word)))) return;
  const message = `Argument ${index + 1} of ${name} is ${wanted.join(" or ")}, not ${printType(type)}`;
  refuse(check, { code: "type", at: node.at, message });
}

function wrongText(
  special: string,
  text: string,
): { code: "pattern" | "value"; message: string; suggestion?: string } | null {
  if (special === "style") {
    if (STYLES.includes(text)) return null;
    const suggestion = nearest(text, STYLES);
    return { code: "value", message: "There is no such format", ...(suggestion && { suggestion }) };
  }
  try {
    if (special === "pattern") compilePattern(text);
    else offsetAt(text, 0);
    return null;
  } catch (error) {
    if (special === "zone") return { code: "value", message: "There is no such time zone" };
    return { code: "pattern", message: error instanceof Error ? error.message : String(error) };
  }
}

function result(gives: string, types: readonly Type[]): Type {
  const first = withNull(types[0] ?? ANY, false);
  const list = first.kind === "list" ? first : null;
  switch (gives) {
    case "@same":
      return first;
    case "@when":
      return fits(first, { kind: "date", nullable: false }) && first.kind !== "any"
        ? parseType("date")
        : parseType("datetime");
    case "@item":
      return list ? withNull(list.of) : ANY;
    case "@flat":
      return list ? { ...list, of: withNull(list.of, false).kind === "list" ? inner(list.of) : ANY } : ANY;
    case "@label":
      return list ? { kind: "list", of: TEXT, nullable: false } : first.kind === "any" ? ANY : TEXT;
    case "@sum":
      return list ? sumOf(list.of) : ANY;
    case "@extreme":
      return types.length === 1
        ? list
          ? withNull(list.of)
          : first
        : types.map((type) => withNull(type, false)).reduce(joined);
    case "@coalesce":
      return withNull(types.map((type) => withNull(type, false)).reduce(joined), types.every(isNullable));
    default:
      return parseType(gives);
  }
}

/** A sum is never null; of nothing but nulls it is 0. */
export function sumOf(item: Type): Type {
  return item.kind === "null" ? NUMBER : withNull(item, false);
}

function inner(list: Type): Type {
  return list.kind === "list" ? list.of : ANY;
}
