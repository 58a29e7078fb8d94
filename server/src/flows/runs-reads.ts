import type { Flow } from "@clew/contract/flows/definition";
import type { FlowEventView, RunPage, RunStep, RunSummary } from "@clew/contract/flows/runs";
import type { TraceStep } from "@clew/domain/flows/engine/given";
import type { Run } from "@clew/domain/flows/engine/run";
import type { Database } from "../database/database.ts";
import type { FlowLibrary } from "./library.ts";
import { readRun } from "./rows.ts";
import type { RunRow } from "./runs-store.ts";

export type RunFilter = {
  key?: string;
  version?: number;
  status?: string;
  conversation?: string;
  record?: string;
  before?: number;
  limit: number;
};

/** Reads of runs. What changes them is their door. */
export function runsReads({ database, library, key }: { database: Database; library: FlowLibrary; key: Uint8Array }) {
  const { query } = database;
  return {
    async row(id: string): Promise<RunRow | null> {
      return (await query.selectFrom("flow_runs").selectAll().where("id", "=", id).executeTakeFirst()) ?? null;
    },

    run: (row: RunRow): Run => readRun(key, row),

    async list(filter: RunFilter): Promise<RunSummary[]> {
      let select = query.selectFrom("flow_runs").selectAll();
      if (filter.key) select = select.where("key", "=", filter.key);
      if (filter.version) select = select.where("version", "=", filter.version);
      if (filter.status) select = select.where("status", "=", filter.status);
      if (filter.conversation) select = select.where("conversation_id", "=", filter.conversation);
      if (filter.record) select = select.where("record_id", "=", filter.record);
      if (filter.before) select = select.where("updated_at", "<", filter.before);
      const rows = await select.orderBy("updated_at", "desc").orderBy("id").limit(filter.limit).execute();
      return rows.map(summaryOf);
    },

    async trace(id: string): Promise<RunStep[]> {
      const rows = await query.selectFrom("flow_trace").selectAll().where("run_id", "=", id).orderBy("seq").execute();
      return rows.map(({ seq, step, shown }) => {
        const { flow, version, ...rest } = JSON.parse(step) as TraceStep;
        return { ...rest, seq, flow: { key: flow, version }, shown: shown === null ? null : JSON.parse(shown) };
      });
    },

    async unmatched(about: { conversation?: string; before?: number; limit: number }): Promise<FlowEventView[]> {
      let select = query
        .selectFrom("flow_events")
        .select(["id", "type", "key", "conversation_id", "at", "taken_by"])
        .where("matched", "=", 0);
      if (about.conversation) select = select.where("conversation_id", "=", about.conversation);
      if (about.before) select = select.where("at", "<", about.before);
      const rows = await select.orderBy("at", "desc").limit(about.limit).execute();
      return rows.map(({ conversation_id: conversationId, taken_by: takenBy, ...row }) => ({
        ...row,
        conversationId,
        takenBy,
      }));
    },

    async page(row: RunRow): Promise<RunPage> {
      const run = readRun(key, row);
      const forms = await query.selectFrom("forms").select("id").where("run_id", "=", row.id).execute();
      return {
        run: summaryOf(row),
        definition: library.flow(row.key, row.version),
        trace: await this.trace(row.id),
        blocked: blockedView(run),
        variables: openVariables(run, library),
        unmatched: row.conversation_id ? await this.unmatched({ conversation: row.conversation_id, limit: 20 }) : [],
        forms: forms.map(({ id }) => id),
        deadlineAt: run.deadlineAt,
        ...(run.cancelled ? { cancelled: run.cancelled } : {}),
      };
    },
  };
}
export type RunsReads = ReturnType<typeof runsReads>;

export function summaryOf(row: RunRow): RunSummary {
  return {
    id: row.id,
    flow: { key: row.key, version: row.version },
    alias: row.alias,
    title: row.title,
    status: row.status as RunSummary["status"],
    node: row.node,
    conversationId: row.conversation_id,
    sessionId: row.session_id,
    recordId: row.record_id,
    starterId: row.starter_id,
    steps: row.steps,
    fault: row.fault === null ? null : (JSON.parse(row.fault) as RunSummary["fault"]),
    startedAt: row.started_at,
    updatedAt: row.updated_at,
    endedAt: row.ended_at,
  };
}

function blockedView({ blocked }: Run): RunPage["blocked"] {
  switch (blocked?.kind) {
    case undefined:
      return null;
    case "operation": {
      const { id, operation, at, attempts, inDoubt } = blocked;
      return { kind: "operation", id, do: operation.do, since: at, attempts, state: inDoubt ? "in-doubt" : "doing" };
    }
    case "wait":
      return {
        kind: "wait",
        waits: blocked.waits.map(({ branch, event, dueAt }) => ({
          branch,
          event: event ?? null,
          dueAt: dueAt ?? null,
        })),
      };
    case "screen":
      return { kind: "screen", id: blocked.id };
    case "yield":
      return { kind: "yield" };
  }
}

/** Values that are open by their declaration; of the others only that something is there. */
function openVariables(run: Run, library: FlowLibrary): Record<string, unknown> {
  const frame = run.frames.at(-1);
  const flow: Flow | null = frame ? library.flow(frame.key, frame.version) : null;
  if (!frame || !flow) return {};
  const declared = { ...flow.inputs, ...flow.vars };
  return Object.fromEntries(
    Object.entries(frame.values).map(([name, value]) => {
      const definition = Object.hasOwn(declared, name) ? declared[name] : undefined;
      const open =
        definition &&
        (definition.privacy ?? "open") === "open" &&
        !/^(map|record:|list<(map|record:))/.test(definition.type);
      return [name, open || value === null ? value : "•••"];
    }),
  );
}
