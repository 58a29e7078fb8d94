import { type FlowHealth, HEALTH_SPAN_MS, LONG_MS, MOST_HEALTH_ROWS, MOST_WAITS } from "@clew/contract/flows/health";
import type { Database, Raw } from "../database/database.ts";

/** How flows are doing now; of one flow where its key is given. What is late is late for all of them. */
export type HealthOf = (now: number, key: string | null) => Promise<FlowHealth>;

/*
 * Each of these is answered from an index alone: rows of runs are large, for they hold what runs know. Grouping 50,000
 * waiting runs takes SQLite 14 ms from their index on disk, 520 ms from the rows. An index of states and times that has
 * keys and nodes at its end would cost less to write (1 instead of 6 µs a step of a run) and five times as much to read.
 */
const STANDING = (one: string) =>
  `SELECT key, status, node, COUNT(*) AS runs, SUM(CASE WHEN updated_at <= ? THEN 1 ELSE 0 END) AS long, MIN(updated_at) AS oldest FROM flow_runs WHERE status IN ('running', 'waiting', 'faulted')${one} GROUP BY key, status, node`;
/** Not of one flow: for that SQLite would choose the index of versions and read the rows. */
const ENDED =
  "SELECT key, version, CASE WHEN status = 'faulted' THEN node END AS node, COUNT(*) AS runs FROM flow_runs WHERE ended_at >= ? GROUP BY key, version, CASE WHEN status = 'faulted' THEN node END";
const WAITS =
  "SELECT type, total AS events, waited AS median, longest FROM (SELECT type, waited, ROW_NUMBER() OVER (PARTITION BY type ORDER BY waited) AS place, COUNT(*) OVER (PARTITION BY type) AS total, MAX(waited) OVER (PARTITION BY type) AS longest FROM (SELECT type, waited FROM flow_events WHERE waited IS NOT NULL AND at >= ? ORDER BY at DESC LIMIT ?) AS latest) AS placed WHERE place = (total + 1) / 2 ORDER BY total DESC, type LIMIT ?";
const OUTBOX = "SELECT COUNT(*) AS due, MIN(due_at) AS oldest FROM effects WHERE done_at IS NULL AND due_at <= ?";
const RUNS = "SELECT COUNT(*) AS due, MIN(due_at) AS oldest FROM flow_runs WHERE due_at IS NOT NULL AND due_at <= ?";

export function healthOf({ raw }: Pick<Database, "raw">): HealthOf {
  return async (now, key) => {
    const one = key === null ? "" : " AND key = ?";
    const named = key === null ? [] : [key];
    const since = now - HEALTH_SPAN_MS;
    const [standing, ended, waits, outbox, runs] = await Promise.all([
      raw.all<StandingRow>(STANDING(one), [now - LONG_MS, ...named]),
      raw.all<Ended>(ENDED, [since]),
      raw.all<Wait>(WAITS, [since, MOST_WAITS, MOST_HEALTH_ROWS]),
      backlog(raw, OUTBOX, now),
      backlog(raw, RUNS, now),
    ]);
    return {
      at: now,
      ...standingOf(standing),
      faults: faultsIn(key === null ? ended : ended.filter((row) => row.key === key)),
      waits: waits.map(({ type, events, median, longest }) => ({
        ...{ type, events: Number(events), median: Number(median), longest: Number(longest) },
      })),
      outbox,
      runs,
    };
  };
}

/** PostgreSQL counts in numbers larger than JavaScript's, which come as text. */
type Count = number | string;
type Standing = FlowHealth["standing"][number];
type StandingRow = { runs: Count; long: Count; oldest: Count } & Pick<Standing, "key" | "status" | "node">;
/** `node` is that of a fault; null: those that ended otherwise. */
type Ended = { key: string; version: number; node: string | null; runs: Count };
type Wait = { type: string; events: Count; median: Count; longest: Count };

/** Where runs stand, those first where most stand long. */
function standingOf(rows: readonly StandingRow[]): Pick<FlowHealth, "standing" | "totals"> {
  const all = rows.map(
    ({ key, status, node, runs, long, oldest }): Standing => ({
      ...{ key, status, node },
      ...{ runs: Number(runs), long: Number(long), oldest: Number(oldest) },
    }),
  );
  const sum = (of: readonly Standing[], what: "runs" | "long") => of.reduce((count, one) => count + one[what], 0);
  const working = all.filter(({ status }) => status !== "faulted");
  const faulted = all.filter(({ status }) => status === "faulted");
  return {
    totals: { working: sum(working, "runs"), long: sum(working, "long"), faulted: sum(faulted, "runs") },
    standing: all.sort((a, b) => b.long - a.long || b.runs - a.runs || a.oldest - b.oldest).slice(0, MOST_HEALTH_ROWS),
  };
}

/** Where runs stopped with a fault, beside all that ended of the same version; the most frequent first. */
function faultsIn(ended: readonly Ended[]): FlowHealth["faults"] {
  const ofVersion = Map.groupBy(ended, ({ key, version }) => `${key} ${version}`);
  const faults = [...ofVersion.values()].flatMap((rows) => {
    const all = rows.reduce((sum, { runs }) => sum + Number(runs), 0);
    return rows.flatMap(({ key, version, node, runs }) =>
      node === null ? [] : [{ flow: { key, version }, node, faulted: Number(runs), ended: all }],
    );
  });
  return faults.sort((a, b) => b.faulted - a.faulted || (a.node < b.node ? -1 : 1)).slice(0, MOST_HEALTH_ROWS);
}

async function backlog(raw: Raw, sql: string, now: number): Promise<FlowHealth["outbox"]> {
  const [row] = await raw.all<{ due: Count; oldest: Count | null }>(sql, [now]);
  return {
    due: Number(row?.due ?? 0),
    oldest: row?.oldest === undefined || row.oldest === null ? null : Number(row.oldest),
  };
}
