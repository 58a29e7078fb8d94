import type { ChoiceOption } from "@clew/contract/flows/components";
import type { OptionIcon } from "@clew/contract/flows/words";
import type { Value } from "../expressions/expression.ts";
import { isMap } from "../expressions/value.ts";
import { holds, screenValue } from "./evaluated.ts";
import type { Of } from "./field-problem.ts";
import { type Shown, screenText } from "./present.ts";

type Values = Readonly<Record<string, Value>>;
export type Option = { value: string; label: string; hint: string; icon?: OptionIcon };

/** Longest answer of one's own words, in characters. */
export const MAX_OTHER = 200;

/** What may be chosen as things stand, with the words that people read. */
export function optionsFor(component: Of<"choice">, values: Values, shown: Shown): Option[] {
  const { options = [], optionsFrom } = component;
  const written = options
    .filter(({ visible }) => holds(visible, values, shown))
    .map((option) => read(option, values, shown));
  return optionsFrom === undefined ? written : [...written, ...found(screenValue(optionsFrom, values, shown))];
}

function read({ value, label, hint, icon }: ChoiceOption, values: Values, shown: Shown): Option {
  const words = { label: screenText(label, values, shown), hint: screenText(hint, values, shown) };
  return { value, ...words, ...(icon === undefined ? {} : { icon }) };
}

function found(list: Value): Option[] {
  if (!Array.isArray(list)) return [];
  const options = list.slice(0, 500).flatMap((item: Value): Option[] => {
    if (typeof item === "string") return [{ value: item, label: item, hint: "" }];
    if (!isMap(item) || typeof item.value !== "string") return [];
    return [{ value: item.value, label: String(item.label ?? item.value), hint: "" }];
  });
  return options.filter(({ value }) => value !== "");
}

/** What people read for the chosen; of several joined. Null: something chosen is not among the options. */
export function labelOf(
  component: Of<"choice">,
  value: Value,
  options: readonly Option[],
  shown: Shown,
): string | null {
  const chosen = (Array.isArray(value) ? value : [value]) as string[];
  const labels = chosen.map((one) => {
    const option = options.find((each) => each.value === one);
    return option?.label ?? (component.other && [...one].length <= MAX_OTHER ? one : null);
  });
  if (labels.includes(null)) return null;
  if (labels.length < 2) return labels[0] ?? null;
  try {
    return new Intl.ListFormat(shown.locale).format(labels as string[]);
  } catch {
    return labels.join(", ");
  }
}
