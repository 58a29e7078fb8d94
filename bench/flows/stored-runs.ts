import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import type { Stored } from "../crowd.ts";

const RUN =
  "key, version, alias, title, status, node, conversation_id, session_id, record_id, scope, owner, starter_id, state, rev, steps, bound, released, due_at, fault, trace, started_at, updated_at, ended_at";
const WAIT = "branch, event_type, since, armed_at";
const NUMBERS = (count: number) => `WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < ${count})`;

/** So many runs like one that waits, each for an event of its own (`order-1`, …), in the store of a server that is down. */
export async function copyWaitingRun({ data, databaseUrl }: Stored, { id, count }: { id: string; count: number }) {
  const runs = `INSERT INTO flow_runs (id, ${RUN}) ${NUMBERS(count)} SELECT 'run-' || n, ${RUN} FROM flow_runs, g WHERE id = '${id}'`;
  const waits = `INSERT INTO flow_waits (run_id, event_key, ${WAIT}) ${NUMBERS(count)} SELECT 'run-' || n, 'order-' || n, ${WAIT} FROM flow_waits, g WHERE run_id = '${id}'`;
  if (databaseUrl) {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(runs);
    await client.query(waits);
    await client.end();
  } else {
    const store = new DatabaseSync(join(data, "clew.db"));
    store.exec(`${runs}; ${waits}`);
    store.close();
  }
}
