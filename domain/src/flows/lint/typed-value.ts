import type { Finding } from "@clew/contract/flows/lint";
import { compile, ExpressionError } from "../expressions/expression.ts";
import { spellingOf } from "../expressions/spelling.ts";
import { compileText } from "../expressions/text.ts";
import {
  fits,
  type Privacy,
  printType,
  type Scope,
  type Type,
  typeOf,
  typeOfText,
  type Variable,
} from "../expressions/types.ts";
import { error, isMap } from "./finding.ts";
import { ANY, orNull } from "./scope.ts";

export type Typed = { type: Type; privacy: Privacy };

const DEPTH = 40;

/** Type and privacy of what a field holds, formulas and all. Parts that cannot be read are `any` and told elsewhere. */
export function typeOfValue(value: unknown, scope: Scope, depth = 0): Typed {
  if (depth > DEPTH) return { type: ANY, privacy: "open" };
  if (typeof value === "string") return typeOfSpelled(value, scope);
  if (typeof value === "number" || typeof value === "boolean") {
    return { type: { kind: typeof value as "number" | "boolean", nullable: false }, privacy: "open" };
  }
  if (value === null || value === undefined) return { type: { kind: "null" }, privacy: "open" };
  const parts = Object.entries(value).map(([name, item]) => [name, typeOfValue(item, scope, depth + 1)] as const);
  const privacy = strictest(parts.map(([, part]) => part.privacy));
  if (Array.isArray(value)) {
    const kinds = new Set(parts.map(([, { type }]) => printType(type)));
    const of = kinds.size === 1 ? (parts[0]?.[1].type ?? ANY) : ANY;
    return { type: { kind: "list", of, nullable: false }, privacy };
  }
  const fields = new Map(parts.map(([name, part]): [string, Variable] => [name, part]));
  return { type: { kind: "map", nullable: false, fields }, privacy };
}

function typeOfSpelled(text: string, scope: Scope): Typed {
  const spelled = spellingOf(text);
  if (spelled.kind === "literal") return { type: { kind: "text", nullable: false }, privacy: "open" };
  try {
    const typed =
      spelled.kind === "formula"
        ? typeOf(compile(spelled.source), scope)
        : { ...typeOfText(compileText(spelled.source), scope), type: { kind: "text", nullable: false } as const };
    return { type: typed.type, privacy: typed.privacy };
  } catch (error) {
    if (error instanceof ExpressionError) return { type: ANY, privacy: "open" };
    throw error;
  }
}

/** Why a value may not stand where `to` is asked for; null when it may. `into` says what asks for it. */
export function misfit(value: unknown, to: Type, scope: Scope): string | null {
  const spelled = spellingOf(value);
  if (spelled.kind === "literal" && !isMap(value) && !Array.isArray(value)) {
    return literalFits(spelled.value, to) ? null : `${JSON.stringify(value)} is not ${printType(to)}`;
  }
  const { type } = typeOfValue(value, scope);
  return fits(type, to) ? null : `it is ${printType(type)}, not ${printType(to)}`;
}

/** As misfit, where null may stand as well. */
export function misfitOrNull(value: unknown, to: Type, scope: Scope): string | null {
  return misfit(value, orNull(to), scope);
}

const LITERAL_FORMS = new Map<string, RegExp>([
  ["date", /^\d{4}-\d{2}-\d{2}$/],
  ["time", /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/],
  ["datetime", /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/],
  ["duration", /^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d{1,3})?S)?)?$/],
  ["email", /^[^@\s]+@[^@\s]+$/],
]);

/** Whether a literal, as JSON has it, is of a type. Lists and maps are looked at item by item. */
export function literalFits(value: unknown, to: Type): boolean {
  if (to.kind === "any") return true;
  if (value === null) return to.kind === "null" || to.nullable;
  if (to.kind === "number" || to.kind === "boolean") return typeof value === to.kind;
  if (to.kind === "list") return Array.isArray(value) && value.every((item) => literalFits(item, to.of));
  if (to.kind === "choice") return typeof value === "string" && (to.options?.includes(value) ?? true);
  if (to.kind === "text" || to.kind === "id" || to.kind === "phone") return typeof value === "string";
  if (to.kind === "null") return false;
  const form = LITERAL_FORMS.get(to.kind);
  return form ? typeof value === "string" && form.test(value) : isMap(value);
}

const ORDER: Privacy[] = ["open", "private", "secret"];

export function isStricter(one: Privacy, other: Privacy): boolean {
  return ORDER.indexOf(one) > ORDER.indexOf(other);
}

export function strictest(classes: Privacy[]): Privacy {
  return classes.reduce((most, next) => (isStricter(next, most) ? next : most), "open");
}

/** What one variable gives to another: type and class. */
export function fitsInto(from: Variable, to: Variable, path: string, name: string): Finding[] {
  const found: Finding[] = [];
  if (!fits(from.type, to.type)) {
    found.push(error("type", path, `${name}: it is ${printType(from.type)}, not ${printType(to.type)}`));
  }
  if (isStricter(from.privacy ?? "open", to.privacy ?? "open")) {
    const suggestion = `declare it with "privacy": "${from.privacy}"`;
    const message = `a ${from.privacy} value goes into ${name}, which is ${to.privacy ?? "open"}`;
    found.push(error("privacy", path, message, { suggestion }));
  }
  return found;
}
