import type { Clock } from "../clock.ts";

const MOST = 50_000;

/**
 * Rows of the store held for a moment, so that checking a caller costs no query each time. What this process changes it
 * forgets at once; what another process changes is seen after `life` milliseconds.
 */
export class Remembered<Row> {
  readonly #rows = new Map<string, { row: Row; until: number }>();
  readonly #read: (id: string) => Promise<Row>;
  readonly #clock: Clock;
  readonly #life: number;
  #forgotten = 0;

  constructor(options: { read: (id: string) => Promise<Row>; clock: Clock; life: number }) {
    this.#read = options.read;
    this.#clock = options.clock;
    this.#life = options.life;
  }

  async get(id: string): Promise<Row> {
    const now = this.#clock.now();
    const known = this.#rows.get(id);
    if (known && known.until > now) return known.row;
    const before = this.#forgotten;
    const row = await this.#read(id);
    // Something was forgotten while we read: this row may be from before the change.
    if (before === this.#forgotten) {
      this.#rows.delete(id);
      this.#rows.set(id, { row, until: now + this.#life });
      if (this.#rows.size > MOST) this.#rows.delete(this.#rows.keys().next().value as string);
    }
    return row;
  }

  forget(id: string): void {
    this.#forgotten += 1;
    this.#rows.delete(id);
  }

  forgetAll(): void {
    this.#forgotten += 1;
    this.#rows.clear();
  }
}
