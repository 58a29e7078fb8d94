import { exactMilliseconds, moveLocal, parseDuration, printDuration } from "./durations.ts";
import { type FunctionRow, textAt, zoneAt } from "./function-table.ts";
import {
  DAY,
  HOUR,
  instantOf,
  isCalendarDate,
  isNameable,
  isoDate,
  localOf,
  MINUTE,
  SECOND,
  timeOfDay,
} from "./instants.ts";
import { fail, type Run } from "./run.ts";
import type { Value } from "./value.ts";
import { fromLocal, toLocal } from "./zoned.ts";

/** A moment and what the clock shows then, or a calendar date alone (`instant` null). In milliseconds. */
type When = { instant: number | null; local: number };

/** A last argument names the zone (IANA); without it the one of the run counts. Weekdays are 1 for Monday to 7 for Sunday. */
export const TIME_FUNCTIONS: readonly FunctionRow[] = [
  ["now", 0, 0, (run) => isoInstant(run, run.options.now)],
  ["today", 0, 1, (run, values) => isoDate(local(run, run.options.now, zoneAt(run, values, 0)))],
  ["date", 1, 2, (run, values) => isoDate(whenAt(run, values, 1).local)],
  ["time", 1, 2, time],
  ["datetime", 1, 3, datetime],
  ["year", 1, 2, (run, values) => part(run, values).getUTCFullYear()],
  ["month", 1, 2, (run, values) => part(run, values).getUTCMonth() + 1],
  ["day", 1, 2, (run, values) => part(run, values).getUTCDate()],
  ["weekday", 1, 2, (run, values) => part(run, values).getUTCDay() || 7],
  ["hour", 1, 2, (run, values) => Math.floor(clock(run, values) / HOUR)],
  ["minute", 1, 2, (run, values) => Math.floor((clock(run, values) % HOUR) / MINUTE)],
  ["startOfDay", 1, 2, startOfDay],
  ["plus", 2, 3, (run, values) => moved(run, values, 1)],
  ["minus", 2, 3, (run, values) => moved(run, values, -1)],
  ["between", 2, 2, between],
  ["daysBetween", 2, 3, daysBetween],
  ["seconds", 1, 1, seconds],
  ["age", 1, 2, age],
];

/** What the clock of the zone shows. Throws ExpressionError "value" for a zone that does not exist. */
export function local(run: Run, instant: number, zone: string): number {
  return inZone(run, () => toLocal(instant, zone));
}

function inZone(run: Run, compute: () => number): number {
  try {
    return compute();
  } catch {
    throw fail(run, "value", "There is no such time zone");
  }
}

function isoInstant(run: Run, instant: number): string {
  if (!isNameable(instant)) throw fail(run, "value", "The year is out of range");
  return new Date(instant).toISOString();
}

/** The first argument as a date or datetime; the argument at `zoneIndex` names the zone of the clock. */
function whenAt(run: Run, values: readonly Value[], zoneIndex: number, index = 0): When {
  const text = textAt(run, values, index);
  if (isCalendarDate(text)) return { instant: null, local: localOf(text) };
  const instant = instantOf(text);
  if (instant === null || !isNameable(instant))
    throw fail(run, "value", `Argument ${index + 1} is a date or a datetime`);
  return { instant, local: local(run, instant, zoneAt(run, values, zoneIndex)) };
}

function part(run: Run, values: readonly Value[]): Date {
  return new Date(whenAt(run, values, 1).local);
}

/** Milliseconds since midnight of a time or of a datetime's clock. */
function clock(run: Run, values: readonly Value[]): number {
  const since = timeOfDay(textAt(run, values, 0));
  if (since !== null) return since;
  const { local } = whenAt(run, values, 1);
  return local - Math.floor(local / DAY) * DAY;
}

function time(run: Run, values: readonly Value[]): string {
  const text = new Date(clock(run, values)).toISOString().slice(11, 19);
  return text.endsWith(":00") ? text.slice(0, 5) : text;
}

/** One ISO text in its one spelling, or a date and a time of a zone as the moment they name. */
function datetime(run: Run, values: readonly Value[]): string {
  const { instant, local } = whenAt(run, values, 2);
  if (instant !== null) return isoInstant(run, instant);
  const since = values.length > 1 ? timeOfDay(textAt(run, values, 1)) : 0;
  if (since === null) throw fail(run, "value", "Argument 2 is a time");
  return moment(run, local + since, zoneAt(run, values, 2));
}

function moment(run: Run, local: number, zone: string): string {
  if (!isNameable(local)) throw fail(run, "value", "The year is out of range");
  return isoInstant(
    run,
    inZone(run, () => fromLocal(local, zone)),
  );
}

function startOfDay(run: Run, values: readonly Value[]): string {
  const { local } = whenAt(run, values, 1);
  return moment(run, Math.floor(local / DAY) * DAY, zoneAt(run, values, 1));
}

/** Years to days by the calendar of the zone, then hours to seconds as they pass. A date takes whole days only. */
function moved(run: Run, values: readonly Value[], sign: 1 | -1): string {
  const { instant, local } = whenAt(run, values, 2);
  const read = parseDuration(textAt(run, values, 1));
  if (!read) throw fail(run, "value", "Argument 2 is a duration such as PT5M");
  const duration = { months: sign * read.months, days: sign * read.days, milliseconds: sign * read.milliseconds };
  const movedLocal = moveLocal(local, duration);
  if (!isNameable(movedLocal)) throw fail(run, "value", "The year is out of range");
  if (instant === null) {
    if (duration.milliseconds !== 0) throw fail(run, "value", "A date moves by days, months and years only");
    return isoDate(movedLocal);
  }
  const calendar = movedLocal === local ? instant : inZone(run, () => fromLocal(movedLocal, zoneAt(run, values, 2)));
  return isoInstant(run, calendar + duration.milliseconds);
}

/** The exact time from the first to the second, both datetimes or both dates. */
function between(run: Run, values: readonly Value[]): string {
  const [from, to] = [whenAt(run, values, 2, 0), whenAt(run, values, 2, 1)];
  if ((from.instant === null) !== (to.instant === null))
    throw fail(run, "type", "Both are dates or both are datetimes");
  if (from.instant !== null && to.instant !== null) return printDuration(to.instant - from.instant);
  const days = (to.local - from.local) / DAY;
  return `${days < 0 ? "-" : ""}P${Math.abs(days)}D`;
}

/** How many midnights lie between them on the zone's clock. */
function daysBetween(run: Run, values: readonly Value[]): number {
  const [from, to] = [whenAt(run, values, 2, 0).local, whenAt(run, values, 2, 1).local];
  return Math.floor(to / DAY) - Math.floor(from / DAY);
}

function seconds(run: Run, values: readonly Value[]): number {
  const duration = parseDuration(textAt(run, values, 0));
  const exact = duration && exactMilliseconds(duration);
  if (exact === null) throw fail(run, "value", "Not a duration of a fixed length");
  return exact / SECOND;
}

/** Full years from a date until today. */
function age(run: Run, values: readonly Value[]): number {
  const born = part(run, values);
  const today = new Date(local(run, run.options.now, zoneAt(run, values, 1)));
  const years = today.getUTCFullYear() - born.getUTCFullYear();
  const [month, day] = [today.getUTCMonth() - born.getUTCMonth(), today.getUTCDate() - born.getUTCDate()];
  return month < 0 || (month === 0 && day < 0) ? years - 1 : years;
}
