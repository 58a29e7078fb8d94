import type { ConversationState } from "@clew/domain/conversations/state";
import type { Clock, Ids } from "../clock.ts";
import type { Committed } from "../commands/committed.ts";
import type { Door } from "../commands/execute.ts";
import { Refused } from "../problems/refused.ts";
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
  /** The door's: who is expected is written down by it. */
  processId: string;
  store: CustomerConnectionStore;
  door: Door;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** Whether the customer has a connection here, be it one that only began the conversation. */
  hasCustomer(conversationId: string): boolean;
  /** The conversations whose customers have one. */
  here(): Iterable<string>;
  /** The same, counting one that is about to be told where the conversation stands. */
  awaitsCustomer(conversationId: string): boolean;
};

/**
 * Notices that customers drop and come back, over all tabs, devices and server processes. A connection is a row; the last
 * one gone for longer than a reload takes is *customer gone*. Rows of a process that died are taken over by another, or
 * by its next start, and given up when nobody comes. A row stays until *customer gone* is stored, so that no crash in
 * between leaves a customer here for ever; and whoever is connected when somebody says that they are gone is back at once.
 */
export class CustomerPresence {
  readonly #parts: Parts;
  readonly #processId: string;
  readonly #leaving = new Map<string, number>();
  #arriving = new Set<string>();
  #renewedAt = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#processId = parts.processId;
  }

  /** The first connection of a conversation's customer in this process. */
  connected(state: ConversationState, how: Arrival): void {
    const { id, session } = state.snapshot;
    this.#leaving.delete(id);
    this.#arriving.add(id);
    if (session?.away) this.#isBack(id, how);
  }

  /** The last connection in this process has closed. */
  disconnected(conversationId: string): void {
    this.#leaving.set(conversationId, this.#parts.clock.now() + GONE_AFTER_MS);
  }

  /** What this process has committed. Who is expected has a moment to show a connection; their row is written already. */
  committed({ done, expected }: Pick<Committed, "done" | "expected">): void {
    for (const { after } of done) if (after) this.changed(after);
    for (const { before, after } of expected) {
      const id = after?.snapshot.id;
      if (!id || this.#parts.hasCustomer(id)) continue;
      // Who began lost a connection as anybody does; who is back by a link or a message has yet to open one.
      const grace = before?.snapshot.session?.away ? GONE_AFTER_CRASH_MS : GONE_AFTER_MS;
      this.#leaving.set(id, this.#parts.clock.now() + grace);
    }
  }

  /** A conversation as a commit left it, here or elsewhere: a connection may have come while the commit was made. */
  changed({ snapshot: { id, session } }: ConversationState): void {
    if (session?.away && this.#parts.awaitsCustomer(id)) this.#isBack(id, "same-browser");
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
    const renews = now - this.#renewedAt >= RENEW_EVERY_MS;
    if (renews) {
      // After a pause longer than its lease this process was taken for dead, and its rows for those of nobody.
      if (now - this.#renewedAt >= PROCESS_LEASE_MS) for (const id of this.#parts.here()) this.#arriving.add(id);
      await store.renew(this.#processId, now + PROCESS_LEASE_MS);
      this.#renewedAt = now;
    }
    await this.#write();
    if (renews) {
      for (const id of await store.takeOver(this.#processId, now)) {
        if (!this.#parts.hasCustomer(id)) this.#leaving.set(id, now + GONE_AFTER_CRASH_MS);
      }
    }
    const due = [...this.#leaving].filter(([id, at]) => at <= now && !this.#parts.hasCustomer(id)).map(([id]) => id);
    if (due.length > 0) await this.#giveUp(due.slice(0, MOST_ROWS), now);
  }

  async #giveUp(ids: readonly string[], now: number): Promise<void> {
    const { store } = this.#parts;
    const elsewhere = await store.elsewhere(this.#processId, ids);
    const gone = await this.#areGone(ids.filter((id) => !elsewhere.has(id)));
    await store.remove(this.#processId, [...gone, ...elsewhere]);
    // Two processes that let go at the same time may each have seen the other's row.
    const left = [...elsewhere];
    const still = left.length > 0 ? await store.elsewhere(this.#processId, left) : elsewhere;
    const over = new Set([...gone, ...still, ...(await this.#areGone(left.filter((id) => !still.has(id))))]);
    for (const id of over) if ((this.#leaving.get(id) ?? now + 1) <= now) this.#leaving.delete(id);
  }

  /** Says so of each who has not come back meanwhile; returns of whom nothing more is to be said. */
  async #areGone(ids: readonly string[]): Promise<string[]> {
    const { door, ids: names, log, hasCustomer } = this.#parts;
    const said = await Promise.all(
      ids
        .filter((id) => !hasCustomer(id))
        .map(async (id) => {
          try {
            await door.execute({ type: "customer.gone", id: names.next(), conversationId: id }, { who: "system" });
            return [id];
          } catch (error) {
            if (error instanceof Refused && error.problem.retry === "no") return [id];
            log.warn({ err: error, conversationId: id }, "customer.gone failed and is tried again");
            return [];
          }
        }),
    );
    return said.flat();
  }

  /** A process that stops on purpose leaves its rows: the next one takes them over, and nobody is gone for a restart. */
  async stop(): Promise<void> {
    await this.#write();
    await this.#parts.store.renew(this.#processId, this.#parts.clock.now());
  }

  #isBack(conversationId: string, how: Arrival): void {
    const { door, ids, log } = this.#parts;
    door
      .execute({ type: "customer.returned", how, id: ids.next(), conversationId }, { who: "system" })
      .catch((error: unknown) => log.warn({ err: error, conversationId }, "customer.returned failed"));
  }
}
