import { textAt, written, zoneAt } from "./function-table.ts";
import { DAY, instantOf, isCalendarDate, localOf, timeOfDay } from "./instants.ts";
import { moneyOf, printAmount } from "./money.ts";
import { charge, fail, type Run } from "./run.ts";
import { isList, kindOf, type Value } from "./value.ts";

const NUMBERS: ReadonlyMap<string, Intl.NumberFormatOptions> = new Map<string, Intl.NumberFormatOptions>([
  ["number", { maximumFractionDigits: 9 }],
  ["integer", { maximumFractionDigits: 0 }],
  ["percent", { style: "percent", maximumFractionDigits: 2 }],
]);
const TIMES: ReadonlyMap<string, Intl.DateTimeFormatOptions> = new Map<string, Intl.DateTimeFormatOptions>([
  ["date", { dateStyle: "medium" }],
  ["date-short", { dateStyle: "short" }],
  ["date-long", { dateStyle: "long" }],
  ["date-full", { dateStyle: "full" }],
  ["weekday", { weekday: "long" }],
  ["month", { month: "long", year: "numeric" }],
  ["time", { timeStyle: "short" }],
  ["datetime", { dateStyle: "medium", timeStyle: "short" }],
  ["datetime-long", { dateStyle: "long", timeStyle: "short" }],
]);
const LISTS: ReadonlyMap<string, Intl.ListFormatOptions> = new Map<string, Intl.ListFormatOptions>([
  ["list", { type: "conjunction" }],
  ["or", { type: "disjunction" }],
]);

/** Every style that `format` knows. */
export const STYLES: readonly string[] = [...NUMBERS.keys(), "money", ...TIMES.keys(), ...LISTS.keys()];

/** Making a format costs a thousand times more than using it, and the budget knows it. */
const COST = 20;
const MAX_KEPT = 200;
const kept = new Map<string, unknown>();

/** `format(value)`, `format(value, style)`, `format(value, style, zone)`: as people of the locale write it. */
export function format(run: Run, values: readonly Value[]): string {
  const value = values[0] as Value;
  charge(run, COST);
  const style = values.length > 1 ? textAt(run, values, 1) : null;
  if (style !== null && !STYLES.includes(style)) throw fail(run, "value", "There is no such format");
  try {
    return formatted(run, value, style, values);
  } catch (error) {
    // Intl refuses zones and currencies that do not exist.
    if (error instanceof RangeError) throw fail(run, "value", "There is no such zone or currency");
    throw error;
  }
}

function formatted(run: Run, value: Value, style: string | null, values: readonly Value[]): string {
  const { locale } = run.options;
  const money = moneyOf(value);
  if (money && (style ?? "money") === "money") {
    const options = { style: "currency", currency: money.currency } as const;
    // A text keeps every digit, where a number would round large amounts.
    return numbers(locale, options).format(printAmount(money.amount) as `${number}`);
  }
  if (typeof value === "number") {
    const options = NUMBERS.get(style ?? "number");
    if (options && Number.isFinite(value)) return numbers(locale, options).format(value);
  } else if (typeof value === "string") {
    const known = timeText(value);
    const options = TIMES.get(style ?? known?.style ?? "");
    if (known && options && suits(known, options))
      return times(locale, options, known.fixed ? "UTC" : zoneAt(run, values, 2)).format(known.at);
    if (style === null) return value;
  } else if (value !== null && isList(value)) {
    const options = LISTS.get(style ?? "list");
    charge(run, value.length);
    if (options)
      return lists(locale, options).format(value.filter((item) => item !== null).map((item) => written(run, item)));
  }
  throw fail(run, "type", `This format does not take ${kindOf(value)}`);
}

type TimeText = { style: "date" | "time" | "datetime"; at: number; fixed: boolean };

/** Dates and times without zone are formatted as if in UTC, which leaves them as they are. */
function timeText(text: string): TimeText | null {
  if (isCalendarDate(text)) return { style: "date", at: localOf(text), fixed: true };
  const time = timeOfDay(text);
  if (time !== null) return { style: "time", at: time % DAY, fixed: true };
  const instant = instantOf(text);
  return instant === null ? null : { style: "datetime", at: instant, fixed: false };
}

function suits(known: TimeText, { dateStyle, timeStyle, weekday, month }: Intl.DateTimeFormatOptions): boolean {
  if (known.style === "date") return !timeStyle;
  return known.style === "datetime" || !(dateStyle || weekday || month);
}

function numbers(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return keep(`${locale} ${JSON.stringify(options)}`, () => new Intl.NumberFormat(known(locale), options));
}

function times(locale: string, options: Intl.DateTimeFormatOptions, timeZone: string): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)} ${timeZone}`;
  return keep(key, () => new Intl.DateTimeFormat(known(locale), { ...options, timeZone }));
}

function lists(locale: string, options: Intl.ListFormatOptions): Intl.ListFormat {
  return keep(`${locale} ${JSON.stringify(options)}`, () => new Intl.ListFormat(known(locale), options));
}

/** A locale that browsers and servers refuse is somebody's slip in a profile: the customer reads English, not an error. */
function known(locale: string): string {
  try {
    return new Intl.Locale(locale).toString();
  } catch {
    return "en";
  }
}

function keep<Format>(key: string, make: () => Format): Format {
  const found = kept.get(key);
  if (found) return found as Format;
  const format = make();
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(key, format);
  return format;
}
