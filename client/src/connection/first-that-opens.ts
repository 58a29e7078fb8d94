import type { Transport } from "./transport.ts";

/** Failed openings in a row before the next way is tried. */
const TRIES_EACH = 2;
/** The same of a way that has carried something before: more likely the server is away than this way is blocked. */
const TRIES_PROVEN = 8;

/**
 * Tries the transports in order of preference, the next one after some openings in a row that failed, round and round;
 * keeps to the one that carries. A proxy that blocks WebSockets costs two short tries, one that swallows them a long one; a
 * server that is away for a while does not make anybody leave the better way. An opening has failed until something is
 * heard: some proxies shake hands and let nothing through. `second`: whether to begin with the second way, because
 * it was the one that carried of late.
 */
export function firstThatOpens(
  transports: readonly [Transport, Transport],
  second: (base: string) => boolean | null,
): Transport {
  let index: number | undefined;
  let failures = 0;
  const proven = new Set<Transport>();
  return {
    open(base, listener) {
      index ??= Number(second(base));
      const chosen = transports[index] as Transport;
      let heard = false;
      const failed = (times: number) => {
        if (!heard) failures += times;
        if (failures < (proven.has(chosen) ? TRIES_PROVEN : TRIES_EACH)) return;
        failures = 0;
        index = 1 - (index as number);
      };
      const link = chosen.open(base, {
        opened: listener.opened,
        message: (message) => {
          heard = true;
          failures = 0;
          proven.add(chosen);
          listener.message(message);
        },
        ended: (better) => {
          failed(1);
          if (better) index = 0;
          listener.ended();
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
