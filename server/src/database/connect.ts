import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Kysely } from "kysely";
import type { Database, Raw } from "./database.ts";
import { migrate } from "./migrate.ts";
import { openPostgres } from "./postgres.ts";
import { openSqlite } from "./sqlite.ts";
import type { Tables } from "./tables.ts";

/** Where the store is: a PostgreSQL address, or a folder for the SQLite file `clew.db`. */
export type Place = { url: string } | { folder: string };

/** Opens the store, brings its schema up to date and reads its epoch. */
export async function connect(place: Place): Promise<Database> {
  const engine = "url" in place ? "postgres" : "sqlite";
  const opened = "url" in place ? openPostgres(place.url) : openSqlite(inFolder(place.folder));
  await migrate(opened, engine);
  const query = opened.query as unknown as Kysely<Tables>;
  const database: Database = {
    engine,
    epoch: await epochOf(opened),
    query,
    raw: opened.raw,
    transaction: (work) => query.transaction().execute(work),
    rawTransaction: opened.rawTransaction,
    close: opened.close,
    ...("listener" in opened ? { listener: opened.listener as NonNullable<Database["listener"]> } : {}),
  };
  return database;
}

function inFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return join(folder, "clew.db");
}

async function epochOf(opened: { rawTransaction<T>(work: (raw: Raw) => Promise<T>): Promise<T> }): Promise<string> {
  return opened.rawTransaction(async (raw) => {
    await raw.run("INSERT INTO meta (key, value) VALUES ('epoch', ?) ON CONFLICT (key) DO NOTHING", [randomUUID()]);
    const [row] = await raw.all<{ value: string }>("SELECT value FROM meta WHERE key = 'epoch'");
    if (!row) throw new Error("the store has no epoch");
    return row.value;
  });
}
