import type { ExpressionCode } from "./expression-error.ts";
import { type Privacy, strictest, type Type, type Variable } from "./type-language.ts";

/** What a formula may name. `record` gives the fields of an object type, null for one that does not exist. */
export type Scope = {
  readonly variables: ReadonlyMap<string, Variable>;
  readonly record?: (object: string) => ReadonlyMap<string, Variable> | null;
};

/** `at` is the offset in the source; `suggestion` the word that was probably meant. */
export type TypeFinding = {
  /** Besides the codes of errors: a variable, field or option that does not exist. */
  code: ExpressionCode | "variable" | "field" | "option";
  at: number;
  message: string;
  suggestion?: string;
};

/** What is known of a part of a formula. `privacy` leaves out what lies within a record until the record is used whole. */
export type Typed = { readonly type: Type; readonly privacy: Privacy };

export type Check = { readonly scope: Scope; readonly errors: TypeFinding[] };

const MAX_DEPTH = 4;

/** Notes what is wrong and goes on as if nothing were known. */
export function refuse(check: Check, finding: TypeFinding, privacy: Privacy = "open"): Typed {
  check.errors.push(finding);
  return { type: { kind: "any" }, privacy };
}

/** The fields of a record or of a map that has some; null for a record nobody knows, undefined for what has no fields. */
export function fieldsOf(check: Check, type: Type): ReadonlyMap<string, Variable> | null | undefined {
  if (type.kind === "map") return type.fields;
  return type.kind === "record" ? check.scope.record?.(type.object) : undefined;
}

/** The class of a value used whole: the strictest of all that lies within. */
export function whole(check: Check, { type, privacy }: Typed): Privacy {
  return strictest(privacy, within(check, type, 0));
}

function within(check: Check, type: Type, depth: number): Privacy {
  if (depth === MAX_DEPTH) return "open";
  if (type.kind === "list") return within(check, type.of, depth + 1);
  const fields = [...(fieldsOf(check, type)?.values() ?? [])];
  return strictest(...fields.flatMap((field) => [field.privacy, within(check, field.type, depth + 1)]));
}
