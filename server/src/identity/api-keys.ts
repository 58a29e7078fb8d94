import type { ApiKey, ApiScope } from "@clew/contract/agents";
import { insertAudit } from "../audit/store.ts";
import type { Clock, Ids } from "../clock.ts";
import type { Database } from "../database/database.ts";
import type { Caller, Handlers } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { Remembered } from "./remembered.ts";
import { hashOf, newSecret } from "./secrets.ts";
import type { IdentityTables } from "./tables.ts";

export const KEY_PREFIX = "clew_";
/** `lastUsedAt` is written no more often than that. */
const TOUCH_EVERY_MS = 10 * 60_000;

type Row = IdentityTables["api_keys"];
type Parts = { database: Database; clock: Clock; ids: Ids; life: number; revoked(keyId: string): void };

export type ApiKeys = {
  handlers: Handlers;
  find(secret: string): Promise<Row | null>;
  /** Keys were revoked past this process. */
  forget(): void;
};

/** Keys of programs: the secret is told once, and only its hash is kept. */
export function createApiKeys({ database, clock, ids, life, revoked }: Parts): ApiKeys {
  const remembered = new Remembered<Row | null>({
    clock,
    life,
    async read(hash) {
      return (
        (await database.query.selectFrom("api_keys").selectAll().where("secret_hash", "=", hash).executeTakeFirst()) ??
        null
      );
    },
  });
  const audit = (
    query: Parameters<typeof insertAudit>[0],
    caller: Caller,
    action: string,
    row: Pick<Row, "id" | "name">,
  ) =>
    insertAudit(query, [
      {
        id: ids.next(),
        at: clock.now(),
        agentId: caller.who === "staff" ? caller.agentId : null,
        action,
        noun: "api-key",
        nounId: row.id,
        change: { name: row.name },
      },
    ]);

  return {
    async find(secret) {
      const row = await remembered.get(hashOf(secret));
      const now = clock.now();
      if (row && now - (row.last_used_at ?? 0) > TOUCH_EVERY_MS) {
        await database.query.updateTable("api_keys").set({ last_used_at: now }).where("id", "=", row.id).execute();
        remembered.forget(row.secret_hash);
      }
      return row;
    },
    forget: () => remembered.forgetAll(),

    handlers: {
      async listApiKeys() {
        const rows = await database.query
          .selectFrom("api_keys")
          .selectAll()
          .orderBy("created_at")
          .orderBy("id")
          .execute();
        return { items: rows.map(toKey) };
      },

      async createApiKey({ caller, body }) {
        const secret = `${KEY_PREFIX}${newSecret()}`;
        const row: Row = {
          id: ids.next(),
          name: body.name,
          scopes: JSON.stringify([...new Set(body.scopes as string[])]),
          secret_hash: hashOf(secret),
          created_by: caller.who === "staff" ? caller.agentId : "",
          created_at: clock.now(),
          last_used_at: null,
        };
        await database.transaction(async (query) => {
          await query.insertInto("api_keys").values(row).execute();
          await audit(query, caller, "create", row);
        });
        return { key: toKey(row), secret };
      },

      async revokeApiKey({ caller, params }) {
        const id = params.id as string;
        await database.transaction(async (query) => {
          const row = await query.deleteFrom("api_keys").where("id", "=", id).returningAll().executeTakeFirst();
          if (!row) throw new Refused("not-found");
          await audit(query, caller, "delete", row);
        });
        remembered.forgetAll();
        revoked(id);
        return null;
      },
    },
  };
}

function toKey(row: Row): ApiKey {
  return {
    id: row.id,
    name: row.name,
    scopes: JSON.parse(row.scopes) as ApiScope[],
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  };
}
