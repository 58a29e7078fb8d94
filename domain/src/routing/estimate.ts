import type { WaitingSession } from "./candidate.ts";
import { byTurn } from "./order.ts";

/** Waits older than this many milliseconds say nothing about now. */
export const ESTIMATE_WINDOW_MS = 3 * 3_600_000;
/** With fewer recent waits than this there is no honest estimate. */
export const ESTIMATE_SAMPLES = 5;
/** Of recent paces the one that three quarters kept, so that more people are served early than late. */
const QUANTILE = 0.75;
const MINUTE = 60_000;

/** A session that was taken out of the queue by an agent at `at` after having waited for `waited` milliseconds. */
export type RecentWait = { at: number; waited: number };

/** The place of each session in its queue, 1 for the next. One sort, however many they are. */
export function placesOf(waiting: readonly WaitingSession[]): Map<string, number> {
  const places = new Map<string, number>();
  const lengths = new Map<string, number>();
  for (const { sessionId, queueId, targetAgentId } of [...waiting].sort(byTurn)) {
    // Who waits for one agent by name stands in nobody else's way.
    const line = `${queueId} ${targetAgentId ?? ""}`;
    const place = 1 + (lengths.get(line) ?? 0);
    lengths.set(line, place);
    places.set(sessionId, place);
  }
  return places;
}

/**
 * Estimated wait from now in milliseconds, rounded as people say it; null when too little is known to be honest.
 * `frontWaited` is how long the first in the queue has waited so far, `working` the agents of the queue who are not offline.
 */
export function estimateWait(by: {
  place: number;
  recent: readonly RecentWait[];
  frontWaited: number;
  working: number;
  now: number;
}): number | null {
  const recent = by.recent.filter((wait) => wait.at <= by.now && by.now - wait.at <= ESTIMATE_WINDOW_MS);
  if (by.working === 0 || recent.length < ESTIMATE_SAMPLES) return null;
  const paces = recent.map((wait) => wait.waited / placeOnJoining(wait, recent)).sort((a, b) => a - b);
  const pace = paces[Math.ceil(paces.length * QUANTILE) - 1] ?? 0;
  return roundWait(Math.max(pace * by.place, by.frontWaited));
}

/** Where in the line a wait began, found from the waits themselves: those who had come earlier and were served later. */
function placeOnJoining(wait: RecentWait, recent: readonly RecentWait[]): number {
  const joined = wait.at - wait.waited;
  return 1 + recent.filter((other) => other.at - other.waited < joined && other.at > joined).length;
}

/** Up to whole minutes to ten, to five minutes to half an hour, to a quarter of an hour beyond. Never less than a minute. */
export function roundWait(milliseconds: number): number {
  const minutes = Math.max(1, Math.ceil(milliseconds / MINUTE));
  const step = minutes <= 10 ? 1 : minutes <= 30 ? 5 : 15;
  return Math.ceil(minutes / step) * step * MINUTE;
}
