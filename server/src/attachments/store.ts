import type { Database, Raw } from "../database/database.ts";
import type { AttachmentTables } from "./tables.ts";

export type Row = AttachmentTables["attachments"];

/** The most rows that one statement names. */
const AT_ONCE = 500;

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

/** Files stored before `before` that no message has claimed. */
export async function readUnclaimed(
  database: Database,
  before: number,
): Promise<Pick<Row, "id" | "conversation_id">[]> {
  const unclaimed = database.query
    .selectFrom("attachments")
    .select(["id", "conversation_id"])
    .where("claimed_at", "is", null)
    .where("created_at", "<", before);
  return unclaimed.execute();
}

/** Takes the rows of these files, unless a message has claimed them by now; returns which. */
export async function deleteUnclaimed(
  database: Database,
  ids: readonly string[],
): Promise<Pick<Row, "id" | "sha256">[]> {
  const gone: Pick<Row, "id" | "sha256">[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const unclaimed = database.query
      .deleteFrom("attachments")
      .where("claimed_at", "is", null)
      .where("id", "in", ids.slice(from, from + AT_ONCE));
    gone.push(...(await unclaimed.returning(["id", "sha256"]).execute()));
  }
  return gone;
}

export async function readAttachmentsOf(database: Database, conversationId: string): Promise<Row[]> {
  return database.query.selectFrom("attachments").selectAll().where("conversation_id", "=", conversationId).execute();
}

export async function deleteAttachment(database: Database, id: string): Promise<void> {
  await database.query.deleteFrom("attachments").where("id", "=", id).execute();
}
