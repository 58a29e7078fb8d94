import { randomUUID } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";

export type Message = { line: number; id: string; text: string };
/** Stores messages in one commit; their numbers, each in its line. */
export type Store = (messages: readonly Message[]) => number[] | Promise<number[]>;

/** The same shape of table as the product's log, and nothing else. */
const TABLES = (position: string) => `
  CREATE TABLE counters (line INTEGER PRIMARY KEY, number INTEGER NOT NULL);
  CREATE TABLE events (
    position ${position}, conversation_id TEXT NOT NULL, number INTEGER NOT NULL,
    command_id TEXT, at BIGINT NOT NULL, body TEXT NOT NULL
  );
  CREATE UNIQUE INDEX events_by_number ON events (conversation_id, number);
  CREATE UNIQUE INDEX events_by_command ON events (command_id);
`;

const names = new Map<number, string>();

function nameOf(line: number): string {
  let name = names.get(line);
  if (!name) {
    name = randomUUID();
    names.set(line, name);
  }
  return name;
}

export function sqliteStore(file: string): Store {
  const store = new DatabaseSync(file);
  store.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=32000");
  store.exec(TABLES("INTEGER PRIMARY KEY AUTOINCREMENT"));
  const count = store.prepare(
    "INSERT INTO counters VALUES (?, 1) ON CONFLICT (line) DO UPDATE SET number = number + 1 RETURNING number",
  );
  const insert = store.prepare(
    "INSERT INTO events (conversation_id, number, command_id, at, body) VALUES (?, ?, ?, ?, ?)",
  );
  return (messages) => {
    store.exec("BEGIN IMMEDIATE");
    const numbers = messages.map((message) => {
      const { number } = count.get(message.line) as { number: number };
      insert.run(nameOf(message.line), number, message.id, Date.now(), JSON.stringify(message));
      return number;
    });
    store.exec("COMMIT");
    return numbers;
  };
}

/** One connection, statements over arrays, two round trips a commit: there is hardly less. */
export async function postgresStore(url: string): Promise<Store> {
  const client = new pg.Client({ connectionString: url, pipeline: true } as pg.ClientConfig);
  await client.connect();
  await client.query(TABLES("BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"));
  const ask = (name: string, text: string, ...values: unknown[][]) => client.query({ name, text, values });
  return async (messages) => {
    const counts = new Map<number, number>();
    for (const { line } of messages) counts.set(line, (counts.get(line) ?? 0) + 1);
    const [, counted] = await Promise.all([
      client.query("BEGIN"),
      ask(
        "count",
        "INSERT INTO counters SELECT * FROM unnest($1::int[], $2::int[]) ON CONFLICT (line) DO UPDATE SET number = counters.number + excluded.number RETURNING line, number",
        [...counts.keys()],
        [...counts.values()],
      ),
    ]);
    const next = new Map<number, number>();
    for (const { line, number } of counted.rows) next.set(line, number - (counts.get(line) ?? 0));
    const numbers = messages.map(({ line }) => {
      const number = (next.get(line) ?? 0) + 1;
      next.set(line, number);
      return number;
    });
    await Promise.all([
      ask(
        "insert",
        "INSERT INTO events (conversation_id, number, command_id, at, body) SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::bigint[], $5::text[])",
        messages.map(({ line }) => nameOf(line)),
        numbers,
        messages.map(({ id }) => id),
        messages.map(() => Date.now()),
        messages.map((message) => JSON.stringify(message)),
      ),
      client.query("COMMIT"),
    ]);
    return numbers;
  };
}
