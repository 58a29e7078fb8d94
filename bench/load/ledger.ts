import type { RunResult, Spread } from "./messages.ts";

type Message = { line: number; place: number; sentAt: number; answered: boolean; seen: boolean; measured: boolean };

/**
 * Keeps account of every message: when it was sent, answered and seen, and whether the other side saw each exactly once
 * and in the order of sending. What has been answered and seen is forgotten, so that long runs stay small.
 */
export class Ledger {
  readonly #open = new Map<string, Message>();
  readonly #placed: number[];
  readonly #seenPlace: number[];
  readonly #seenNumber: (number | null)[];
  readonly #toSeen: number[] = [];
  readonly #toAnswer: number[] = [];
  #measuring: { from: number; until: number } | null = null;
  #posted = 0;
  #answered = 0;
  #seen = 0;
  #refused = 0;
  #doubled = 0;
  #reordered = 0;

  constructor(lines: number) {
    this.#placed = Array.from({ length: lines }, () => 0);
    this.#seenPlace = Array.from({ length: lines }, () => 0);
    this.#seenNumber = Array.from({ length: lines }, () => null);
  }

  measure(from: number, until: number): void {
    this.#measuring = { from, until };
  }

  /** Messages on their way: not yet answered or not yet seen. */
  get open(): number {
    return this.#open.size;
  }

  sent(id: string, line: number): void {
    const sentAt = performance.now();
    const place = (this.#placed[line] ?? 0) + 1;
    this.#placed[line] = place;
    const measured = this.#within(sentAt);
    this.#posted += 1;
    this.#open.set(id, { line, place, sentAt, answered: false, seen: false, measured });
  }

  answered(id: string, ok: boolean): void {
    const message = this.#open.get(id);
    if (!message) return;
    const now = performance.now();
    if (!ok) {
      this.#refused += 1;
      this.#open.delete(id);
      return;
    }
    message.answered = true;
    if (this.#within(now)) this.#answered += 1;
    if (message.measured) this.#toAnswer.push(now - message.sentAt);
    if (message.seen) this.#open.delete(id);
  }

  /** An event on the other side; numbers of a conversation rise by one whatever the event is. */
  seen(line: number, number: number, id: string | null): void {
    const before = this.#seenNumber[line];
    if (before !== null && before !== undefined && number !== before + 1) {
      if (number <= before) this.#doubled += 1;
      else this.#reordered += 1;
    }
    this.#seenNumber[line] = number;
    if (id === null) return;
    const message = this.#open.get(id);
    if (!message || message.seen) {
      this.#doubled += 1;
      return;
    }
    const now = performance.now();
    if (message.line !== line || message.place !== (this.#seenPlace[line] ?? 0) + 1) this.#reordered += 1;
    this.#seenPlace[line] = message.place;
    message.seen = true;
    if (this.#within(now)) this.#seen += 1;
    if (message.measured) this.#toSeen.push(now - message.sentAt);
    if (message.answered) this.#open.delete(id);
  }

  result(): RunResult {
    if (!this.#measuring) throw new Error("nothing was measured");
    const seconds = (this.#measuring.until - this.#measuring.from) / 1000;
    return {
      posted: this.#posted,
      storedPerSecond: this.#answered / seconds,
      seenPerSecond: this.#seen / seconds,
      toSeen: spread(this.#toSeen),
      toAnswer: spread(this.#toAnswer),
      refused: this.#refused,
      lost: this.#open.size,
      doubled: this.#doubled,
      reordered: this.#reordered,
    };
  }

  #within(now: number): boolean {
    return this.#measuring !== null && now >= this.#measuring.from && now < this.#measuring.until;
  }
}

/** @param times in milliseconds */
export function spread(times: number[]): Spread {
  const sorted = Float64Array.from(times).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
