/** Closed list of what can be wrong with a formula or a text with holes. */
export type ExpressionCode =
  /** The source cannot be read. */
  | "syntax"
  /** A function that does not exist or is not there in this place, or a name that is refused everywhere. */
  | "name"
  /** A function was given too few or too many arguments. */
  | "arguments"
  /** The source is too long, has too many parts or is nested too deep. */
  | "limit"
  /** The formula took more steps than it may. */
  | "budget"
  /** A value is of another kind than the operator or function takes. */
  | "type"
  /** Division by zero, or a number too large to hold. */
  | "number"
  /** Not a date, time, duration, zone, currency or format that exists. */
  | "value"
  /** A pattern that cannot be read or is too large. */
  | "pattern";

/**
 * The only error that leaves this folder. `at` is the offset in the source, in UTF-16 units. The message speaks of the
 * source and never of the data, so it may be shown and logged.
 */
export class ExpressionError extends Error {
  readonly code: ExpressionCode;
  readonly at: number;

  constructor(code: ExpressionCode, at: number, message: string) {
    super(message);
    this.name = "ExpressionError";
    this.code = code;
    this.at = at;
  }
}
