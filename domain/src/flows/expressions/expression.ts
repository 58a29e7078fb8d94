// Whoever enters here has every function; a browser that fetches them later enters by formula.ts.
import "./functions.ts";

export { type ExpressionCode, ExpressionError } from "./expression-error.ts";
export { type Compiled, compile, evaluate } from "./formula.ts";
export type { EvaluateOptions, Host } from "./options.ts";
export type { FormulaSize } from "./parse.ts";
export type { Value, ValueMap } from "./value.ts";
