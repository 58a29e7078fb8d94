import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Raw } from "./database.ts";

const FOLDER = join(import.meta.dirname, "../../migrations");

/** What differs between the engines in migration files. */
const TOKENS = {
  sqlite: {
    "{{serial}}": "INTEGER PRIMARY KEY AUTOINCREMENT",
    "{{bytes}}": "BLOB",
    "{{record email}}": `json_extract(fields, '$."email"')`,
  },
  postgres: {
    "{{serial}}": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    "{{bytes}}": "BYTEA",
    "{{record email}}": "(fields::json ->> 'email')",
  },
} as const;

export type Engine = keyof typeof TOKENS;
type Migration = { name: string; statements: string[] };

/** The migrations in order, for one engine. Forward only; a file that was released is never changed. */
export function migrations(engine: Engine, folder = FOLDER): Migration[] {
  const files = readdirSync(folder).filter((name) => /^\d{4}-.+\.sql$/.test(name));
  return files.sort().map((name) => {
    let sql = readFileSync(join(folder, name), "utf8").replace(/--.*$/gm, "");
    for (const [token, text] of Object.entries(TOKENS[engine])) sql = sql.replaceAll(token, text);
    return {
      name,
      statements: sql
        .split(";")
        .map((part) => part.trim())
        .filter(Boolean),
    };
  });
}

type Target = { raw: Raw; rawTransaction<T>(work: (raw: Raw) => Promise<T> | T): Promise<T> };

/** Applies what is missing, each file in one transaction. Two servers starting at once: the second waits, then skips. */
export async function migrate(target: Target, engine: Engine): Promise<string[]> {
  const applied: string[] = [];
  await target.rawTransaction(async (raw) => {
    if (engine === "postgres") await raw.run("SELECT pg_advisory_xact_lock(5044270411)");
    await raw.run("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)");
    const known = new Set((await raw.all<{ name: string }>("SELECT name FROM migrations")).map((row) => row.name));
    for (const { name, statements } of migrations(engine)) {
      if (known.has(name)) continue;
      for (const statement of statements) await raw.run(statement);
      await raw.run("INSERT INTO migrations (name, applied_at) VALUES (?, 0)", [name]);
      applied.push(name);
    }
  });
  return applied;
}
