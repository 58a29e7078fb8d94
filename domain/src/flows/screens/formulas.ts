import type { EvaluateOptions } from "../expressions/options.ts";
import type { Value, ValueMap } from "../expressions/value.ts";

/** The language of formulas, as screens use it. Both throw ExpressionError. */
export type FormulaLanguage = {
  /** A formula without its "=". */
  evaluate(source: string, values: ValueMap, options: EvaluateOptions): Value;
  /** A text with holes; `markdown`: what fills them is only text where it is read as that. */
  render(source: string, values: ValueMap, options: EvaluateOptions, target?: "markdown"): string;
};

/** A browser fetches the language when a page has a formula; everywhere else it is there from the start. */
let language: FormulaLanguage | null = null;

export function learnFormulas(learned: FormulaLanguage): void {
  language = learned;
}

export function formulas(): FormulaLanguage {
  if (!language) throw new Error("The language of formulas is not loaded");
  return language;
}
