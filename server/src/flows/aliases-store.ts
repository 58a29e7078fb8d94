import type { FlowAlias, WatchedCanary } from "@clew/contract/flows/versions";
import type { Query } from "../database/database.ts";

export async function readAliases(query: Query, key?: string): Promise<FlowAlias[]> {
  let select = query.selectFrom("flow_aliases").selectAll();
  if (key !== undefined) select = select.where("key", "=", key);
  return (await select.execute()).map(({ canary, ...row }) => ({
    ...row,
    alias: row.alias === "live" ? "live" : "test",
    canary: canary === null ? null : (JSON.parse(canary) as FlowAlias["canary"]),
  }));
}

export async function readLive(query: Query, key: string): Promise<FlowAlias | null> {
  return (await readAliases(query, key)).find(({ alias }) => alias === "live") ?? null;
}

export async function writeAlias(query: Query, { key, alias, version, canary }: FlowAlias): Promise<void> {
  const row = { version, canary: canary && JSON.stringify(canary) };
  await query
    .insertInto("flow_aliases")
    .values({ key, alias, ...row })
    .onConflict((conflict) => conflict.columns(["key", "alias"]).doUpdateSet(row))
    .execute();
}

export async function removeAlias(query: Query, key: string, alias: string): Promise<void> {
  await query.deleteFrom("flow_aliases").where("key", "=", key).where("alias", "=", alias).execute();
}

/** The canary of a live name with the runs that it has begun, and those of them that stand at a fault. */
export async function watched(query: Query, live: FlowAlias | null): Promise<WatchedCanary | null> {
  if (!live?.canary) return null;
  const { version, since } = live.canary;
  const rows = await query
    .selectFrom("flow_runs")
    .select((select) => ["status", select.fn.countAll<number>().as("count")])
    .where("key", "=", live.key)
    .where("version", "=", version)
    .where("alias", "=", "live")
    .where("started_at", ">=", since)
    .groupBy("status")
    .execute();
  const started = rows.reduce((sum, { count }) => sum + Number(count), 0);
  const faulted = rows.find(({ status }) => status === "faulted");
  return { ...live.canary, started, faulted: Number(faulted?.count ?? 0) };
}
