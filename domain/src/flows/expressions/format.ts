import { DAY, instantOf, isCalendarDate, localOf, timeOfDay } from "./instants.ts";
import { moneyOf, printAmount } from "./money.ts";
import { charge, fail, type Run } from "./run.ts";
import { isList, kindOf, type Value } from "./value.ts";
import { written } from "./written.ts";

/** How kinds of values are written; a style does not take what it says nothing of. */
export type Style = {
  readonly number?: Intl.NumberFormatOptions;
  readonly money?: true;
  readonly time?: Intl.DateTimeFormatOptions;
  readonly list?: Intl.ListFormatOptions;
};

/** Without a style values are written so. */
const USUAL: Style = { number: { maximumFractionDigits: 9 }, money: true, list: { type: "conjunction" } };
const USUAL_TIMES = {
  date: { dateStyle: "medium" },
  time: { timeStyle: "short" },
  datetime: { dateStyle: "medium", timeStyle: "short" },
} as const;

/** Making a format costs a thousand times more than using it, and the budget knows it. */
const COST = 20;
const MAX_KEPT = 200;
const kept = new Map<string, unknown>();

/** A value as people of the locale write it; `zone` is that of moments. Throws ExpressionError: type, value or budget. */
export function format(
  run: Run,
  value: Value,
  style: Style | null = null,
  zone: () => string = () => run.options.zone,
): string {
  charge(run, COST);
  try {
    return formatted(run, value, style, zone);
  } catch (error) {
    // Intl refuses zones and currencies that do not exist.
    if (error instanceof RangeError) throw fail(run, "value", "There is no such zone or currency");
    throw error;
  }
}

function formatted(run: Run, value: Value, style: Style | null, zone: () => string): string {
  const { locale } = run.options;
  const { number, money, time, list } = style ?? USUAL;
  const amount = money ? moneyOf(value) : null;
  if (amount) {
    const options = { style: "currency", currency: amount.currency } as const;
    // A text keeps every digit, where a number would round large amounts.
    return numbers(locale, options).format(printAmount(amount.amount) as `${number}`);
  }
  if (typeof value === "number") {
    if (number && Number.isFinite(value)) return numbers(locale, number).format(value);
  } else if (typeof value === "string") {
    const known = timeText(value);
    const options = style || !known ? time : USUAL_TIMES[known.style];
    if (known && options && suits(known, options))
      return times(locale, options, known.fixed ? "UTC" : zone()).format(known.at);
    if (style === null) return value;
  } else if (value !== null && isList(value)) {
    charge(run, value.length);
    if (list)
      return lists(locale, list).format(value.filter((item) => item !== null).map((item) => written(run, item)));
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
