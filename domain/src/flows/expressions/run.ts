import { type ExpressionCode, ExpressionError } from "./expression-error.ts";
import type { EvaluateOptions } from "./options.ts";
import type { ValueMap } from "./value.ts";

export const DEFAULT_BUDGET = 10_000;

/** One evaluation under way. */
export type Run = {
  readonly values: ValueMap;
  readonly options: EvaluateOptions;
  /** Steps left. */
  left: number;
  /** Where in the source the work is, for errors of functions. */
  at: number;
};

export function startRun(values: ValueMap, options: EvaluateOptions): Run {
  return { values, options, left: options.budget ?? DEFAULT_BUDGET, at: 0 };
}

/** Takes steps from the budget, before the work is done that they stand for. Throws ExpressionError "budget". */
export function charge(run: Run, steps: number): void {
  run.left -= steps;
  if (run.left < 0) throw fail(run, "budget", "The formula takes too many steps");
}

/** A text of this length is made or read through; one step for every hundred characters. */
export function chargeText(run: Run, length: number): void {
  if (length > 100) charge(run, Math.ceil(length / 100));
}

export function fail(run: Run, code: ExpressionCode, message: string): ExpressionError {
  return new ExpressionError(code, run.at, message);
}
