import type { Flow } from "@clew/contract/flows/definition";
import type { FlowDraft, FlowLock, FlowSummary, FlowVersion } from "@clew/contract/flows/versions";
import type { LiveFlow } from "@clew/domain/configuration";
import type { Query } from "../database/database.ts";
import { readAliases, watched } from "./aliases-store.ts";
import { titleOf } from "./library.ts";
import type { FlowTables } from "./tables.ts";

type VersionRow = FlowTables["flow_versions"];
export type StoredDraft = Omit<FlowDraft, "findings">;

export async function readDraft(query: Query, key: string): Promise<StoredDraft | null> {
  const row = await query.selectFrom("flow_drafts").selectAll().where("key", "=", key).executeTakeFirst();
  if (!row) return null;
  const { definition, revision, author, updated_at: updatedAt } = row;
  return { key, definition: JSON.parse(definition) as unknown, revision, author, updatedAt };
}

export async function writeDraft(query: Query, draft: StoredDraft): Promise<void> {
  const { key, definition, revision, author, updatedAt } = draft;
  const row = { definition: JSON.stringify(definition), revision, author, updated_at: updatedAt };
  await query
    .insertInto("flow_drafts")
    .values({ key, layout: null, ...row })
    .onConflict((conflict) => conflict.column("key").doUpdateSet(row))
    .execute();
}

export async function insertVersion(query: Query, version: FlowVersion): Promise<void> {
  await query
    .insertInto("flow_versions")
    .values({
      key: version.key,
      version: version.version,
      hash: version.hash,
      engine: version.engine,
      definition: JSON.stringify(version.definition),
      lock: JSON.stringify(version.lock),
      message: version.message,
      published_at: version.publishedAt,
      published_by: version.publishedBy,
      retired_at: version.retiredAt,
    })
    .execute();
}

export async function readVersions(query: Query, key: string): Promise<FlowVersion[]> {
  const rows = await query
    .selectFrom("flow_versions")
    .selectAll()
    .where("key", "=", key)
    .orderBy("version", "desc")
    .execute();
  return rows.map(toVersion);
}

export async function readFlowVersion(query: Query, key: string, version: number): Promise<FlowVersion | null> {
  const row = await query
    .selectFrom("flow_versions")
    .selectAll()
    .where("key", "=", key)
    .where("version", "=", version)
    .executeTakeFirst();
  return row ? toVersion(row) : null;
}

export async function retireVersion(query: Query, key: string, version: number, at: number): Promise<void> {
  await query
    .updateTable("flow_versions")
    .set({ retired_at: at })
    .where("key", "=", key)
    .where("version", "=", version)
    .execute();
}

export async function removeVersion(query: Query, key: string, version: number): Promise<void> {
  await query.deleteFrom("flow_versions").where("key", "=", key).where("version", "=", version).execute();
}

/** Versions of other flows that are bound to this one, as "key 3". */
export async function boundTo(query: Query, key: string, version: number): Promise<string[]> {
  const rows = await query
    .selectFrom("flow_versions")
    .select(["key", "version", "lock"])
    .where("lock", "like", `%${JSON.stringify(key)}%`)
    .execute();
  return rows
    .filter(({ lock }) => (JSON.parse(lock) as FlowLock)[key]?.version === version)
    .map((row) => `${row.key} ${row.version}`);
}

/** How many runs wait on each node of a version. */
export async function waitingByNode(
  query: Query,
  key: string,
): Promise<{ version: number; node: string; count: number }[]> {
  const rows = await query
    .selectFrom("flow_runs")
    .select((select) => ["version", "node", select.fn.countAll<number>().as("count")])
    .where("key", "=", key)
    .where("status", "in", ["running", "waiting"])
    .groupBy(["version", "node"])
    .execute();
  return rows.map(({ version, node, count }) => ({ version, node, count: Number(count) }));
}

/** Every flow with where it stands. */
export async function readSummaries(query: Query): Promise<FlowSummary[]> {
  const [drafts, aliases, versions, runs] = [
    await query.selectFrom("flow_drafts").selectAll().orderBy("key").execute(),
    await readAliases(query),
    await query
      .selectFrom("flow_versions")
      .select((select) => ["key", select.fn.max("version").as("latest")])
      .groupBy("key")
      .execute(),
    await query
      .selectFrom("flow_runs")
      .select((select) => ["key", "status", select.fn.countAll<number>().as("count")])
      .where("status", "in", ["running", "waiting", "faulted"])
      .groupBy(["key", "status"])
      .execute(),
  ];
  const latest = new Map(versions.map(({ key, latest: number }) => [key, Number(number)]));
  const named = (key: string, name: string) => aliases.find((one) => one.key === key && one.alias === name) ?? null;
  const count = (key: string, statuses: readonly string[]) =>
    runs
      .filter((one) => one.key === key && statuses.includes(one.status))
      .reduce((sum, one) => sum + Number(one.count), 0);
  const summaries: FlowSummary[] = [];
  for (const { key, definition, revision } of drafts) {
    const flow = JSON.parse(definition) as Partial<Flow>;
    const newest = latest.get(key) ?? null;
    const published = newest === null ? null : await readFlowVersion(query, key, newest);
    summaries.push({
      key,
      kind: flow.kind ?? "background",
      audience: flow.audience ?? null,
      title: titleOf({ key, ...(flow.title === undefined ? {} : { title: flow.title }) }),
      // A draft may be broken anywhere.
      tags: Array.isArray(flow.tags) ? [...new Set(flow.tags.filter((tag) => typeof tag === "string"))] : [],
      live: named(key, "live")?.version ?? null,
      test: named(key, "test")?.version ?? null,
      latest: newest,
      canary: await watched(query, named(key, "live")),
      draftRevision: revision,
      draftDiffers: published === null || JSON.stringify(published.definition) !== definition,
      waitingRuns: count(key, ["running", "waiting"]),
      faultedRuns: count(key, ["faulted"]),
    });
  }
  return summaries;
}

/** The live flows that something starts, as the rules of conversations know them, in the order in which they are asked. */
export async function readLiveFlows(query: Query): Promise<LiveFlow[]> {
  const rows = await query
    .selectFrom("flow_aliases")
    .innerJoin("flow_versions", (join) =>
      join
        .onRef("flow_versions.key", "=", "flow_aliases.key")
        .onRef("flow_versions.version", "=", "flow_aliases.version"),
    )
    .select(["flow_versions.key", "flow_versions.version", "flow_versions.definition"])
    .where("flow_aliases.alias", "=", "live")
    .execute();
  return rows
    .map(({ version, definition }) => ({ version, flow: JSON.parse(definition) as Flow }))
    .filter(({ flow }) => flow.trigger && flow.trigger.on !== "none")
    .sort(
      (a, b) => (a.flow.trigger?.order ?? 100) - (b.flow.trigger?.order ?? 100) || (a.flow.key < b.flow.key ? -1 : 1),
    )
    .map(({ version, flow }) => ({
      key: flow.key,
      version,
      kind: flow.kind,
      title: titleOf(flow),
      trigger: { on: flow.trigger?.on ?? "none", channels: flow.trigger?.channels ?? null },
    }));
}

function toVersion(row: VersionRow): FlowVersion {
  return {
    key: row.key,
    version: row.version,
    hash: row.hash,
    engine: "flow/1",
    definition: JSON.parse(row.definition) as unknown,
    lock: JSON.parse(row.lock) as FlowLock,
    message: row.message,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
    retiredAt: row.retired_at,
  };
}
