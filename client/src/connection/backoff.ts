/** First and longest wait between tries, in milliseconds; each wait is a random part of a doubling span (full jitter). */
export const BACKOFF_BASE_MS = 250;
export const BACKOFF_CAP_MS = 30_000;
/** A connection must have lived this long before the next failure counts as the first again. */
export const STABLE_AFTER_MS = 10_000;

/** How long to wait before try number `tries` (0 is the first repeat); `unit` is random, at least 0 and below 1. */
export function backoff(tries: number, unit: number): number {
  return Math.round(unit * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.min(tries, 20)));
}
