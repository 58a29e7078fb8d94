import { isCalendarDate } from "../../hours/calendar-date.ts";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3})\d{0,6})?)?$/;
const DATETIME = /^(\d{4}-\d{2}-\d{2})T([\d:.]{5,18})(Z|[+-]\d{2}:\d{2})$/;
const FIRST = Date.parse("0001-01-02T00:00:00Z");
const LAST = Date.parse("9999-12-30T00:00:00Z");

export { isCalendarDate };

/** Milliseconds since midnight of "HH:MM", "HH:MM:SS" or with fractions; null for anything else. */
export function timeOfDay(text: string): number | null {
  const [all, hours, minutes, seconds = "0", fraction = ""] = TIME.exec(text) ?? [];
  if (!all) return null;
  return Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND + Number(fraction.padEnd(3, "0"));
}

/** The moment of an ISO datetime with "Z" or an offset, in milliseconds since 1970; null for anything else. */
export function instantOf(text: string): number | null {
  if (text.length < 17 || text[10] !== "T") return null;
  const [all, date = "", time = "", zone = ""] = DATETIME.exec(text) ?? [];
  const since = all ? timeOfDay(time) : null;
  if (since === null || !isCalendarDate(date)) return null;
  const offset = zone === "Z" ? 0 : timeOfDay(zone.slice(1));
  return offset === null ? null : Date.parse(date) + since - (zone[0] === "-" ? -offset : offset);
}

/** Local midnight or local time as a number: what a clock shows, counted as if it were UTC. */
export function localOf(date: string, time = 0): number {
  return Date.parse(date) + time;
}

/** Whether a moment lies in the years that ISO texts of four digits can name. */
export function isNameable(instant: number): boolean {
  return instant >= FIRST && instant <= LAST;
}

export function isoDate(local: number): string {
  return new Date(local).toISOString().slice(0, 10);
}
