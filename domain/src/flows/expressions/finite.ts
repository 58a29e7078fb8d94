import { fail, type Run } from "./run.ts";

/** The number, without a sign on zero. Throws ExpressionError "number" when it is none. */
export function finite(run: Run, result: number): number {
  if (!Number.isFinite(result)) throw fail(run, "number", "The number is too large");
  return result || 0;
}
