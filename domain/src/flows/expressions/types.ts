import type { Compiled } from "./expression.ts";
import { type ExpressionCode, ExpressionError } from "./expression-error.ts";

export type Privacy = "open" | "private" | "secret";

export type ScalarKind =
  | "text"
  | "number"
  | "boolean"
  | "date"
  | "time"
  | "datetime"
  | "duration"
  | "choice"
  | "money"
  | "phone"
  | "email"
  | "address"
  | "file"
  | "consent"
  | "signature";

/** A type as a structure. `any` is what a map's members are: everything fits, nothing is known. */
export type Type =
  | { readonly kind: "any" }
  | { readonly kind: "null" }
  /** `options`: the values of a choice, where they are known. */
  | { readonly kind: ScalarKind; readonly nullable: boolean; readonly options?: readonly string[] }
  | { readonly kind: "list"; readonly of: Type; readonly nullable: boolean }
  /** With `fields` only these exist (answers of a screen, a literal); without, members are `any`. */
  | { readonly kind: "map"; readonly nullable: boolean; readonly fields?: ReadonlyMap<string, Variable> }
  | { readonly kind: "record" | "id"; readonly object: string; readonly nullable: boolean };

export type Variable = { readonly type: Type; readonly privacy?: Privacy };

/** What a formula may name. `record` gives the fields of an object type, null for one that does not exist. */
export type Scope = {
  readonly variables: ReadonlyMap<string, Variable>;
  readonly record?: (object: string) => ReadonlyMap<string, Variable> | null;
};

/** `at` is the offset in the source; `suggestion` the nearest name that exists. */
export type TypeFinding = {
  code: ExpressionCode | "variable" | "field" | "option";
  at: number;
  message: string;
  suggestion?: string;
};

export type TypedResult = {
  type: Type;
  /** The strictest class of whatever the formula reads. */
  privacy: Privacy;
  /** Variables read, as paths ("prechat.topic"), each once, in order of reading. */
  reads: string[];
  errors: TypeFinding[];
};

/** "list<record:Case>?" as a structure. Throws ExpressionError "syntax". */
export function parseType(source: string): Type {
  throw new ExpressionError("syntax", 0, `not read yet: ${source.length}`);
}

/** The way back of parseType. */
export function printType(type: Type): string {
  return type.kind;
}

/** Whether a value of type `from` may stand where `to` is asked for. A nullable one does not fit where null may not be. */
export function fits(from: Type, to: Type): boolean {
  return from === to;
}

/** Checks a formula without running it. Never throws; an error gives the type `any` to what stands around it. */
export function typeOf(compiled: Compiled, scope: Scope): TypedResult {
  throw new ExpressionError("syntax", 0, `not checked yet: ${compiled.source.length} ${scope.variables.size}`);
}
