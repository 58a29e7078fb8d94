import type { DeadlineKind } from "@clew/domain/deadlines/deadlines";
import { DEADLINES } from "@clew/domain/deadlines/deadlines";
import type { Clock, Ids } from "../clock.ts";
import type { Door } from "../commands/execute.ts";
import { Refused } from "../problems/refused.ts";
import type { Log } from "../stream/parts.ts";
import type { DeadlineStore, DueRow } from "./store.ts";

/** Rows of one round, and the longest pause between rounds: rows written by another process are found within it. */
const ROUND = 200;
const LONGEST_PAUSE_MS = 1_000;
const SHORTEST_PAUSE_MS = 20;
const AFTER_FAILURE_MS = 5_000;

type Parts = {
  store: DeadlineStore;
  door: Door;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** The customer's own link, where what the queue says after so long a wait has a place for it. */
  linkAfterWait?(conversationId: string): Promise<string | undefined>;
  /** An agent's connection has been gone for too long. */
  agentAbsent(agentId: string): Promise<void>;
  /** Work of every round besides deadlines. */
  also(now: number): Promise<void>;
};

/**
 * The one place where time becomes commands. States: resting until the next row is due (at most a second), or sweeping.
 * Rows stay until the door has committed what they mean, so a crash in between only means they are swept again; two
 * processes sweeping the same row is harmless, for the state decides whether anything is due.
 */
export class Sweeper {
  readonly #parts: Parts;
  #timer: NodeJS.Timeout | null = null;
  #sweeping: Promise<void> | null = null;
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    this.#rest(SHORTEST_PAUSE_MS);
  }

  /** Ends after the round under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#sweeping;
  }

  #rest(pause: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#sweeping = this.round()
        .then(
          () => this.#pause(),
          (error: unknown) => {
            this.#parts.log.error({ err: error }, "a round of deadlines failed");
            return AFTER_FAILURE_MS;
          },
        )
        .then((next) => this.#rest(next))
        .finally(() => {
          this.#sweeping = null;
        });
    }, pause);
  }

  async #pause(): Promise<number> {
    const next = await this.#parts.store.next().catch(() => null);
    if (next === null) return LONGEST_PAUSE_MS;
    return Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, next - this.#parts.clock.now()));
  }

  /** Strikes all that is due now. */
  async round(): Promise<void> {
    const { store, clock } = this.#parts;
    await this.#parts.also(clock.now());
    for (;;) {
      const rows = await store.due(clock.now(), ROUND);
      const struck = await Promise.allSettled(rows.map((row) => this.#strike(row)));
      // One that fails must not keep the others from being carried out; the round fails after them.
      const failed = struck.find((one) => one.status === "rejected");
      if (failed) throw failed.reason;
      if (rows.length < ROUND || this.#stopped) return;
    }
  }

  async #strike(row: DueRow): Promise<void> {
    const { door, ids, store } = this.#parts;
    const [noun, id = ""] = row.about.split(":");
    try {
      if (noun === "agent") {
        if (row.kind === "absent") await this.#parts.agentAbsent(id);
        else await door.execute({ type: "presence.expire", id: ids.next(), agentId: id }, { who: "system" });
        await store.drop(row);
      } else if (noun === "conversation" && DEADLINES.includes(row.kind as DeadlineKind)) {
        const kind = row.kind as DeadlineKind;
        const link = kind === "max-wait" ? await this.#parts.linkAfterWait?.(id) : undefined;
        const strike = { type: "deadline.strike" as const, id: ids.next(), conversationId: id, kind };
        await door.execute(link === undefined ? strike : { ...strike, link }, { who: "system" });
      } else await store.drop(row);
    } catch (error) {
      if (error instanceof Refused && error.problem.code === "not-found") await store.drop(row);
      else throw new Error(`the deadline ${row.kind} of ${row.about} could not be carried out`, { cause: error });
    }
  }
}
