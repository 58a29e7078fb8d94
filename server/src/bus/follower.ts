import { randomUUID } from "node:crypto";
import type { ConversationState } from "@clew/domain/conversations/state";
import type { ConversationStore } from "../conversations/store.ts";
import type { Hub } from "../stream/hub.ts";
import type { Log } from "../stream/parts.ts";
import type { Listening, WakeStore } from "./wake-store.ts";

/** At most this many changed conversations are read at a time. */
const PAGE = 500;

type Parts = {
  /** Null with SQLite: there is one process, and nothing to follow. */
  wakes: WakeStore | null;
  store: ConversationStore;
  hub: Hub;
  log: Log;
  /** Other processes have committed something: these conversations, as they stand now. */
  changedElsewhere(states: readonly ConversationState[]): void;
  /** Another process has said something that is not stored. */
  heard?(text: string): void;
  /** The listening connection had broken and is there again: what was said meanwhile was not heard. */
  missed?(): void;
  /** Somebody woke this process, or it is time to look: what is in no conversation is looked for, too. */
  woken?(): void;
};

/**
 * Follows what other server processes commit. After each commit a process wakes the others, one wake-up a batch and never
 * a payload; the follower reads every conversation that changed after the number it knows. A slow poll finds what a lost
 * wake-up would have told, and listens anew when the listening connection has broken.
 */
export class Follower {
  readonly #parts: Parts;
  readonly #origin = randomUUID();
  #listening: Listening | null = null;
  #change = 0;
  #reading: Promise<void> | null = null;
  #readAgain = false;
  #waking: Promise<void> | null = null;
  #wakeAgain = false;
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    this.#change = await this.#parts.store.lastChange();
    await this.#listen();
  }

  async #listen(): Promise<void> {
    const { wakes, log } = this.#parts;
    this.#listening =
      (await wakes?.listen({
        wake: (origin) => {
          if (origin !== this.#origin) this.poll();
        },
        heard: (text) => this.#parts.heard?.(text),
        gone: (error) => {
          if (error) log.warn({ err: error }, "the wake-up connection broke; the poll goes on");
          this.#listening = null;
        },
      })) ?? null;
  }

  /** After a commit of this process: wakes the others. Commits in quick succession share a wake-up. */
  committed(): void {
    const { wakes, log } = this.#parts;
    if (!wakes || this.#stopped) return;
    if (this.#waking) {
      this.#wakeAgain = true;
      return;
    }
    this.#waking = this.#wake(wakes)
      .catch((error: unknown) => log.warn({ err: error }, "a wake-up could not be sent; the others' poll finds it"))
      .finally(() => {
        this.#waking = null;
        if (!this.#wakeAgain) return;
        this.#wakeAgain = false;
        this.committed();
      });
  }

  async #wake(wakes: WakeStore): Promise<void> {
    // A commit is told of by each thing that it changed, one after the other: one wake-up is for all of them.
    await Promise.resolve();
    this.#wakeAgain = false;
    await wakes.wake(this.#origin);
  }

  /** Reads what changed. Also called by the sweeper's rounds, as the safety poll. */
  poll(): void {
    if (!this.#parts.wakes || this.#stopped) return;
    this.#parts.woken?.();
    if (this.#reading) {
      this.#readAgain = true;
      return;
    }
    this.#reading = this.#read()
      .catch((error: unknown) => this.#parts.log.warn({ err: error }, "changes of other servers could not be read"))
      .finally(() => {
        this.#reading = null;
        if (!this.#readAgain) return;
        this.#readAgain = false;
        this.poll();
      });
  }

  async #read(): Promise<void> {
    const { store, hub, changedElsewhere } = this.#parts;
    if (!this.#listening) {
      await this.#listen().catch(() => undefined);
      if (this.#listening) this.#parts.missed?.();
    }
    for (;;) {
      const page = await store.changedAfter(this.#change, PAGE);
      const last = page.at(-1);
      if (!last) return;
      for (const changed of page) hub.changedElsewhere(changed);
      this.#change = last.change;
      changedElsewhere(page.map(({ state }) => state));
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#waking;
    await this.#reading;
    await this.#listening?.end();
  }
}
