import type { HoursSettings } from "@clew/contract/hours";
import { isTimeZone, type Span } from "./zone.ts";

/** What is wrong with hours that are to be saved: `field` is a JSON pointer into them. */
export type HoursFault = {
  field: string;
  reason: "unknown-time-zone" | "empty-span" | "overlapping-spans" | "not-a-date" | "date-twice";
};

/** The first fault of business hours, or null. */
export function checkHours(hours: HoursSettings): HoursFault | null {
  if (!isTimeZone(hours.timeZone)) return { field: "/timeZone", reason: "unknown-time-zone" };
  for (const [index, day] of hours.week.entries()) {
    const fault = checkSpans(day, `/week/${index}`);
    if (fault) return fault;
  }
  const dates = new Set<string>();
  for (const [index, exception] of hours.exceptions.entries()) {
    const field = `/exceptions/${index}`;
    if (!isCalendarDate(exception.date)) return { field: `${field}/date`, reason: "not-a-date" };
    if (dates.has(exception.date)) return { field: `${field}/date`, reason: "date-twice" };
    dates.add(exception.date);
    const fault = checkSpans(exception.spans, `${field}/spans`);
    if (fault) return fault;
  }
  return null;
}

/** Whether "YYYY-MM-DD" names a day that exists. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const moment = Date.parse(`${text}T00:00:00Z`);
  // Some engines read 30 February as 1 March, so the way back has to give the same.
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
}

function checkSpans(spans: readonly Span[], field: string): HoursFault | null {
  for (const [index, span] of spans.entries()) {
    if (span.from >= span.to) return { field: `${field}/${index}`, reason: "empty-span" };
    const overlaps = spans.some((other, place) => place < index && other.from < span.to && span.from < other.to);
    if (overlaps) return { field: `${field}/${index}`, reason: "overlapping-spans" };
  }
  return null;
}
