import { offsetAt } from "../../hours/zone.ts";
import { DAY } from "./instants.ts";

/** What the zone's clock shows at a moment. Throws RangeError for an unknown zone. */
export function toLocal(instant: number, zone: string): number {
  return instant + offsetAt(zone, instant);
}

/** The moment of a local time. Of a repeated hour the first; a skipped time is moved forward by what was skipped. */
export function fromLocal(local: number, zone: string): number {
  const before = offsetAt(zone, local - DAY);
  const after = offsetAt(zone, local + DAY);
  const early = local - before;
  return offsetAt(zone, early) === before || offsetAt(zone, local - after) !== after ? early : local - after;
}
