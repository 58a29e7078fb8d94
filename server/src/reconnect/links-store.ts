import type { Database, Query } from "../database/database.ts";
import type { ReconnectTables } from "./tables.ts";

export type Link = ReconnectTables["reconnect_links"];

export async function insertLink(query: Query, link: Link): Promise<void> {
  await query
    .insertInto("reconnect_links")
    .values(link)
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
}

/** Marks a link as used by a try and returns it, so that of two users at once only one finds it unused. */
export async function useLink(
  database: Database,
  { tokenHash, opening, now }: { tokenHash: string; opening: string | null; now: number },
): Promise<{ link: Link; first: boolean } | null> {
  return database.transaction(async (query) => {
    const changed = await query
      .updateTable("reconnect_links")
      .set({ used_at: now, used_by: opening })
      .where("token_hash", "=", tokenHash)
      .where("used_at", "is", null)
      .where("revoked_at", "is", null)
      .executeTakeFirst();
    const link = await query
      .selectFrom("reconnect_links")
      .selectAll()
      .where("token_hash", "=", tokenHash)
      .executeTakeFirst();
    return link ? { link, first: Number(changed.numUpdatedRows) > 0 } : null;
  });
}

/** Looks without using it up. */
export async function findLink(query: Query, tokenHash: string): Promise<Link | undefined> {
  return query.selectFrom("reconnect_links").selectAll().where("token_hash", "=", tokenHash).executeTakeFirst();
}

export async function revokeLinksOf(query: Query, conversationId: string, now: number): Promise<void> {
  await query
    .updateTable("reconnect_links")
    .set({ revoked_at: now })
    .where("conversation_id", "=", conversationId)
    .where("revoked_at", "is", null)
    .execute();
}
