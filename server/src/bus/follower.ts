import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import type { Committed } from "../commands/execute.ts";
import type { ConversationStore } from "../conversations/store.ts";
import type { Database } from "../database/database.ts";
import type { Hub } from "../stream/hub.ts";
import type { Log } from "../stream/parts.ts";

const CHANNEL = "clew_wake";
/** At most this many changed conversations are read at a time. */
const PAGE = 500;

/**
 * Follows what other server processes commit. After each commit a process notifies, outside the writing transaction, one
 * notification a batch and never a payload; the follower reads every conversation that changed after the number it knows.
 * A slow poll finds what a lost wake-up would have told. With SQLite there is one process, and nothing to follow.
 */
export class Follower {
  readonly #parts: { database: Database; store: ConversationStore; hub: Hub; log: Log; wakeElsewhere(): void };
  #listener: Client | null = null;
  #change = 0;
  #reading: Promise<void> | null = null;
  #again = false;
  #notifying: Promise<void> | null = null;
  #notifyAgain = false;
  #stopped = false;
  readonly #origin = randomUUID();

  constructor(parts: { database: Database; store: ConversationStore; hub: Hub; log: Log; wakeElsewhere(): void }) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    this.#change = await this.#parts.store.lastChange();
    this.#parts.hub.start(this.#change);
    if (this.#parts.database.engine === "postgres") await this.#listen();
  }

  async #listen(): Promise<void> {
    const listener = await this.#parts.database.listener?.();
    if (!listener) return;
    this.#listener = listener;
    listener.on("notification", ({ payload }) => {
      if (payload !== this.#origin) this.poll();
    });
    listener.on("error", (error) =>
      this.#parts.log.warn({ err: error }, "the wake-up connection broke; the poll goes on"),
    );
    listener.on("end", () => {
      this.#listener = null;
    });
    await listener.query(`LISTEN ${CHANNEL}`);
  }

  /** After a commit of this process: tells the others. Notifications of commits in quick succession become one. */
  committed(_committed: Committed): void {
    if (this.#parts.database.engine !== "postgres" || this.#stopped) return;
    if (this.#notifying) {
      this.#notifyAgain = true;
      return;
    }
    this.#notifying = this.#parts.database.raw
      .all("SELECT pg_notify(?, ?)", [CHANNEL, this.#origin])
      .then(() => undefined)
      .catch((error: unknown) =>
        this.#parts.log.warn({ err: error }, "a wake-up could not be sent; the poll of the others finds it"),
      )
      .finally(() => {
        this.#notifying = null;
        if (this.#notifyAgain) {
          this.#notifyAgain = false;
          this.committed(_committed);
        }
      });
  }

  /** Reads what changed. Also called by the sweeper's rounds, as the safety poll. */
  poll(): void {
    if (this.#parts.database.engine !== "postgres" || this.#stopped) return;
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = this.#read()
      .catch((error: unknown) => this.#parts.log.warn({ err: error }, "changes of other servers could not be read"))
      .finally(() => {
        this.#reading = null;
        if (this.#again) {
          this.#again = false;
          this.poll();
        }
      });
  }

  async #read(): Promise<void> {
    if (!this.#listener && !this.#stopped) await this.#listen().catch(() => undefined);
    for (;;) {
      const page = await this.#parts.store.changedAfter(this.#change, PAGE);
      const last = page.at(-1);
      if (!last) return;
      for (const changed of page)
        for (const connection of this.#parts.hub.connections) connection.changedElsewhere(changed);
      this.#change = last.change;
      this.#parts.wakeElsewhere();
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#notifying;
    await this.#reading;
    await this.#listener?.end();
  }
}
