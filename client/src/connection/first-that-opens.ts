import type { Transport } from "./transport.ts";

/** Failed openings in a row before the next way is tried. */
const TRIES_EACH = 2;
/** The same of a way that has carried something before: more likely the server is away than this way is blocked. */
const TRIES_PROVEN = 8;

/**
 * Tries the transports in order of preference, the next one after some openings in a row that failed, round and round;
 * keeps to the one that carries. A proxy that blocks WebSockets costs two short tries, one that swallows them a long one; a
 * server that is away for a while does not make anybody leave the better way. An opening has failed until something is
 * heard: some proxies shake hands and let nothing through.
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
      let heard = false;
      const failed = (times: number) => {
        if (!heard) failures += times;
        if (failures < (proven.has(chosen) ? TRIES_PROVEN : TRIES_EACH)) return;
        failures = 0;
        index = (index + 1) % transports.length;
      };
      const link = chosen.open(base, {
        opened: listener.opened,
        message: (message) => {
          heard = true;
          failures = 0;
          proven.add(chosen);
          listener.message(message);
        },
        ended: (how) => {
          failed(1);
          listener.ended(how);
        },
      });
      return {
        send: link.send,
        close(late) {
          if (late) failed(TRIES_EACH);
          link.close();
        },
      };
    },
  };
}
