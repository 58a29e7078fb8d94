import type { Database } from "../database/database.ts";
import type { AttachmentTables } from "./tables.ts";

export type UploadRow = AttachmentTables["uploads"];

export async function readUploadRow(database: Database, id: string): Promise<UploadRow | undefined> {
  return database.query.selectFrom("uploads").selectAll().where("id", "=", id).executeTakeFirst();
}

/** The row of that id: this one, or the one that was there. */
export async function insertUpload(database: Database, row: UploadRow): Promise<UploadRow> {
  await database.query
    .insertInto("uploads")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await readUploadRow(database, row.id)) ?? row;
}

export async function touchUpload(database: Database, id: string, now: number): Promise<void> {
  await database.query.updateTable("uploads").set({ touched_at: now }).where("id", "=", id).execute();
}

export async function deleteUpload(database: Database, id: string): Promise<void> {
  await database.query.deleteFrom("uploads").where("id", "=", id).execute();
}

export async function countUploads(database: Database, uploader: string): Promise<number> {
  const counted = database.query
    .selectFrom("uploads")
    .select((all) => all.fn.countAll<number>().as("count"))
    .where("uploader", "=", uploader);
  return Number((await counted.executeTakeFirstOrThrow()).count);
}

export async function uploadsOf(database: Database, conversationId: string): Promise<UploadRow[]> {
  return database.query.selectFrom("uploads").selectAll().where("conversation_id", "=", conversationId).execute();
}

/** Uploads that nobody went on with since `before`. */
export async function uploadsLeft(database: Database, before: number): Promise<UploadRow[]> {
  return database.query.selectFrom("uploads").selectAll().where("touched_at", "<", before).execute();
}
