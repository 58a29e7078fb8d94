import type { HoursSettings } from "@clew/contract/hours";
import type { FieldErrors } from "../editing/pointer.ts";
import { a } from "../strings/words.ts";
import { problemsOfDay } from "./minutes.ts";

/** What keeps business hours from being saved, by JSON pointer; the first wrong span of each day. */
export function checkHours(hours: HoursSettings): FieldErrors {
  const errors: FieldErrors = {};
  if (hours.name.trim() === "") errors["/name"] = a("check.required");
  const days = [
    ...hours.week.map((spans, day) => ({ spans, at: `/week/${day}` })),
    ...hours.exceptions.map(({ spans }, index) => ({ spans, at: `/exceptions/${index}/spans` })),
  ];
  for (const { spans, at } of days) {
    const [first] = problemsOfDay(spans);
    if (first !== undefined)
      errors[`${at}/${first.index}`] = a(first.what === "overlaps" ? "hours.overlaps" : "hours.endsBefore");
  }
  for (const [index, { date }] of hours.exceptions.entries()) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) errors[`/exceptions/${index}/date`] = a("check.required");
    else if (hours.exceptions.findIndex((other) => other.date === date) < index)
      errors[`/exceptions/${index}/date`] = a("hours.sameDate");
  }
  return errors;
}
