import { western } from "../../forms/parse-number.ts";
import { isCalendarDate, timeOfDay } from "../expressions/instants.ts";
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

/** "HH:MM" of 24 hours. */
export function timeOf(text: string): Normal {
  const [all, hour = "", minute = "00", half = ""] =
    /^(\d{1,2})(?:[:.](\d{2})(?::\d{2})?)?\s?([ap]m|h)?$/iu.exec(western(text).trim()) ?? [];
  if (!all || (all === hour && hour.length > 2)) return no("time");
  const late = half.toLowerCase();
  if ((late === "am" || late === "pm") && (Number(hour) < 1 || Number(hour) > 12)) return no("time");
  const on24 = late === "pm" ? (Number(hour) % 12) + 12 : late === "am" ? Number(hour) % 12 : Number(hour);
  const time = `${String(on24).padStart(2, "0")}:${minute}`;
  return timeOfDay(time) === null ? no("time") : { value: time };
}
