import { western } from "../../forms/parse-number.ts";
import { parseDuration, printDuration } from "../expressions/durations.ts";
import {
  fromLocal,
  HOUR,
  instantOf,
  isCalendarDate,
  isNameable,
  localOf,
  MINUTE,
  timeOfDay,
} from "../expressions/instants.ts";
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

/** A moment in UTC. A local time without offset is one of the zone. */
export function datetimeOf(text: string, { zone }: Shown): Normal {
  const line = western(text).trim().replace(" ", "T").replace(/z$/u, "Z");
  const [, date = "", time = ""] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)$/u.exec(line) ?? [];
  const since = timeOfDay(time);
  const moment = since !== null && isCalendarDate(date) ? inZone(localOf(date, since), zone) : instantOf(line);
  return moment === null || !isNameable(moment) ? no("datetime") : { value: new Date(moment).toISOString() };
}

function inZone(local: number, zone: string): number | null {
  try {
    return fromLocal(local, zone);
  } catch {
    return null;
  }
}

/** ISO 8601, or hours and minutes as "1:30". */
export function durationOf(text: string): Normal {
  const line = western(text).trim().toUpperCase();
  const [, hours = "", minutes = ""] = /^(\d{1,4}):(\d{2})$/u.exec(line) ?? [];
  if (hours) return { value: printDuration(Number(hours) * HOUR + Number(minutes) * MINUTE) };
  return parseDuration(line) ? { value: line } : no("duration");
}
