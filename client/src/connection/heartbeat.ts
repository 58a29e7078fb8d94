import { DEAD_AFTER_MS, PING_EVERY_MS } from "@clew/contract/limits";
import type { ClientMessage } from "@clew/contract/stream";
import type { Clock } from "../ports.ts";

/** After a wake-up the answer to a ping is expected sooner: a socket that slept is dead more often than not. */
const WAKE_PONG_WITHIN_MS = 5_000;
/** A browser that says it has no network is mostly right: a connection that goes on all the same must prove it soon. */
const OFFLINE_PONG_WITHIN_MS = 1_500;

export type Heartbeat = {
  pong(at: number): void;
  /** Asks at once whether the connection is alive; `offline` when the browser says that it cannot be. */
  probe(offline: boolean): void;
  stop(): void;
};

/**
 * Judges a connection by its oldest unanswered ping, not by what was last heard: a connection that still brings events but
 * takes nothing of ours is as dead as a silent one.
 */
export function startHeartbeat(input: { clock: Clock; send(message: ClientMessage): void; dead(): void }): Heartbeat {
  const { clock, send, dead } = input;
  /** Send times of unanswered pings, by the steady clock, oldest first. */
  let unanswered: number[] = [];
  let cancelNext = () => {};
  let cancelJudge = () => {};

  function ping(within: number): void {
    const at = Math.floor(clock.elapsed());
    unanswered.push(at);
    send({ type: "ping", at });
    judgeIn(within, at);
  }
  function judgeIn(ms: number, at: number): void {
    cancelJudge();
    cancelJudge = clock.after(ms, () => {
      if (unanswered.some((sent) => sent <= at)) dead();
    });
  }
  function beat(): void {
    const oldest = unanswered[0];
    if (oldest === undefined) ping(DEAD_AFTER_MS - PING_EVERY_MS);
    cancelNext = clock.after(PING_EVERY_MS, beat);
  }
  beat();

  return {
    pong(at) {
      unanswered = unanswered.filter((sent) => sent > at);
      if (unanswered.length === 0) cancelJudge();
    },
    probe: (offline) => ping(offline ? OFFLINE_PONG_WITHIN_MS : WAKE_PONG_WITHIN_MS),
    stop() {
      cancelNext();
      cancelJudge();
    },
  };
}
