import { formulaOf, textOf } from "../engine/compiled.ts";
import { evaluate } from "../expressions/formula.ts";
import { renderText } from "../expressions/text.ts";
import { learnFormulas } from "./formulas.ts";

learnFormulas({
  evaluate: (source, values, options) => evaluate(formulaOf(source), values, options),
  render: (source, values, options, target) => renderText(textOf(source), values, options, target ?? "plain"),
});
