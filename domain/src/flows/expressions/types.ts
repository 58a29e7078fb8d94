import { checkNode } from "./check.ts";
import type { Compiled } from "./expression.ts";
import type { ExpressionError } from "./expression-error.ts";
import { FUNCTION_NAMES } from "./functions.ts";
import { nearest } from "./nearest.ts";
import { MACRO_NAMES } from "./parse.ts";
import { readsOf } from "./reads.ts";
import type { CompiledText } from "./text.ts";
import type { Node } from "./tree.ts";
import { isNullable, type Privacy, printType, strictest, type Type } from "./type-language.ts";
import { type Check, refuse, type Scope, type TypeFinding, whole } from "./typed.ts";

export {
  fits,
  isNullable,
  joined,
  type Privacy,
  parseType,
  printType,
  type ScalarKind,
  strictest,
  type Type,
  type Variable,
} from "./type-language.ts";
export type { Scope, TypeFinding } from "./typed.ts";

export type TypedResult = {
  type: Type;
  /** The strictest class of whatever the result is made from, conditions included. */
  privacy: Privacy;
  /** Variables read, as paths ("prechat.topic"), each once, in the order of the source. */
  reads: string[];
  errors: TypeFinding[];
};

/** Checks a formula without running it. Never throws; what is wrong counts as `any` to what stands around it. */
export function typeOf(compiled: Compiled, scope: Scope): TypedResult {
  const check: Check = { scope, errors: [] };
  const found = checkNode(check, compiled.root, null);
  return { type: found.type, privacy: whole(check, found), reads: readsOf(compiled.root), errors: check.errors };
}

/**
 * As typeOf, for all holes together. `nullable`: where the holes begin that may be null and then render empty; of a
 * map's members nothing is known, so they are not among them.
 */
export function typeOfText(text: CompiledText, scope: Scope): TypedResult & { nullable: number[] } {
  const check: Check = { scope, errors: [] };
  const nullable: number[] = [];
  const classes = text.holes.map((hole) => {
    const found = checkNode(check, hole, null);
    if (isNullable(found.type)) nullable.push(firstOf(hole));
    if (!isRendered(found.type)) {
      const message = `A hole takes no ${printType(found.type)}: use join(…) or format(…), or name a field`;
      refuse(check, { code: "type", at: hole.at, message });
    }
    return whole(check, found);
  });
  const type: Type = { kind: "text", nullable: false };
  return { type, privacy: strictest(...classes), reads: readsOf(...text.holes), errors: check.errors, nullable };
}

/** The function that was probably meant where compile or compileText found none. */
export function suggestionFor(error: ExpressionError, source: string): string | undefined {
  const [name = ""] = error.code === "name" ? (/^[A-Za-z_][A-Za-z0-9_]*/.exec(source.slice(error.at)) ?? []) : [];
  return name ? nearest(name, [...FUNCTION_NAMES, ...MACRO_NAMES]) : undefined;
}

function isRendered({ kind }: Type): boolean {
  return !["list", "map", "record", "address", "file", "signature"].includes(kind);
}

/** Where a tree begins in the source, which for operators and members is left of their sign. */
function firstOf(node: Node): number {
  if (node.kind === "binary") return firstOf(node.left);
  if (node.kind === "member" || node.kind === "index") return firstOf(node.of);
  if (node.kind === "macro") return firstOf(node.over);
  return node.kind === "condition" ? firstOf(node.when) : node.at;
}
