import type { Transport } from "./connection/transport.ts";
import type { Storage } from "./continuity/storage.ts";
import type { Locks, OpenRelay } from "./tabs/ports.ts";

/** Time as the SDK sees it. `now` is the wall clock and may jump; `elapsed` only grows. Both in milliseconds. */
export type Clock = {
  now(): number;
  elapsed(): number;
  /** Calls back once after `ms`; the result cancels. */
  after(ms: number, call: () => void): () => void;
};

export type Random = {
  bytes(count: number): Uint8Array;
  /** At least 0, below 1. */
  unit(): number;
};

/** What the browser tells of the network and the page. Hints only: browsers are often wrong about `online`. */
export type Hints = {
  online(): boolean;
  visible(): boolean;
  /** Calls back when the network came back, the page came into view or woke up. */
  onWake(listener: () => void): () => void;
};

/** Sends a file and tells how far it is; the answer's body is parsed JSON, `status` 0 when unreachable. */
export type SendFile = (request: {
  url: string;
  headers: Record<string, string>;
  withCookies: boolean;
  form: FormData;
  progress(sentBytes: number): void;
  onAbort(abort: () => void): void;
}) => Promise<{ status: number; body: unknown }>;

/** A record of plain values that is written before the call is over; empty where the browser keeps nothing. */
export type Scratch = {
  /** As JSON; null when there is none. */
  read(): string | null;
  write(values: Record<string, unknown>): void;
};

/**
 * The outside world of the SDK. Every part has a browser default (`browserPorts`); tests and other hosts give their own.
 * Nothing else in the package touches a global, so that a simulation can run it on its own time.
 */
export type Ports = {
  clock: Clock;
  random: Random;
  hints: Hints;
  transport: Transport;
  fetch: typeof fetch;
  sendFile: SendFile;
  /** The SHA-256 of a file in hex. Absent or nothing: the server is not told, and takes the bytes as they come. */
  sha256?: (file: Blob) => Promise<string | undefined>;
  /** Opens the storage of that name; never rejects: a blocked one is a memory. */
  openStorage(name: string): Promise<Storage>;
  /** Shared by the tabs of the origin. Absent: the last moment before a crash is lost. */
  openScratch?: (name: string) => Scratch;
  /** Null: every tab keeps a connection of its own. */
  locks: Locks | null;
  openRelay: OpenRelay | null;
  /** The page's own origin, where a server is not named. */
  origin(): string;
};
