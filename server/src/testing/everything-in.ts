import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { connect, type Place } from "../database/connect.ts";
import type { Database } from "../database/database.ts";
import { flowsKey } from "../flows/sealing-key.ts";
import { unseal } from "../identity/sealed.ts";

/** Everything that the store holds, as one text; with a key what is sealed with it is opened. */
export async function everythingIn(database: Database, key: Uint8Array | null = null): Promise<string> {
  const names =
    database.engine === "sqlite"
      ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
      : "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'";
  const tables = await database.raw.all<{ name: string }>(names);
  const rows = await Promise.all(tables.map(({ name }) => database.raw.all(`SELECT * FROM ${name}`)));
  return JSON.stringify(rows, (_name, value: unknown) =>
    key && typeof value === "string" ? opened(key, value) : value,
  );
}

/** The same of a store that a server is using. */
export async function everythingAt(place: Place, key: Uint8Array | null = null): Promise<string> {
  const database = await connect(place);
  return everythingIn(database, key).finally(() => database.close());
}

/** The key with which a test's server seals what customers told. */
export async function sealingKeyIn(folder: string): Promise<Uint8Array> {
  return flowsKey((await readFile(join(folder, "secret"), "utf8")).trim());
}

function opened(key: Uint8Array, text: string): string {
  if (!/^[A-Za-z0-9+/]{38,}={0,2}$/.test(text)) return text;
  try {
    return unseal(key, text);
  } catch {
    // Not sealed, or with another key: as it is.
    return text;
  }
}
