export type Changes = { put?: Record<string, unknown>; remove?: readonly string[] };

/** A durable map of plain values. */
export type Storage = {
  /** `memory` when the browser refuses to keep anything; may turn from `durable` to `memory` when space runs out. */
  kind(): "durable" | "memory";
  /** All entries whose key begins with `prefix`, in key order. */
  read(prefix: string): Promise<[key: string, value: unknown][]>;
  /** Applies all of it in one transaction, or nothing; resolves when it is on disk. Calls apply in calling order. */
  write(changes: Changes): Promise<void>;
  wipe(): Promise<void>;
  close(): void;
};
