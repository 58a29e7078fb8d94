/** Chance that repeats for the same seed. */
export type Chance = {
  /** At least 0, below 1. */
  unit(): number;
  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number;
  happens(probability: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
  bytes(count: number): Uint8Array;
  /** Another chance that goes its own way, so that who asks less does not move the others. */
  branch(): Chance;
};

/** A 32-bit mixing generator; not for secrets. */
export function chance(seed: number): Chance {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
  const unit = () => next() / 2 ** 32;
  const between = (low: number, high: number) => low + Math.floor(unit() * (high - low + 1));
  return {
    unit,
    between,
    happens: (probability) => unit() < probability,
    pick: (values) => values[Math.floor(unit() * values.length)] as never,
    bytes(count) {
      const bytes = new Uint8Array(count);
      for (let index = 0; index < count; index += 1) bytes[index] = next() & 0xff;
      return bytes;
    },
    branch: () => chance(next()),
  };
}
