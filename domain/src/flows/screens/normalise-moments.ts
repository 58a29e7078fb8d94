import { western } from "../../forms/parse-number.ts";
import { exactMilliseconds, parseDuration, printDuration } from "../expressions/durations.ts";
import {
  DAY,
  HOUR,
  instantOf,
  isCalendarDate,
  isNameable,
  localOf,
  MINUTE,
  timeOfDay,
} from "../expressions/instants.ts";
import type { Value } from "../expressions/value.ts";
import { fromLocal } from "../expressions/zoned.ts";
import { type Normal, no } from "./field-problem.ts";
import type { Shown } from "./present.ts";

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

/** How long a duration lasts, in milliseconds, a month as thirty days; null for what is none. */
export function lasting(value: Value): Value {
  const length = typeof value === "string" ? parseDuration(value) : null;
  return length && (exactMilliseconds(length) ?? (length.months * 30 + length.days) * DAY + length.milliseconds);
}
