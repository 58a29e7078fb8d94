import type { Database, Raw } from "../database/database.ts";
import type { AttachmentTables } from "./tables.ts";

export type Row = AttachmentTables["attachments"];

export async function readAttachment(database: Database, id: string): Promise<Row | undefined> {
  return database.query.selectFrom("attachments").selectAll().where("id", "=", id).executeTakeFirst();
}

/** False when the id is taken already. */
export async function insertAttachment(database: Database, row: Row): Promise<boolean> {
  const insert = database.query
    .insertInto("attachments")
    .values(row)
    .onConflict((conflict) => conflict.doNothing());
  return (await insert.returning("id").execute()).length === 1;
}

export async function readAttachments(raw: Raw, ids: readonly string[]): Promise<Row[]> {
  return raw.all<Row>(`SELECT * FROM attachments WHERE id IN (${ids.map(() => "?").join(", ")})`, ids);
}

export async function claimAttachments(
  raw: Raw,
  { ids, at, staffOnly }: { ids: readonly string[]; at: number; staffOnly: boolean },
): Promise<number> {
  const marks = ids.map(() => "?").join(", ");
  const sql = `UPDATE attachments SET claimed_at = ?, staff_only = ? WHERE claimed_at IS NULL AND id IN (${marks})`;
  return (await raw.run(sql, [at, staffOnly ? 1 : 0, ...ids])).changes;
}

/** Takes the rows of files that no message claimed before `before`; returns which. */
export async function deleteUnclaimed(database: Database, before: number): Promise<Pick<Row, "id" | "sha256">[]> {
  const unclaimed = database.query
    .deleteFrom("attachments")
    .where("claimed_at", "is", null)
    .where("created_at", "<", before);
  return unclaimed.returning(["id", "sha256"]).execute();
}

export async function readAttachmentsOf(database: Database, conversationId: string): Promise<Row[]> {
  return database.query.selectFrom("attachments").selectAll().where("conversation_id", "=", conversationId).execute();
}

export async function deleteAttachment(database: Database, id: string): Promise<void> {
  await database.query.deleteFrom("attachments").where("id", "=", id).execute();
}
