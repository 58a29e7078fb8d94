import type { Value } from "../expressions/expression.ts";
import { labelOf, type Option } from "./choices.ts";
import type { Question } from "./components.ts";
import { readable } from "./evaluated.ts";
import { kindNamed } from "./kinds.ts";
import { most } from "./normalise.ts";
import type { Shown } from "./present.ts";

/** Signs instead of words, where every language reads them alike. */
const YES = "✓";
const NO = "–";

/** An answer in normal form as people read it, on a receipt or a review; "" for none. */
export function answerText(question: Question, value: Value, shown: Shown, options: readonly Option[] = []): string {
  if (value === null) return "";
  switch (question.kind) {
    case "choice":
      return labelOf({ ...question, other: true }, value, options, shown) ?? "";
    case "boolean":
    case "consent":
      return value === true ? YES : NO;
    case "rating":
      return `${readable(value, shown)} / ${most(question)}`;
    case "number":
      return [readable(value, shown), typeof question.unit === "string" ? question.unit : ""].join(" ").trim();
    case "date":
    case "time":
    case "datetime":
      return readable(value, shown);
    case "money":
    case "address":
    case "file":
    case "signature":
    case "duration":
    case "payment":
      return kindNamed(question.kind).text?.(value, shown) ?? "";
    default:
      return typeof value === "string" ? value : Array.isArray(value) ? String(value.length) : "";
  }
}
