/** What the measurement and its load generator say to each other, over the channel between parent and child process. */

export type Target =
  | { kind: "floor"; url: string; conversations: number }
  | { kind: "clew"; url: string; conversations: number; inbox: boolean };

export type Run = {
  /** Messages a second; null: as fast as answers come, with `inFlight` unanswered at any time. */
  rate: number | null;
  inFlight: number;
  /** Before the measured time, in milliseconds. */
  warmUp: number;
  /** The measured time, in milliseconds. */
  measure: number;
};

export type Order = { do: "open"; target: Target } | { do: "run"; run: Run } | { do: "close" };
export type Reply = { done: "open" } | { done: "run"; result: RunResult } | { failed: string };

/** Percentiles in milliseconds. */
export type Spread = { p50: number; p95: number; p99: number };

export type RunResult = {
  /** Messages sent over the whole run, warm-up included. */
  posted: number;
  /** Messages answered and messages seen by the other side within the measured time, a second. */
  storedPerSecond: number;
  seenPerSecond: number;
  toSeen: Spread;
  toAnswer: Spread;
  /** What the checker found over the whole run, warm-up included: none of it may happen. */
  refused: number;
  lost: number;
  doubled: number;
  reordered: number;
};

/** One conversation as the generator uses it: its customer posts, its reader on the other side sees. */
export type Line = { post(id: string, text: string): void };

export type Heard = {
  /** The store has the message, or refused it. */
  answered(id: string, ok: boolean): void;
  /** The other side got the event with this number of a conversation; `id` is that of the message, null for other events. */
  seen(line: number, number: number, id: string | null): void;
};

export type Connected = { lines: Line[]; close(): void };
