import { sql } from "kysely";
import type { Query } from "../database/database.ts";
import { Refused } from "../problems/refused.ts";
import type { SettingsTable, SettingsTableName } from "./tables.ts";

/** A configured thing as the contract shows it: its settings with `id` and `revision`. */
export type Stored<Settings = object> = Settings & { id: string; revision: number };

/** The tables have one shape, so one query text serves all; Kysely wants to know a single name. */
const named = (table: SettingsTableName) => table as "queues";

/** All of one kind, by name. */
export async function readAll<Item extends Stored>(query: Query, table: SettingsTableName): Promise<Item[]> {
  const rows = await query.selectFrom(named(table)).selectAll().orderBy("unique_name").execute();
  return rows.map((row) => toStored<Item>(row));
}

/** One by id, or null. */
export async function readOne<Item extends Stored>(
  query: Query,
  table: SettingsTableName,
  id: string,
): Promise<Item | null> {
  const row = await query.selectFrom(named(table)).selectAll().where("id", "=", id).executeTakeFirst();
  return row ? toStored<Item>(row) : null;
}

/** One by its unique name, in any case, or null. */
export async function readByName<Item extends Stored>(
  query: Query,
  table: SettingsTableName,
  name: string,
): Promise<Item | null> {
  const row = await query
    .selectFrom(named(table))
    .selectAll()
    .where("unique_name", "=", uniqueName(name))
    .executeTakeFirst();
  return row ? toStored<Item>(row) : null;
}

/** Which of these ids there are none of, in the order given. */
export async function findMissing(query: Query, table: SettingsTableName, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await query
    .selectFrom(named(table))
    .select("id")
    .where("id", "in", [...new Set(ids)])
    .execute();
  const known = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !known.has(id));
}

export type NewSettings = { id: string; name: string; settings: object; now: number };

export async function insertSettings(query: Query, table: SettingsTableName, item: NewSettings): Promise<void> {
  const { id, name, settings, now } = item;
  await query
    .insertInto(named(table))
    .values({
      id,
      unique_name: uniqueName(name),
      settings: JSON.stringify(settings),
      revision: 1,
      created_at: now,
      updated_at: now,
    })
    .execute();
}

/** Replaces the settings that had this revision. @throws Refused `conflict` when the store holds another one. */
export async function replaceSettings(
  query: Query,
  table: SettingsTableName,
  item: NewSettings & { revision: number },
): Promise<void> {
  const { id, name, settings, now, revision } = item;
  const { numUpdatedRows } = await query
    .updateTable(named(table))
    .set({
      unique_name: uniqueName(name),
      settings: JSON.stringify(settings),
      revision: revision + 1,
      updated_at: now,
    })
    .where("id", "=", id)
    .where("revision", "=", revision)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new Refused("conflict", { detail: `Revision ${revision} is no longer the newest.` });
}

export async function deleteSettings(query: Query, table: SettingsTableName, id: string): Promise<void> {
  await query.deleteFrom(named(table)).where("id", "=", id).execute();
}

/** The number of changes committed so far. */
export async function readVersion(query: Query): Promise<number> {
  const row = await query.selectFrom("configuration_version").select("version").executeTakeFirstOrThrow();
  return row.version;
}

/**
 * Takes the place in the line of changes, on PostgreSQL by its row lock, on SQLite by the one writer's turn. Returns the
 * version that this change makes.
 */
export async function raiseVersion(query: Query): Promise<number> {
  await query.updateTable("configuration_version").set({ version: sql<number>`version + 1` }).execute();
  return readVersion(query);
}

export function uniqueName(name: string): string {
  return name.normalize("NFC").trim().toLowerCase();
}

function toStored<Item extends Stored>(row: SettingsTable): Item {
  return { id: row.id, ...JSON.parse(row.settings), revision: row.revision } as Item;
}
