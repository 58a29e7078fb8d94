import type { RunHindrance, RunMigration, RunSummary } from "@clew/contract/flows/runs";
import type { Destination, Given } from "@clew/domain/flows/engine/given";
import { frameMoves } from "@clew/domain/flows/engine/moving";
import type { Run } from "@clew/domain/flows/engine/run";
import { flowDiff } from "@clew/domain/flows/format/diff";
import { hindrances } from "@clew/domain/flows/migration/hindrances";
import { addAudit } from "../audit/store.ts";
import type { Clock, Ids } from "../clock.ts";
import { keyOf } from "../configuration/change.ts";
import type { Database, Raw } from "../database/database.ts";
import type { Caller } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { readAliases } from "./aliases-store.ts";
import type { FlowDoor } from "./door.ts";
import type { FlowLibrary } from "./library.ts";
import { type RunsReads, summaryOf } from "./runs-reads.ts";
import type { RunRow } from "./runs-store.ts";
import { readFlowVersion } from "./versions-store.ts";

type Parts = {
  database: Database;
  flows: FlowDoor;
  reads: RunsReads;
  library: FlowLibrary;
  clock: Clock;
  ids: Ids;
  given: Omit<Given, "now" | "newId" | "flow" | "locked">;
};
type Asked = { row: RunRow; run: Run; to: Destination; retired: boolean };
export type Migrations = ReturnType<typeof createMigrations>;

/** Waiting runs that go on in another version of their flow: what that would be, and doing it. */
export function createMigrations({ database, flows, reads, library, clock, ids, given }: Parts) {
  const asked = (): Given => ({
    ...given,
    now: clock.now(),
    newId: () => ids.next(),
    flow: (key, version) => library.flow(key, version),
    locked: (key, version, called) => library.locked(key, version, called),
  });

  /** Another process may have published it a moment ago. Null: there is no such version. */
  async function known(key: string, version: number): Promise<{ retired: boolean } | null> {
    if (!library.flow(key, version)) await library.reload();
    const found = await readFlowVersion(database.query, key, version);
    return found && { retired: found.retiredAt !== null };
  }

  /** As the store has it: who is told of a new version asks at once. */
  async function named({ key, alias }: RunRow): Promise<number | null> {
    const names = await readAliases(database.query, key);
    return names.find((one) => one.alias === (alias === "test" ? "test" : "live"))?.version ?? null;
  }

  /** Everything that is in the way; the rule of the engine, and that nothing begins in a retired version. */
  function inTheWay({ row, run, to, retired }: Asked): RunHindrance[] {
    const message = `version ${to.version} is retired`;
    const old: RunHindrance[] = retired ? [{ code: "retired", flow: row.key, message }] : [];
    return [...old, ...hindrances(run, to, asked())];
  }

  return {
    /** `version` null: the one that goes by the name under which the run was started. */
    async preview(row: RunRow, version: number | null): Promise<RunMigration> {
      const wanted = version ?? (await named(row));
      if (wanted === null || wanted === row.version) return { version: null, flows: [], hindrances: [] };
      const found = await known(row.key, wanted);
      if (!found) throw new Refused("not-found", { field: "/version" });
      const run = reads.run(row);
      const to = destinationOf(row, run, { version: wanted, library, now: clock.now() });
      const moves = frameMoves(run, to, asked()) ?? rootOnly(row, wanted);
      const changed = moves.filter(({ frame, version: next }) => frame.version !== next);
      return {
        version: wanted,
        flows: changed.map(({ frame, from, to: other, version: next }) => ({
          key: frame.key,
          from: frame.version,
          to: next,
          differences: flowDiff(from, other),
        })),
        hindrances: inTheWay({ row, run, to, ...found }),
      };
    },

    /** Refused with the first hindrance; asked for again under the run's lock, for it may have gone on meanwhile. */
    async migrate(row: RunRow, version: number, caller: Caller): Promise<RunSummary> {
      const found = await known(row.key, version);
      if (!found) throw new Refused("not-found", { field: "/version" });
      const result = await flows.migrate(row.id, async (raw, run, now) => {
        if (now.version === version) throw new Refused("conflict", { detail: `the run is in version ${version}` });
        const to = destinationOf(now, run, { version, library, now: clock.now() });
        const [first] = inTheWay({ row: now, run, to, ...found });
        if (first) throw new Refused("conflict", { reason: first.code, detail: first.message });
        await audit(raw, { row: now, version, caller });
        return to;
      });
      if (!result.row) throw new Refused("not-found");
      return summaryOf(result.row);
    },
  };

  /** The run's own flow, where a subflow that it is in has no place in the other version. */
  function rootOnly({ key, version }: RunRow, wanted: number) {
    const [from, to] = [library.flow(key, version), library.flow(key, wanted)];
    return from && to ? [{ frame: { key, version }, from, to, version: wanted }] : [];
  }

  async function audit(raw: Raw, { row, version, caller }: { row: RunRow; version: number; caller: Caller }) {
    await addAudit(raw, {
      ...{ id: ids.next(), at: clock.now(), action: "migrate", noun: "run", nounId: row.id },
      agentId: caller.who === "staff" ? caller.agentId : null,
      change: { name: row.title, flow: row.key, from: row.version, to: version, ...keyOf(caller) },
    });
  }
}

/** Flows that the other version binds when a run starts are bound now, as they would have been. */
function destinationOf(
  row: RunRow,
  run: Run,
  { version, library, now }: { version: number; library: FlowLibrary; now: number },
): Destination {
  const flow = library.flow(row.key, version);
  const subject = row.conversation_id ?? row.record_id ?? row.id;
  const resolved: Record<string, number> = {};
  for (const node of Object.values(flow?.nodes ?? {})) {
    if (node.type !== "subflow" || node.bind !== "active-at-start" || Object.hasOwn(run.resolved, node.flow)) continue;
    const bound = library.versionFor(node.flow, subject, now);
    if (bound !== null) resolved[node.flow] = bound;
  }
  return { version, since: row.updated_at, resolved };
}
