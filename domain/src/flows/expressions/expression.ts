import { ExpressionError } from "./expression-error.ts";
import type { Node } from "./tree.ts";
import type { Value } from "./value.ts";

export { type ExpressionCode, ExpressionError } from "./expression-error.ts";
export type { Value } from "./value.ts";

/** A formula that was read once and can be evaluated often. Plain data. */
export type Compiled = { readonly source: string; readonly root: Node };

/** The functions that need to know the world. They may throw ExpressionError; what else they throw is passed on. */
export type Host = {
  /** How often the run has come to the node. */
  visits?(node: string): number;
  /** What people read for the value of a choice. `path` says where it was read ("answer.reason"), null for a computed value. */
  label?(value: Value, path: string | null): string | null;
  /** The address of a file of the asset store. */
  asset?(name: string): string | null;
};

export type EvaluateOptions = {
  /** Milliseconds since 1970, what `now()` says. */
  now: number;
  /** IANA name of the zone in which dates and times are understood when the formula names none. */
  zone: string;
  /** BCP 47 tag for `format`. */
  locale: string;
  /** Steps that this evaluation may take; 10,000 unless told. */
  budget?: number;
  host?: Host;
};

/** Reads a formula (without the leading "="). Throws ExpressionError: syntax, name, arguments or limit. */
export function compile(source: string): Compiled {
  throw new ExpressionError("syntax", 0, `not read yet: ${source.length}`);
}

/** The formula's value. Reads own properties only; what is missing is null. Throws ExpressionError. */
export function evaluate(
  compiled: Compiled,
  values: { readonly [name: string]: Value },
  options: EvaluateOptions,
): Value {
  throw new ExpressionError(
    "syntax",
    0,
    `not evaluated yet: ${compiled.source.length} ${options.now} ${Object.keys(values).length}`,
  );
}
