import type { ConversationState } from "@clew/domain/conversations/state";
import type { Clock, Ids } from "../clock.ts";
import type { Door } from "../commands/execute.ts";
import type { Log } from "../stream/parts.ts";
import type { Arrival } from "../stream/passing.ts";
import type { CustomerConnectionStore } from "./customers-store.ts";

/** A reload or a change of page takes less than this; only then is a customer gone, in milliseconds. */
export const GONE_AFTER_MS = 5_000;
/** After a server has died, its customers have this long to come back to another one or to its next start. */
export const GONE_AFTER_CRASH_MS = 15_000;
const PROCESS_LEASE_MS = 20_000;
const RENEW_EVERY_MS = 5_000;
/** Rows of one statement. */
const MOST_ROWS = 1_000;

type Parts = {
  store: CustomerConnectionStore;
  door: Door;
  clock: Clock;
  ids: Ids;
  log: Log;
  hasCustomer(conversationId: string): boolean;
};

/**
 * Notices that customers drop and come back, over all tabs, devices and server processes. A connection is a row; the last
 * one gone for longer than a reload takes is *customer gone*. Rows of a process that died are taken over by another, or
 * by its next start, and given up when nobody comes.
 */
export class CustomerPresence {
  readonly #parts: Parts;
  readonly #processId: string;
  readonly #leaving = new Map<string, number>();
  #arriving = new Set<string>();
  #renewedAt = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#processId = parts.ids.next();
  }

  /** The first connection of a conversation's customer in this process. */
  connected(state: ConversationState, how: Arrival): void {
    const { id, session } = state.snapshot;
    this.#leaving.delete(id);
    this.#arriving.add(id);
    if (session?.away) this.#execute(id, { type: "customer.returned", how });
  }

  /** The last connection in this process has closed. */
  disconnected(conversationId: string): void {
    this.#leaving.set(conversationId, this.#parts.clock.now() + GONE_AFTER_MS);
  }

  /** Writes all that arrived since the last round. A commit for each would let a crowd wait for the disk. */
  async #write(): Promise<void> {
    const ids = [...this.#arriving];
    this.#arriving = new Set();
    try {
      for (let from = 0; from < ids.length; from += MOST_ROWS)
        await this.#parts.store.add(this.#processId, ids.slice(from, from + MOST_ROWS));
    } catch (error) {
      for (const id of ids) this.#arriving.add(id);
      throw error;
    }
  }

  /** Called by the sweeper's rounds. */
  async beat(now: number): Promise<void> {
    const { store } = this.#parts;
    await this.#write();
    if (now - this.#renewedAt >= RENEW_EVERY_MS) {
      this.#renewedAt = now;
      await store.renew(this.#processId, now + PROCESS_LEASE_MS);
      for (const id of await store.takeOver(this.#processId, now)) {
        if (!this.#parts.hasCustomer(id)) this.#leaving.set(id, now + GONE_AFTER_CRASH_MS);
      }
    }
    const due = [...this.#leaving].filter(([id, at]) => at <= now && !this.#parts.hasCustomer(id)).map(([id]) => id);
    for (const [id] of [...this.#leaving]) if (this.#parts.hasCustomer(id)) this.#leaving.delete(id);
    if (due.length === 0) return;
    for (const id of due) this.#leaving.delete(id);
    for (const id of await store.remove(this.#processId, due.slice(0, MOST_ROWS)))
      this.#execute(id, { type: "customer.gone" });
    for (const id of due.slice(MOST_ROWS)) this.#leaving.set(id, now);
  }

  /** A process that stops on purpose leaves its rows: the next one takes them over, and nobody is gone for a restart. */
  async stop(): Promise<void> {
    await this.#write();
    await this.#parts.store.renew(this.#processId, this.#parts.clock.now());
  }

  #execute(
    conversationId: string,
    what: { type: "customer.gone" } | { type: "customer.returned"; how: Arrival },
  ): void {
    const { door, ids, log } = this.#parts;
    door
      .execute({ ...what, id: ids.next(), conversationId }, { who: "system" })
      .catch((error: unknown) => log.warn({ err: error, conversationId }, `${what.type} failed`));
  }
}
