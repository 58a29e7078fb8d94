import { format, type Style } from "./format.ts";
import { textAt, zoneAt } from "./function-table.ts";
import { fail, type Run } from "./run.ts";
import type { Value } from "./value.ts";

const STYLE_OF: ReadonlyMap<string, Style> = new Map<string, Style>([
  ["number", { number: { maximumFractionDigits: 9 } }],
  ["integer", { number: { maximumFractionDigits: 0 } }],
  ["percent", { number: { style: "percent", maximumFractionDigits: 2 } }],
  ["money", { money: true }],
  ["date", { time: { dateStyle: "medium" } }],
  ["date-short", { time: { dateStyle: "short" } }],
  ["date-long", { time: { dateStyle: "long" } }],
  ["date-full", { time: { dateStyle: "full" } }],
  ["weekday", { time: { weekday: "long" } }],
  ["month", { time: { month: "long", year: "numeric" } }],
  ["time", { time: { timeStyle: "short" } }],
  ["datetime", { time: { dateStyle: "medium", timeStyle: "short" } }],
  ["datetime-long", { time: { dateStyle: "long", timeStyle: "short" } }],
  ["list", { list: { type: "conjunction" } }],
  ["or", { list: { type: "disjunction" } }],
]);

/** Every style that `format` knows. */
export const STYLES: readonly string[] = [...STYLE_OF.keys()];

/** `format(value)`, `format(value, style)`, `format(value, style, zone)`: as people of the locale write it. */
export function styled(run: Run, values: readonly Value[]): string {
  const value = values[0] as Value;
  if (values.length < 2) return format(run, value);
  const style = STYLE_OF.get(textAt(run, values, 1));
  if (!style) throw fail(run, "value", "There is no such format");
  return format(run, value, style, () => zoneAt(run, values, 2));
}
