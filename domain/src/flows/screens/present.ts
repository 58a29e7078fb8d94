import type { NodeOf } from "@clew/contract/flows/definition";
import type { FlowText } from "@clew/contract/flows/spellings";
import { textIn } from "../../languages/fall-back.ts";
import { ExpressionError } from "../expressions/expression-error.ts";
import type { EvaluateOptions } from "../expressions/options.ts";
import { spellingOf } from "../expressions/spelling.ts";
import type { Value } from "../expressions/value.ts";
import { formulas } from "./formulas.ts";

/** Under which circumstances a screen is shown. `labels`: what people read for chosen values, by path. */
export type Shown = { now: number; zone: string; locale: string; labels?: Readonly<Record<string, string>> };
/** How a page is read where nobody says otherwise. */
export const PLAIN: Shown = { now: 0, zone: "UTC", locale: "en" };
type Values = Readonly<Record<string, Value>>;

/**
 * A text of a screen in the reader's language, its holes filled. A hole that cannot be computed renders empty. `markdown`:
 * it is read as that, and what fills it, or is computed as a whole, is only text in it.
 */
export function screenText(written: FlowText | undefined, values: Values, shown: Shown, target?: "markdown"): string {
  if (written === undefined) return "";
  const line = typeof written === "string" ? written : textIn(written, shown.locale);
  const spelling = spellingOf(line);
  try {
    if (spelling.kind === "literal") return String(spelling.value ?? "");
    const { kind, source } = spelling;
    if (kind === "text" || target)
      return formulas().render(kind === "text" ? source : `{{${source}}}`, values, optionsOf(shown), target);
    const value = formulas().evaluate(source, values, optionsOf(shown));
    return value === null ? "" : String(value);
  } catch (error) {
    if (error instanceof ExpressionError) return "";
    throw error;
  }
}

export function titleOfScreen(node: NodeOf<"screen">, values: Values, shown: Shown): string {
  return screenText(node.title, values, shown);
}

export function optionsOf({ now, zone, locale, labels = {} }: Shown): EvaluateOptions {
  return {
    now,
    zone,
    locale,
    host: {
      label: (value, path) =>
        path !== null && Object.hasOwn(labels, path) ? (labels[path] ?? null) : value === null ? null : String(value),
      asset: (name) => `/assets/${name}`,
    },
  };
}
