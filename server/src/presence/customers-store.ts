import type { Performed } from "@clew/domain/door";
import { sql } from "kysely";
import type { Batch } from "../database/batch.ts";
import type { Database, Raw } from "../database/database.ts";

const INSERT_CONNECTION = {
  table: "customer_connections",
  columns: { conversation_id: "text", process_id: "text" },
  conflict: "ON CONFLICT DO NOTHING",
} as const;

/** Writes customers down who are expected at this process, in the transaction that brings them. */
export async function expectCustomers(
  raw: Raw,
  batch: Batch,
  { processId, expected }: { processId: string; expected: ReadonlySet<Performed> },
): Promise<void> {
  const ids = new Set([...expected].map(({ conversationId }) => conversationId));
  const rows = [...ids].map((id) => [id, processId]);
  await batch.insert(raw, INSERT_CONNECTION, rows);
}

/** Rows of who is connected where. Written in bulk: after a restart thousands come back at once. */
export function customerConnectionStore(database: Database) {
  return {
    /** Vouches for this process until `lease`. */
    async renew(processId: string, lease: number): Promise<void> {
      await database.query
        .insertInto("processes")
        .values({ id: processId, lease })
        .onConflict((conflict) => conflict.column("id").doUpdateSet({ lease }))
        .execute();
    },

    async add(processId: string, conversationIds: readonly string[]): Promise<void> {
      await database.query
        .insertInto("customer_connections")
        .values(conversationIds.map((id) => ({ conversation_id: id, process_id: processId })))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    /** Those of the conversations that a connection to another process is known of. */
    async elsewhere(processId: string, conversationIds: readonly string[]): Promise<Set<string>> {
      const rows = await database.query
        .selectFrom("customer_connections")
        .select("conversation_id")
        .where("conversation_id", "in", [...conversationIds])
        .where("process_id", "!=", processId)
        .execute();
      return new Set(rows.map((row) => row.conversation_id));
    },

    /** Takes rows of this process away. */
    async remove(processId: string, conversationIds: readonly string[]): Promise<void> {
      if (conversationIds.length === 0) return;
      await database.query
        .deleteFrom("customer_connections")
        .where("process_id", "=", processId)
        .where("conversation_id", "in", [...conversationIds])
        .execute();
    },

    /** Makes the connections of processes that are dead this one's, to be given up if nobody comes; returns which. */
    async takeOver(processId: string, now: number): Promise<string[]> {
      return database.transaction(async (query) => {
        const dead = await query
          .selectFrom("processes")
          .select("id")
          .where("lease", "<", now)
          .where("id", "!=", processId)
          .execute();
        const alive = await query.selectFrom("processes").select("id").where("lease", ">=", now).execute();
        const known = new Set([...alive.map((row) => row.id), processId]);
        const orphans = await query
          .selectFrom("customer_connections")
          .selectAll()
          .where("process_id", "not in", [...known])
          .execute();
        for (const { id } of dead) await query.deleteFrom("processes").where("id", "=", id).execute();
        // Two statements however many there are: after a crash all customers of that process come back at once.
        const orphaned = query.selectFrom("customer_connections").where("process_id", "not in", [...known]);
        await query
          .insertInto("customer_connections")
          .columns(["conversation_id", "process_id"])
          .expression(orphaned.select(["conversation_id", sql<string>`${processId}`.as("process_id")]).distinct())
          .onConflict((conflict) => conflict.columns(["conversation_id", "process_id"]).doNothing())
          .execute();
        await query
          .deleteFrom("customer_connections")
          .where("process_id", "not in", [...known])
          .execute();
        return orphans.map((row) => row.conversation_id);
      });
    },
  };
}

export type CustomerConnectionStore = ReturnType<typeof customerConnectionStore>;
