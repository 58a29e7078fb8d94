import type { Flow } from "@clew/contract/flows/definition";
import type { Finding } from "@clew/contract/flows/lint";
import type { ReplayReport } from "@clew/contract/flows/runs";
import type { Given, Input } from "@clew/domain/flows/engine/given";
import { type Parting, parting, type Recorded } from "@clew/domain/flows/engine/replay";
import type { Run } from "@clew/domain/flows/engine/run";
import { isPublishable } from "@clew/domain/flows/lint/lint";
import type { Database } from "../database/database.ts";
import type { Handlers } from "../http/handlers.ts";
import { unseal } from "../identity/sealed.ts";
import { Refused } from "../problems/refused.ts";
import type { FlowLibrary } from "./library.ts";
import { summaryOf } from "./runs-reads.ts";
import type { RunRow, RunsStore } from "./runs-store.ts";
import { readDraft } from "./versions-store.ts";

type Parts = {
  database: Database;
  store: RunsStore;
  library: FlowLibrary;
  /** Unseals what was recorded. */
  key: Uint8Array;
  given: Omit<Given, "now" | "newId" | "flow" | "locked">;
  findings(definition: unknown): Promise<Finding[]>;
};

/** The version that a definition under trial goes by: published ones begin at 1. */
const ON_TRIAL = 0;

/** Recorded runs of a flow played on another definition of it: what would now go another way. Nothing is done by it. */
export function replayHandlers({ database, store, library, key: seal, given, findings }: Parts): Handlers {
  const { raw, query } = database;

  async function definitionFor(key: string, asked: unknown): Promise<Flow> {
    const definition = asked ?? (await readDraft(query, key))?.definition;
    if (!definition) throw new Refused("not-found");
    const found = await findings(definition);
    const wrong = found.find(({ severity }) => severity === "error");
    if (wrong && !isPublishable(found))
      throw new Refused("setting-refused", { field: wrong.path, detail: wrong.message, reason: wrong.code });
    const flow = definition as Flow;
    if (flow.key !== key) throw new Refused("invalid", { field: "/definition/key", detail: `the key is ${key}` });
    return flow;
  }

  async function recordedRun(id: string): Promise<Recorded | null> {
    const rows = await store.recorded(raw, id);
    const [first, ...rest] = rows;
    if (first?.seq !== 0) return null;
    const inputs = rest.map(({ at, input }) => ({ at, input: JSON.parse(unseal(seal, input)) as Input }));
    return { start: JSON.parse(unseal(seal, first.input)) as Run, inputs };
  }

  /** Where a run would part from its way, were it to run on `flow`. */
  async function played(row: RunRow, flow: Flow): Promise<{ differs: Parting | null } | null> {
    const recorded = await recordedRun(row.id);
    // A run may have been moved since: it began by the version of its first state.
    const version = recorded?.start.frames[0]?.version ?? row.version;
    const before = library.flow(row.key, version);
    if (!recorded || !before) return null;
    const of = library.flow.bind(library);
    const known = { ...given, flow: of, locked: library.locked.bind(library) };
    const trial: typeof known = {
      ...known,
      flow: (key, version) => (key === flow.key && version === ON_TRIAL ? flow : of(key, version)),
      locked: (key, version, called) =>
        key === flow.key && version === ON_TRIAL ? library.named(called, "live") : library.locked(key, version, called),
    };
    const differs = parting(
      recorded,
      { flow: before, version, given: known },
      { flow, version: ON_TRIAL, given: trial },
    );
    return { differs };
  }

  return {
    async replayFlow({ params, body }): Promise<ReplayReport> {
      const key = params.key ?? "";
      const { last, definition } = body as { last: number; definition?: unknown };
      const flow = await definitionFor(key, definition);
      const rows = await store.lastStarted(raw, key, last);
      const runs: ReplayReport["runs"] = [];
      for (const row of rows) {
        const result = await played(row, flow);
        if (result) runs.push({ run: summaryOf(row), differs: result.differs });
        // Hundreds of runs are a while: what else is to be done comes in between.
        await new Promise((resolve) => setImmediate(resolve));
      }
      return {
        played: runs.length,
        differing: runs.filter(({ differs }) => differs).length,
        faulting: runs.filter(({ differs }) => differs?.fault).length,
        runs,
      };
    },
  };
}
