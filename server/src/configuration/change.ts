import { configurationChanges } from "@clew/domain/configuration-changes";
import { insertAudit } from "../audit/store.ts";
import type { Clock, Ids } from "../clock.ts";
import type { Database, Query } from "../database/database.ts";
import type { Caller } from "../http/handlers.ts";
import type { ConfigurationCache } from "./cache.ts";
import type { Noun } from "./nouns.ts";
import { raiseVersion } from "./settings-store.ts";

/** What the configuration's handlers need. */
export type ConfigurationContext = { database: Database; cache: ConfigurationCache; clock: Clock; ids: Ids };

export type AuditAction =
  | "create"
  | "save"
  | "delete"
  | "publish"
  | "restore"
  | "roll-back"
  | "reset-password"
  | "set-up"
  | "seed";

/** One change in progress. Everything done with `query` and `record` becomes true together or not at all. */
export type Change = {
  query: Query;
  now: number;
  newId(): string;
  /** Writes who did what, and so what the cache's listeners are told: the difference of `before` and `after` (null: not there), with further words about it. */
  record(entry: {
    action: AuditAction;
    noun: Noun;
    id: string;
    before?: object | null;
    after?: object | null;
    about?: object;
  }): Promise<void>;
};

/**
 * The one way to change the configuration: a transaction that waits for the change before it, the audit rows within it,
 * and after the commit the cache and its listeners. When it resolves, this process already works by the new settings.
 */
export async function changeConfiguration<Result>(
  { database, cache, clock, ids }: ConfigurationContext,
  caller: Caller,
  work: (change: Change) => Promise<Result>,
): Promise<Result> {
  const result = await database.transaction(async (query) => {
    // Raised first: its row lock puts changes of all server processes in one line, so that what a change checks
    // (names, references, who uses what) still holds when it commits. Changes are rare; this costs nobody anything.
    const version = await raiseVersion(query);
    const now = clock.now();
    return work({
      query,
      now,
      newId: () => ids.next(),
      async record({ action, noun, id, before, after, about }) {
        const changes = before === undefined && after === undefined ? [] : configurationChanges(before, after);
        const change = { ...about, ...(changes.length > 0 ? { changes } : {}), ...keyOf(caller) };
        const agentId = caller.who === "staff" ? caller.agentId : null;
        await insertAudit(query, [{ id: ids.next(), at: now, agentId, action, noun, nounId: id, change }], version);
      },
    });
  });
  await cache.reload();
  return result;
}

/** An API key is no agent: the audit names it in the change itself. */
export function keyOf(caller: Caller): { key?: { id: string; name: string } } {
  return caller.who === "key" ? { key: { id: caller.keyId, name: caller.name } } : {};
}
