import { western } from "../../forms/parse-number.ts";
import { isCalendarDate } from "../expressions/instants.ts";
import { type Normal, no } from "./field-problem.ts";
import type { Shown } from "./present.ts";

/** A calendar date: "2026-12-24", or as people of the language write it with digits. */
export function dateOf(text: string, shown: Shown): Normal {
  const line = western(text).trim();
  if (isCalendarDate(line)) return { value: line };
  const parts = /^(\d{1,4})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{1,4})\.?$/u.exec(line);
  if (!parts) return no("date");
  const order = line.includes(".") ? ["day", "month", "year"] : orderOf(shown.locale);
  const read = new Map(order.map((part, index) => [part, parts[index + 1] as string]));
  const [year = "", month = "", day = ""] = ["year", "month", "day"].map((part) => read.get(part));
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isCalendarDate(date) ? { value: date } : no("date");
}

/** In which order people of the language write day, month and year. */
export function orderOf(locale: string): string[] {
  try {
    const parts = new Intl.DateTimeFormat(locale, { calendar: "gregory" }).formatToParts(0).map(({ type }) => type);
    return parts.filter((type) => type !== "literal");
  } catch {
    return ["month", "day", "year"];
  }
}
