import type { FlowLock } from "@clew/contract/flows/versions";
import type { Query } from "../database/database.ts";
import { readAliases } from "./aliases-store.ts";

/** A definition that may run, or become one that does. `draft`: nobody has published it yet. */
export type UsedFlow = { key: string; definition: unknown; draft: boolean };

/** Versions that have a name or a canary, those of runs that are not over, all that these are bound to; then drafts. */
export async function readUsedFlows(query: Query): Promise<UsedFlow[]> {
  const rows = await query.selectFrom("flow_versions").select(["key", "version", "definition", "lock"]).execute();
  const running = await query
    .selectFrom("flow_runs")
    .select(["key", "version"])
    .distinct()
    .where("status", "in", ["running", "waiting"])
    .execute();
  const named = (await readAliases(query)).flatMap(({ key, version, canary }) => [
    { key, version },
    ...(canary ? [{ key, version: canary.version }] : []),
  ]);
  const used = new Map<string, UsedFlow>();
  // What is found is looked through in its turn: a lock may lead to the next.
  const wanted = [...named, ...running];
  for (const { key, version } of wanted) {
    const name = `${key} ${version}`;
    const row = used.has(name) ? null : rows.find((one) => one.key === key && one.version === version);
    if (!row) continue;
    used.set(name, { key, definition: JSON.parse(row.definition) as unknown, draft: false });
    const lock = Object.entries(JSON.parse(row.lock) as FlowLock);
    wanted.push(...lock.map(([called, bound]) => ({ key: called, version: bound.version })));
  }
  const drafts = await query.selectFrom("flow_drafts").select(["key", "definition"]).orderBy("key").execute();
  return [
    ...used.values(),
    ...drafts.map(({ key, definition }) => ({ key, definition: JSON.parse(definition) as unknown, draft: true })),
  ];
}
