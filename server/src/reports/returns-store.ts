import type { ReturnCount } from "@clew/contract/reports";
import type { Batch } from "../database/batch.ts";
import type { Query, Raw } from "../database/database.ts";
import { DAY_MS, type Return } from "./returns.ts";

const COUNTED = {
  table: "returns",
  columns: { day: "integer", channel_id: "text", way: "text", outcome: "text", because: "text", count: "bigint" },
  conflict: "ON CONFLICT (day, channel_id, way, outcome, because) DO UPDATE SET count = returns.count + excluded.count",
} as const;

/**
 * Adds to the counts, within the transaction of what is counted. Rows come once each and in one order, so that two
 * transactions never wait for each other.
 */
export async function countReturns(raw: Raw, batch: Batch, returns: readonly Return[]): Promise<void> {
  const rows = new Map<string, [number, string, string, string, string, number]>();
  for (const { at, channelId, way, outcome, because } of returns) {
    const row = [Math.floor(at / DAY_MS), channelId, way, outcome, because ?? ""] as const;
    const key = row.join(" ");
    rows.set(key, [...row, (rows.get(key)?.[5] ?? 0) + 1]);
  }
  const sorted = [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  await batch.insert(raw, COUNTED, sorted);
}

/** The counts of `since`, a day, and all days after it, added up. */
export async function readReturns(query: Query, since: number): Promise<ReturnCount[]> {
  const rows = await query
    .selectFrom("returns")
    .select(["channel_id", "way", "outcome", "because"])
    .select(({ fn }) => fn.sum<number | string>("count").as("total"))
    .where("day", ">=", since)
    .groupBy(["channel_id", "way", "outcome", "because"])
    .orderBy("channel_id")
    .orderBy("outcome")
    .orderBy("because")
    .orderBy("way")
    .execute();
  return rows.map((row) => ({
    channelId: row.channel_id,
    way: row.way,
    outcome: row.outcome,
    because: (row.because || null) as ReturnCount["because"],
    count: Number(row.total),
  }));
}
