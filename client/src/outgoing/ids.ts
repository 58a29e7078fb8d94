import { uuidv7 } from "@clew/contract/uuid";
import type { Clock, Random } from "../ports.ts";

/** Makes ids that rise even when several are made in a millisecond or the clock goes back, as the sending order needs. */
export function createIds(clock: Clock, random: Random): { next(): string; after(id: string): void } {
  let last = 0;
  return {
    next() {
      last = Math.max(clock.now(), last + 1);
      return uuidv7(last, random.bytes(10));
    },
    /** Ids made from now on sort behind this one. */
    after(id) {
      last = Math.max(last, Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16) || 0);
    },
  };
}
