import { DatabaseSync } from "node:sqlite";
import type { ConversationEvent } from "@clew/contract/events";
import pg from "pg";

/** Conversations with their events as the store has them, in the order of their numbers. */
export type Log = Map<string, ConversationEvent[]>;

type Row = { conversation_id: string; number: number | string; body: string };
const READ = "SELECT conversation_id, number, body FROM events ORDER BY conversation_id, number, position";

export function readSqliteLog(file: string): Log {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare(READ).all() as Row[];
  database.close();
  return logOf(rows);
}

export async function readPostgresLog(url: string): Promise<Log> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Row>(READ);
  await client.end();
  return logOf(rows);
}

/** The number of a row is the one that counts; the body only repeats it. */
function logOf(rows: readonly Row[]): Log {
  const log: Log = new Map();
  for (const { conversation_id, number, body } of rows) {
    const event = { ...(JSON.parse(body) as ConversationEvent), number: Number(number) };
    const events = log.get(conversation_id);
    if (events) events.push(event);
    else log.set(conversation_id, [event]);
  }
  return log;
}
