import type { Random } from "../ports.ts";

/** Randomness that repeats for the same seed (a 32-bit mixing generator; not for secrets). */
export function fakeRandom(seed = 1): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return { bytes: (count) => Uint8Array.from({ length: count }, () => next() % 256), unit: () => next() / 2 ** 32 };
}
