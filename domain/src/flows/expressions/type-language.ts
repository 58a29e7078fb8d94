import { parseDuration } from "./durations.ts";
import { ExpressionError } from "./expression-error.ts";
import { instantOf, isCalendarDate, timeOfDay } from "./instants.ts";

/** From the most open to the strictest. */
export const PRIVACIES = ["open", "private", "secret"] as const;
export type Privacy = (typeof PRIVACIES)[number];

const SCALARS = [
  "text",
  "number",
  "boolean",
  "date",
  "time",
  "datetime",
  "duration",
  "choice",
  "money",
  "phone",
  "email",
  "address",
  "file",
  "consent",
  "signature",
] as const;
export type ScalarKind = (typeof SCALARS)[number];

/** A type as a structure. `any` is what a map's members are: everything fits, nothing is known. */
export type Type =
  | { readonly kind: "any" }
  | { readonly kind: "null" }
  /** `options`: the only values there are, of a choice or of a text that is written in the formula. */
  | { readonly kind: ScalarKind; readonly nullable: boolean; readonly options?: readonly string[] }
  | { readonly kind: "list"; readonly of: Type; readonly nullable: boolean }
  /** With `fields` only these exist (the answers of a screen, a map that is written out); without, members are `any`. */
  | { readonly kind: "map"; readonly nullable: boolean; readonly fields?: ReadonlyMap<string, Variable> }
  | { readonly kind: "record" | "id"; readonly object: string; readonly nullable: boolean };

export type Variable = { readonly type: Type; readonly privacy?: Privacy };

const TEXTS = new Set(["text", "choice", "phone", "email", "id", "date", "time", "datetime", "duration"]);
const MAPS = new Set(["map", "record", "money", "address", "file"]);
const WRITTEN: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ["date", isCalendarDate],
  ["time", (text) => timeOfDay(text) !== null],
  ["datetime", (text) => instantOf(text) !== null],
  ["duration", (text) => parseDuration(text) !== null],
]);
const TYPE = /^(?:(list)<(.+)>|(record|id):([A-Z][A-Za-z0-9_]{0,49})|([a-z]+))(\??)$/;
const MAX_DEPTH = 5;

/** "list<record:Case>?" as a structure. Throws ExpressionError "syntax". */
export function parseType(source: string, depth = 0): Type {
  const [all, list, item = "", named, object = "", word = "", nullable] = TYPE.exec(source) ?? [];
  if (all && list && depth < MAX_DEPTH)
    return { kind: "list", of: parseType(item, depth + 1), nullable: nullable === "?" };
  if (all && named) return { kind: named as "record" | "id", object, nullable: nullable === "?" };
  if (word === "any" || word === "null") return { kind: word };
  if (word !== "map" && !(SCALARS as readonly string[]).includes(word)) {
    throw new ExpressionError("syntax", 0, "There is no such type");
  }
  return { kind: word as ScalarKind | "map", nullable: nullable === "?" };
}

/** The way back of parseType; options and fields are left out. */
export function printType(type: Type): string {
  if (type.kind === "any" || type.kind === "null") return type.kind;
  const mark = type.nullable ? "?" : "";
  if (type.kind === "list") return `list<${printType(type.of)}>${mark}`;
  return type.kind === "record" || type.kind === "id" ? `${type.kind}:${type.object}${mark}` : `${type.kind}${mark}`;
}

/** Whether null may be among the values. Of `any` nothing is known, so nothing is said against it. */
export function isNullable(type: Type): boolean {
  return type.kind === "null" || (type.kind !== "any" && type.nullable);
}

export function withNull<Some extends Type>(type: Some, nullable = true): Type {
  return type.kind === "any" || type.kind === "null" || type.nullable === nullable ? type : { ...type, nullable };
}

/** A text of whatever meaning: what it is at run time. */
export function isTextLike(type: Type): boolean {
  return TEXTS.has(type.kind);
}

/**
 * Whether a value of type `from` may stand where `to` is asked for. What may be null fits only where null may be; a text
 * fits as date, time, datetime or duration only when it is written in the formula and reads as one.
 */
export function fits(from: Type, to: Type): boolean {
  if (from.kind === "any" || to.kind === "any") return true;
  if (isNullable(from) && !isNullable(to)) return false;
  if (from.kind === "null" || to.kind === "null") return isNullable(to);
  if (from.kind === "list" || to.kind === "list") {
    return from.kind === "list" && to.kind === "list" && fits(from.of, to.of);
  }
  if ("object" in from && "object" in to) return from.kind === to.kind && from.object === to.object;
  if (to.kind === "text") return isTextLike(from);
  if (to.kind === "map") return MAPS.has(from.kind);
  if (to.kind === "boolean") return from.kind === "boolean" || from.kind === "consent";
  if (from.kind !== "text" && from.kind !== "choice") return from.kind === to.kind;
  const reads = WRITTEN.get(to.kind);
  if (reads) return (from.options ?? [""]).every(reads);
  if (!TEXTS.has(to.kind)) return false;
  const known = "options" in to ? to.options : undefined;
  return !known || !from.options || from.options.every((option) => known.includes(option));
}

/** The narrowest type that both fit. */
export function joined(left: Type, right: Type): Type {
  if (left.kind === "null") return withNull(right);
  if (right.kind === "null") return withNull(left);
  const nullable = isNullable(left) || isNullable(right);
  if (left.kind === "list" && right.kind === "list") return { kind: "list", of: joined(left.of, right.of), nullable };
  const [from, to] = [withNull(left, false), withNull(right, false)];
  if (from.kind === to.kind && "options" in from && "options" in to && from.options && to.options) {
    return { kind: from.kind, nullable, options: [...new Set([...from.options, ...to.options])] } as Type;
  }
  if (from.kind === "any" || to.kind === "any") return { kind: "any" };
  if (isTextLike(from) && isTextLike(to) && from.kind !== to.kind) {
    return withNull(fits(from, to) && to.kind !== "choice" ? plain(to) : fits(to, from) ? plain(from) : TEXT, nullable);
  }
  if (from.kind !== to.kind || ("object" in from && "object" in to && from.object !== to.object))
    return { kind: "any" };
  return withNull(plain(from), nullable);
}

const TEXT: Type = { kind: "text", nullable: false };

/** Without the options, which the other side does not keep to. */
function plain(type: Type): Type {
  return "options" in type ? { kind: type.kind, nullable: type.nullable } : type;
}

/** The strictest class. */
export function strictest(...classes: readonly (Privacy | undefined)[]): Privacy {
  return PRIVACIES[Math.max(0, ...classes.map((one) => PRIVACIES.indexOf(one ?? "open")))] as Privacy;
}
