import type { Given } from "@clew/domain/flows/engine/given";
import { checkOneAnswer, checkScreen } from "@clew/domain/flows/screens/check";
import type { Simulation } from "./state.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Every office of the simulation is open from Monday to Friday, 9 to 17 o'clock UTC. */
const OPENS = 9 * HOUR;
const CLOSES = 17 * HOUR;

/** What an advance needs, from the simulation alone. `made` counts ids on, so that a repeat makes the same ones. */
export function givenBy({ flow, others, now, limits }: Simulation, count: { made: number }): Given {
  const flows = new Map([flow, ...others].map((one) => [one.key, one]));
  return {
    now,
    limits,
    newId: () => idFor(++count.made),
    flow: (key) => (key === flow.key ? flow : (flows.get(key) ?? null)),
    locked: (_key, _version, called) => (flows.has(called) ? 1 : null),
    openTime: (_hours, length, from) => openTime(length, from),
    asset: (name) => `/assets/${name}`,
    checkScreen,
    checkAnswer: checkOneAnswer,
  };
}

export function idFor(number: number): string {
  return `00000000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;
}

/** The instant at which so many milliseconds of open time have passed. */
export function openTime(length: number, from: number): number {
  let left = length;
  for (let day = Math.floor(from / DAY) * DAY; ; day += DAY) {
    // 1 January 1970 was a Thursday.
    const weekday = (day / DAY + 4) % 7;
    const opens = Math.max(from, day + OPENS);
    const open = weekday === 0 || weekday === 6 ? 0 : Math.max(0, day + CLOSES - opens);
    if (open > 0 && left <= open) return opens + left;
    left -= open;
  }
}
