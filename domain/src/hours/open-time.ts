import type { HoursSettings } from "@clew/contract/hours";
import { nextOpening, workingTimeBetween } from "./opening-hours.ts";

const DAY_MS = 24 * 3_600_000;
/** Farther ahead nobody waits. */
const LONGEST_MS = 400 * DAY_MS;

/**
 * The moment at which `length` milliseconds of open time have passed since `from`; null without hours or when they do not
 * open that often. Found by halving: open time never runs backwards.
 */
export function openTime(hours: HoursSettings | null, length: number, from: number): number | null {
  if (!hours) return null;
  if (length <= 0) return nextOpening(hours, from);
  let late = from + length;
  while (workingTimeBetween(hours, from, late) < length) {
    if (late - from > LONGEST_MS) return null;
    late = from + (late - from) * 2;
  }
  let early = from;
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (workingTimeBetween(hours, from, middle) >= length) late = middle;
    else early = middle;
  }
  return late;
}
