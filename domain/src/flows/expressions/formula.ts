import { evaluateNode } from "./evaluate.ts";
import { ExpressionError } from "./expression-error.ts";
import { takes } from "./known-functions.ts";
import type { EvaluateOptions } from "./options.ts";
import { LARGEST, parse, tooLong } from "./parse.ts";
import { startRun } from "./run.ts";
import type { Node } from "./tree.ts";
import type { Value, ValueMap } from "./value.ts";

/** A formula that was read once and can be evaluated often. Plain data. */
export type Compiled = { readonly source: string; readonly root: Node };

/** Reads a formula (without the leading "="). Throws ExpressionError: syntax, name, arguments, number or limit. */
export function compile(source: string, most = LARGEST): Compiled {
  if (source.length > most.characters) throw tooLong(most.characters, most);
  const { root, end } = parse(source, 0, takes, most);
  if (end < source.length) throw new ExpressionError("syntax", end, "The formula should have ended here");
  return { source, root };
}

/**
 * The formula's value. Reads own properties only; what is missing is null. Lists and maps of the result may be parts of
 * `values`: do not change them. Throws ExpressionError.
 */
export function evaluate(compiled: Compiled, values: ValueMap, options: EvaluateOptions): Value {
  return evaluateNode(startRun(values, options), compiled.root, null);
}
