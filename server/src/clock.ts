import { randomFillSync } from "node:crypto";
import { uuidv7 } from "@clew/contract/ids";

/** Time and randomness as arguments: tests and the simulation give their own. */
export type Clock = { now(): number };
export type Ids = { next(): string };

export const systemClock: Clock = { now: () => Date.now() };

/** Of randomness in an id. */
const BYTES = 10;

/**
 * UUIDv7s that rise even within one millisecond of one process, so that append-ordered keys stay append-ordered: the
 * twelve bits after the time count up (RFC 9562, method 1) and borrow the next millisecond when they run out.
 */
export function systemIds(clock: Clock): Ids {
  let last = 0;
  let count = 0;
  // Randomness for a few hundred ids at once: asking for ten bytes costs more than all the rest.
  const pool = new Uint8Array(BYTES * 256);
  let used = pool.length;
  return {
    next() {
      const now = clock.now();
      if (now > last) {
        last = now;
        count = 0;
      } else {
        count += 1;
        if (count > 0xfff) {
          last += 1;
          count = 0;
        }
      }
      if (used === pool.length) {
        randomFillSync(pool);
        used = 0;
      }
      const random = pool.subarray(used, used + BYTES);
      used += BYTES;
      random[0] = count >> 8;
      random[1] = count & 0xff;
      return uuidv7(last, random);
    },
  };
}
