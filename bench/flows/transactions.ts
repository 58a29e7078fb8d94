import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { Stored } from "../crowd.ts";

/** What a server is started with, so that its transactions can be counted. */
export const COUNTED = ["--import", join(import.meta.dirname, "count-commits.ts")];

/** How many transactions have written into the store so far. */
export async function transactionsOf({ data, databaseUrl }: Stored): Promise<number> {
  if (!databaseUrl) return Number(readFileSync(join(data, "commits"), "utf8"));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  // Only a transaction that writes takes a number.
  const { rows } = await client.query<{ next: string }>("SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next");
  await client.end();
  return Number(rows[0]?.next);
}
