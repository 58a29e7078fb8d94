/** A stretch of time, `to` not included; in minutes of a local day or in moments, as the place says. */
export type Span = { from: number; to: number };

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What the zone's clock shows at a moment, less UTC, in milliseconds. Throws RangeError for an unknown zone. */
export function offsetAt(timeZone: string, moment: number): number {
  const second = Math.floor(moment / 1000) * 1000;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(second)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second: seconds = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, seconds) - second;
}

/** Number of the day, 0 for 1970-01-01, on which a local time (a moment plus its offset) lies. */
export function dayAt(local: number): number {
  return Math.floor(local / DAY);
}

/** "YYYY-MM-DD" of a day's number. */
export function isoOfDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/**
 * The moments at which the zone's clock shows a time of that local day within `span` (minutes). One stretch on most days;
 * where the clock is set back, the repeated hour counts twice; where it is set forward, the missing hour not at all.
 */
export function zoneSpans(timeZone: string, day: number, span: Span): Span[] {
  const midnight = day * DAY;
  const local = { from: midnight + span.from * MINUTE, to: midnight + span.to * MINUTE };
  // No zone is further than a day from UTC, so these lie on either side of the local day.
  const [early, late] = [midnight - DAY, midnight + 2 * DAY];
  const before = offsetAt(timeZone, early);
  const after = offsetAt(timeZone, late);
  const first = { from: local.from - before, to: local.to - before };
  if (before === after) return notEmpty([first]);
  const change = changeBetween(timeZone, early, late);
  const second = { from: local.from - after, to: local.to - after };
  return notEmpty([
    { from: first.from, to: Math.min(first.to, change) },
    { from: Math.max(second.from, change), to: second.to },
  ]);
}

/** The moment within the stretch at which the offset changes, to the second. */
function changeBetween(timeZone: string, from: number, to: number): number {
  const before = offsetAt(timeZone, from);
  let [low, high] = [from / 1000, to / 1000];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timeZone, middle * 1000) === before) low = middle;
    else high = middle;
  }
  return high * 1000;
}

function notEmpty(spans: readonly Span[]): Span[] {
  return spans.filter((span) => span.from < span.to);
}

/** Making a format costs a thousand times more than using it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(timeZone, format);
  return format;
}
