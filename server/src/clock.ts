import { randomBytes } from "node:crypto";
import { uuidv7 } from "@clew/contract/ids";

/** Time and randomness as arguments: tests and the simulation give their own. */
export type Clock = { now(): number };
export type Ids = { next(): string };

export const systemClock: Clock = { now: () => Date.now() };

/** UUIDv7s that rise even within one millisecond of one process, so that append-ordered keys stay append-ordered. */
export function systemIds(clock: Clock): Ids {
  let last = 0;
  return {
    next() {
      last = Math.max(last, clock.now());
      return uuidv7(last, randomBytes(10));
    },
  };
}
