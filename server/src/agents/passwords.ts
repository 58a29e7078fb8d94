import type { Query } from "../database/database.ts";

/** Writes what was prepared, within the transaction that makes or changes the agent. */
export type WritePassword = (query: Query, agentId: string) => Promise<void>;

/**
 * Identity's part in making agents. Hashing takes long by design, so it happens before the transaction, which would
 * otherwise hold up everybody's messages.
 */
export type PreparePassword = (password: string) => Promise<WritePassword>;
