import type { Value } from "../expressions/expression.ts";
import { moneyOf } from "../expressions/money.ts";
import { isMap } from "../expressions/value.ts";
import { labelOf, type Option } from "./choices.ts";
import type { Question } from "./components.ts";
import { readable } from "./evaluated.ts";
import { most } from "./normalise.ts";
import { ADDRESS_PARTS } from "./normalise-maps.ts";
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
      return moneyOf(value) ? readable(value, shown) : "";
    case "address":
      return isMap(value) ? ADDRESS_PARTS.flatMap((part) => (value[part] ? [String(value[part])] : [])).join(", ") : "";
    case "file":
      return [value]
        .flat()
        .flatMap((file) => (isMap(file as Value) ? [String((file as Record<string, Value>).name)] : []))
        .join(", ");
    case "signature":
      return isMap(value) && typeof value.name === "string" ? value.name : YES;
    case "duration": {
      const [, hours = "0", minutes = "0"] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(String(value)) ?? [];
      return hours === "0" && minutes === "0" ? String(value) : `${hours}:${minutes.padStart(2, "0")}`;
    }
    default:
      return typeof value === "string" ? value : Array.isArray(value) ? String(value.length) : "";
  }
}
