import type { Clock } from "../clock.ts";
import { Refused } from "../problems/refused.ts";

/** So many calls in so many milliseconds. */
export type Limit = { calls: number; per: number };

const MINUTE = 60_000;

/**
 * Who may call how often. Offices share one address, so the limits by address are wide and those by identity narrow;
 * guessing passwords, codes and secrets is narrow in both.
 */
export const LIMITS = {
  address: { calls: 1200, per: MINUTE },
  customer: { calls: 240, per: MINUTE },
  staff: { calls: 1200, per: MINUTE },
  key: { calls: 1200, per: MINUTE },
  upload: { calls: 60, per: 10 * MINUTE },
  /** A large file takes ten, each cut one more. */
  part: { calls: 300, per: 10 * MINUTE },
  guest: { calls: 60, per: MINUTE },
  resume: { calls: 240, per: MINUTE },
  link: { calls: 30, per: 10 * MINUTE },
  mail: { calls: 5, per: 10 * MINUTE },
  verify: { calls: 60, per: MINUTE },
  signIn: { calls: 30, per: 10 * MINUTE },
  signInAs: { calls: 10, per: 10 * MINUTE },
  /** Under one e-mail address from anywhere: wide, so that a stranger cannot lock its owner out with a few tries. */
  signInAnywhere: { calls: 100, per: 10 * MINUTE },
  password: { calls: 10, per: 10 * MINUTE },
  setup: { calls: 10, per: 10 * MINUTE },
} as const satisfies Record<string, Limit>;
export type LimitName = keyof typeof LIMITS;

/** Keys remembered at once; beyond it the oldest are forgotten, so that a flood of addresses cannot fill memory. */
const MOST_KEYS = 100_000;

export type RateLimits = {
  /** Counts one call. @throws Refused `rate-limited` with `retryAfter` in seconds */
  count(limit: LimitName, key: string): void;
};

/**
 * Calls are counted per window and the window before weighs in by how much of it still overlaps, so nobody gets twice
 * the number by calling around a boundary. Counted per server process.
 */
export function createRateLimits({ clock, factor }: { clock: Clock; factor: number }): RateLimits {
  const windows = new Map<string, { start: number; calls: number; before: number }>();
  return {
    count(name, key) {
      if (factor === 0) return;
      const { calls: most, per } = LIMITS[name];
      const now = clock.now();
      const start = now - (now % per);
      const id = `${name} ${key}`;
      const known = windows.get(id);
      const window =
        known?.start === start ? known : { start, calls: 0, before: known?.start === start - per ? known.calls : 0 };
      const share = 1 - (now - start) / per;
      const allowed = Math.max(1, most * factor);
      if (window.calls + window.before * share + 1 > allowed) {
        // A refused call is not counted: who waits as told gets through.
        throw new Refused("rate-limited", { retryAfter: waitFor(window, { now, per, allowed }) });
      }
      window.calls += 1;
      windows.delete(id);
      windows.set(id, window);
      if (windows.size > MOST_KEYS) windows.delete(windows.keys().next().value as string);
    },
  };
}

/** Seconds until one more call fits: in this window as the one before fades, or else in the next as this one fades. */
function waitFor(
  { start, calls, before }: { start: number; calls: number; before: number },
  { now, per, allowed }: { now: number; per: number; allowed: number },
): number {
  const room = allowed - calls - 1;
  const inThis = before > 0 && room >= 0 ? start + per * (1 - room / before) : Number.POSITIVE_INFINITY;
  const inNext = start + per + per * Math.max(0, 1 - (allowed - 1) / Math.max(calls, 1));
  return Math.max(1, Math.ceil((Math.min(inThis, inNext) - now) / 1000));
}
