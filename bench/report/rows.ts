import { DatabaseSync } from "node:sqlite";
import pg from "pg";

/** How many rows the log of a store holds. */
export type CountRows = () => Promise<number>;

const COUNT = "SELECT count(*) AS rows FROM events";

export function sqliteRows(file: string): CountRows {
  return async () => {
    const store = new DatabaseSync(file, { readOnly: true });
    const row = store.prepare(COUNT).get() as { rows: number };
    store.close();
    return row.rows;
  };
}

export function postgresRows(url: string): CountRows {
  return async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(COUNT);
    await client.end();
    return Number(rows[0].rows);
  };
}
