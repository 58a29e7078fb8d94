import type { Database } from "../database/database.ts";
import type { Handlers } from "../http/handlers.ts";
import { readAudit } from "./store.ts";

export function auditHandlers({ database }: { database: Database }): Handlers {
  return {
    async listAudit({ query }) {
      const before = query.before === undefined ? Number.MAX_SAFE_INTEGER : Number(query.before);
      return { items: await readAudit(database.query, before) };
    },
  };
}
