import type { Clock } from "../clock.ts";
import type { Log } from "../stream/parts.ts";
import type { Finished, OutboxStore } from "./store.ts";

/** How an attempt ended. `retry`: tried again later with growing pauses, given up after `MOST_ATTEMPTS`. */
export type Outcome = { outcome: string; retry: boolean };
export type Performer = (effect: { id: string; payload: unknown; attempt: number }) => Promise<Outcome>;

const LEASE_MS = 60_000;
const PAUSE_MS = 1_000;
const MOST_ATTEMPTS = 10;
const ROUND = 20;

/**
 * Performs effects for the outside world, at least once each, with the effect's id as the stable key for whoever
 * receives it. What comes of it is stored as data; a crash between the deed and its record means the deed is repeated.
 */
export class Runner {
  readonly #parts: { store: OutboxStore; performers: Readonly<Record<string, Performer>>; clock: Clock; log: Log };
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #stopped = false;
  #finished: { one: Finished; resolve(): void; reject(error: unknown): void }[] = [];
  #writing: Promise<void> | null = null;
  /** Kicked while a round was under way. */
  #again = false;

  constructor(parts: { store: OutboxStore; performers: Readonly<Record<string, Performer>>; clock: Clock; log: Log }) {
    this.#parts = parts;
  }

  start(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => this.#go(), PAUSE_MS);
  }

  /** Something has just become due: it does not wait for the next round. */
  kick(): void {
    if (this.#stopped) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    if (this.#timer) clearTimeout(this.#timer);
    this.#go();
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #go(): void {
    this.#again = false;
    this.#running = this.round()
      .catch((error: unknown) => this.#parts.log.error({ err: error }, "a round of effects failed"))
      .finally(() => {
        this.#running = null;
        if (this.#again) this.kick();
        else this.start();
      });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
  }

  /** Performs all that is due now. */
  async round(): Promise<void> {
    const { store, clock } = this.#parts;
    for (;;) {
      const due = await store.claim(clock.now(), clock.now() + LEASE_MS, ROUND);
      await Promise.all(due.map((effect) => this.#perform(effect)));
      if (due.length < ROUND || this.#stopped) return;
    }
  }

  async #perform(effect: { id: string; kind: string; payload: string; attempts: number }): Promise<void> {
    const { performers, clock } = this.#parts;
    const attempt = effect.attempts + 1;
    const result = await this.#try(performers[effect.kind], effect, attempt);
    const at = clock.now();
    const { id } = effect;
    if (!result.retry) return this.#finish({ id, outcome: result.outcome, at, again: null });
    if (attempt >= MOST_ATTEMPTS) return this.#finish({ id, outcome: `given-up: ${result.outcome}`, at, again: null });
    return this.#finish({ id, outcome: result.outcome, at, again: at + pauseAfter(attempt) });
  }

  /** Resolves once it is written down, in one transaction with all that ends while another one is under way. */
  #finish(one: Finished): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#finished.push({ one, resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  async #write(): Promise<void> {
    while (this.#finished.length > 0) {
      // One turn of the loop: what ends together is written together.
      await new Promise((resolve) => setImmediate(resolve));
      const batch = this.#finished.splice(0);
      try {
        await this.#parts.store.finish(batch.map(({ one }) => one));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#writing = null;
  }

  async #try(
    performer: Performer | undefined,
    effect: { id: string; payload: string },
    attempt: number,
  ): Promise<Outcome> {
    if (!performer) return { outcome: "unknown-kind", retry: false };
    try {
      return await performer({ id: effect.id, payload: JSON.parse(effect.payload), attempt });
    } catch (error) {
      this.#parts.log.error({ err: error, effect: effect.id }, "an effect failed unexpectedly");
      return { outcome: "errored", retry: true };
    }
  }
}

/** 2 s, 4 s, 8 s, … at most an hour, in milliseconds. */
export function pauseAfter(attempt: number): number {
  return Math.min(3_600_000, 1000 * 2 ** attempt);
}
