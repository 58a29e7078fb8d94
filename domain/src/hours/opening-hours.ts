import type { HoursSettings } from "@clew/contract/hours";
import { dayAt, isoOfDay, offsetAt, type Span, weekdayOf, zoneSpans } from "./zone.ts";

const MINUTE = 60_000;
/** A whole week, and what the shift of a clock may take out of it, twice over. */
const AHEAD_DAYS = 15;

/** Whether the clock on the wall of the time zone stands within a span at `now`. Throws RangeError for an unknown zone. */
export function isOpen(hours: HoursSettings, now: number): boolean {
  const local = now + offsetAt(hours.timeZone, now);
  const minute = (local - dayAt(local) * 24 * 60 * MINUTE) / MINUTE;
  return spansOn(hours, dayAt(local)).some((span) => span.from <= minute && minute < span.to);
}

/** The first moment at or after `now` that is open, `now` itself when it is; null when none ever comes. */
export function nextOpening(hours: HoursSettings, now: number): number | null {
  const today = dayAt(now + offsetAt(hours.timeZone, now));
  for (const day of daysAhead(hours, today)) {
    for (const span of openSpans(hours, day)) if (span.to > now) return Math.max(span.from, now);
  }
  return null;
}

/** Milliseconds between `from` and `to` that are open; 0 when `to` is not after `from`. */
export function workingTimeBetween(hours: HoursSettings, from: number, to: number): number {
  if (to <= from) return 0;
  const last = dayAt(to + offsetAt(hours.timeZone, to));
  let sum = 0;
  for (let day = dayAt(from + offsetAt(hours.timeZone, from)); day <= last; day += 1) {
    for (const span of openSpans(hours, day)) sum += Math.max(0, Math.min(span.to, to) - Math.max(span.from, from));
  }
  return sum;
}

/** The open stretches of one local day as moments, in order, touching ones joined. */
function openSpans(hours: HoursSettings, day: number): Span[] {
  const spans = spansOn(hours, day).flatMap((span) => zoneSpans(hours.timeZone, day, span));
  spans.sort((a, b) => a.from - b.from);
  const joined: Span[] = [];
  for (const span of spans) {
    const before = joined.at(-1);
    if (before && span.from <= before.to) before.to = Math.max(before.to, span.to);
    else joined.push({ ...span });
  }
  return joined;
}

/** What holds on a local day, in minutes since midnight: the exception of its date, else its week day. */
function spansOn(hours: HoursSettings, day: number): readonly Span[] {
  const date = hours.exceptions.length > 0 ? isoOfDay(day) : "";
  const exception = hours.exceptions.find((known) => known.date === date);
  return exception?.spans ?? hours.week[weekdayOf(day)] ?? [];
}

/**
 * The days on which something may open, in order: as many as exceptions can close one after the other, and then the
 * exceptions that lie beyond.
 */
function daysAhead(hours: HoursSettings, today: number): number[] {
  const near = AHEAD_DAYS + hours.exceptions.length;
  const far = hours.exceptions
    .map((exception) => dayAt(Date.parse(`${exception.date}T00:00:00Z`)))
    .filter((day) => day >= today + near)
    .sort((a, b) => a - b);
  return [...Array.from({ length: near }, (_, index) => today + index), ...far];
}
