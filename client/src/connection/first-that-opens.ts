import type { Transport } from "./transport.ts";

/** Failed openings in a row before the next way is tried. */
const TRIES_EACH = 2;
/** The same of a way that has opened before: more likely the server is away than this way is blocked. */
const TRIES_PROVEN = 8;

/**
 * Tries the transports in order of preference, the next one after some openings in a row that failed, round and round;
 * keeps to the one that opened. A proxy that blocks WebSockets costs two short tries; a server that is away for a while
 * does not make anybody leave the better way.
 */
export function firstThatOpens(transports: readonly [Transport, ...Transport[]]): Transport {
  let index = 0;
  let failures = 0;
  const proven = new Set<Transport>();
  return {
    get name() {
      return (transports[index] ?? transports[0]).name;
    },
    open(base, listener) {
      const chosen = transports[index] ?? transports[0];
      return chosen.open(base, {
        opened: () => {
          failures = 0;
          proven.add(chosen);
          listener.opened();
        },
        message: listener.message,
        ended: (how) => {
          failures = how === "not-opened" ? failures + 1 : 0;
          if (failures >= (proven.has(chosen) ? TRIES_PROVEN : TRIES_EACH)) {
            failures = 0;
            index = (index + 1) % transports.length;
          }
          listener.ended(how);
        },
      });
    },
  };
}
