import { FLOW_EVENT } from "@clew/domain/flows/conversation/told";
import { batchOver } from "../database/batch.ts";
import type { Database, Raw } from "../database/database.ts";
import type { FlowTables } from "./tables.ts";

export type RunRow = FlowTables["flow_runs"];
export type EventRow = FlowTables["flow_events"];
export type WaitRow = FlowTables["flow_waits"];

const COLUMNS = [
  "id",
  "key",
  "version",
  "alias",
  "title",
  "status",
  "node",
  "conversation_id",
  "session_id",
  "record_id",
  "scope",
  "owner",
  "starter_id",
  "state",
  "rev",
  "steps",
  "bound",
  "released",
  "due_at",
  "fault",
  "trace",
  "started_at",
  "updated_at",
  "ended_at",
  "trace_until",
] as const satisfies readonly (keyof RunRow)[];
const MOVING = {
  id: "text",
  status: "text",
  node: "text",
  state: "text",
  rev: "integer",
  steps: "integer",
  bound: "integer",
  released: "integer",
  due_at: "bigint",
  fault: "text",
  updated_at: "bigint",
  ended_at: "bigint",
  trace_until: "bigint",
  session_id: "text",
} as const satisfies Partial<Record<keyof RunRow, "text" | "integer" | "bigint">>;
const MOVED = Object.keys(MOVING) as (keyof typeof MOVING)[];
const WAITS = {
  run_id: "text",
  branch: "text",
  event_type: "text",
  event_key: "text",
  since: "bigint",
  armed_at: "bigint",
} as const;
const TRACE = { run_id: "text", seq: "integer", step: "text", shown: "text" } as const;
const INPUTS = { run_id: "text", seq: "integer", at: "bigint", input: "text" } as const;
const INSERT = `INSERT INTO flow_runs (${COLUMNS.join(", ")}) VALUES (${COLUMNS.map(() => "?").join(", ")}) ON CONFLICT (id) DO NOTHING`;

/** SQL of runs, waits, events and traces, within a transaction of the runs' door. */
export function runsStore(engine: Database["engine"]) {
  const lock = engine === "postgres" ? " FOR UPDATE" : "";
  const batch = batchOver(engine);
  return {
    async locked(raw: Raw, id: string): Promise<RunRow | null> {
      const [row] = await raw.all<RunRow>(`SELECT * FROM flow_runs WHERE id = ?${lock}`, [id]);
      return row ?? null;
    },

    /** Runs that wait for a time, in the order of their ids. */
    async waitingForTime(raw: Raw, after: string, limit: number): Promise<string[]> {
      const rows = await raw.all<{ id: string }>(
        "SELECT id FROM flow_runs WHERE status = 'waiting' AND due_at IS NOT NULL AND id > ? ORDER BY id LIMIT ?",
        [after, limit],
      );
      return rows.map(({ id }) => id);
    },

    /** False when a run with this id is there already. */
    async insert(raw: Raw, row: RunRow): Promise<boolean> {
      const { changes } = await raw.run(
        INSERT,
        COLUMNS.map((name) => row[name]),
      );
      return changes > 0;
    },

    update: (raw: Raw, rows: readonly RunRow[]): Promise<void> =>
      batch.update(
        raw,
        { table: "flow_runs", columns: MOVING },
        rows.map((row) => MOVED.map((name) => row[name])),
      ),

    /** The run goes by another version from now on. */
    async moved(raw: Raw, { id, version, scope, owner, trace }: RunRow): Promise<void> {
      const moves = "UPDATE flow_runs SET version = ?, scope = ?, owner = ?, trace = ? WHERE id = ?";
      await raw.run(moves, [version, scope, owner, trace, id]);
    },

    /** `ended`: runs whose waits are over; `begun`: what runs wait for now. */
    async replaceWaits(
      raw: Raw,
      { ended, begun }: { ended: readonly string[]; begun: readonly WaitRow[] },
    ): Promise<void> {
      const gone = batch.remove(raw, { table: "flow_waits", column: "run_id" }, ended);
      const rows = begun.map((wait) => [
        wait.run_id,
        wait.branch,
        wait.event_type,
        wait.event_key,
        wait.since,
        wait.armed_at,
      ]);
      await Promise.all([gone, batch.insert(raw, { table: "flow_waits", columns: WAITS }, rows)]);
    },

    /**
     * Who waits for an event, the first to have waited first; `rev`: the state of its run that waits so. Waits from before
     * keys were hidden have them as they are.
     */
    waiting(
      raw: Raw,
      type: string,
      keys: readonly [hidden: string, plain: string],
    ): Promise<(WaitRow & { rev: number })[]> {
      return raw.all(
        "SELECT flow_waits.*, flow_runs.rev FROM flow_waits JOIN flow_runs ON flow_runs.id = run_id WHERE event_type = ? AND event_key IN (?, ?) ORDER BY armed_at, run_id",
        [type, ...keys],
      );
    },

    /** False when the event was heard before. */
    async hear(raw: Raw, event: EventRow): Promise<boolean> {
      const { changes } = await raw.run(
        "INSERT INTO flow_events (id, type, key, data, conversation_id, at, taken_by, matched, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        [
          event.id,
          event.type,
          event.key,
          event.data,
          event.conversation_id,
          event.at,
          event.taken_by,
          event.matched,
          event.expires_at,
        ],
      );
      return changes > 0;
    },

    /** The oldest event heard since then that nobody has taken for themselves, and that this run has not had. */
    async earlier(raw: Raw, wait: { type: string; key: string; since: number; runId: string }): Promise<EventRow[]> {
      return raw.all<EventRow>(
        "SELECT * FROM flow_events WHERE type = ? AND key = ? AND at >= ? AND (taken_by IS NULL OR taken_by = '*') ORDER BY at, id LIMIT 20",
        [wait.type, wait.key, wait.since],
      );
    },

    /** `waited`: how long it was waited for, in milliseconds; of several who waited the first to be told counts. */
    async take(raw: Raw, eventId: string, { by, waited }: { by: string; waited: number }): Promise<void> {
      await raw.run("UPDATE flow_events SET taken_by = ?, matched = 1, waited = COALESCE(waited, ?) WHERE id = ?", [
        by,
        waited,
        eventId,
      ]);
    },

    trace: (raw: Raw, rows: readonly FlowTables["flow_trace"][]): Promise<void> =>
      batch.insert(
        raw,
        { table: "flow_trace", columns: TRACE },
        rows.map(({ run_id, seq, step, shown }) => [run_id, seq, step, shown]),
      ),

    record: (raw: Raw, rows: readonly FlowTables["flow_inputs"][]): Promise<void> =>
      batch.insert(
        raw,
        { table: "flow_inputs", columns: INPUTS },
        rows.map(({ run_id, seq, at, input }) => [run_id, seq, at, input]),
      ),

    /** What was recorded of a run, in order; the first is the run as it began. */
    recorded(raw: Raw, runId: string): Promise<FlowTables["flow_inputs"][]> {
      return raw.all("SELECT * FROM flow_inputs WHERE run_id = ? ORDER BY seq", [runId]);
    },

    /** The runs of a flow, the last started first. */
    lastStarted(raw: Raw, key: string, limit: number): Promise<RunRow[]> {
      return raw.all<RunRow>("SELECT * FROM flow_runs WHERE key = ? ORDER BY started_at DESC, id LIMIT ?", [
        key,
        limit,
      ]);
    },

    /** Runs that somebody must look at, longest due first. */
    due(raw: Raw, now: number, limit: number): Promise<Pick<RunRow, "id" | "conversation_id">[]> {
      return raw.all(
        "SELECT id, conversation_id FROM flow_runs WHERE due_at IS NOT NULL AND due_at <= ? ORDER BY due_at LIMIT ?",
        [now, limit],
      );
    },

    /** Effects after one that tell flows of events, as long as none was heard; ids rise with time. */
    unheard(raw: Raw, after: string, limit: number): Promise<{ id: string; payload: string }[]> {
      return raw.all(
        "SELECT id, payload FROM effects WHERE done_at IS NULL AND kind = ? AND id > ? AND NOT EXISTS (SELECT 1 FROM flow_events WHERE flow_events.id = effects.id) ORDER BY id LIMIT ?",
        [FLOW_EVENT, after, limit],
      );
    },

    /** Numbers of a conversation's events that flows have heard of since then, or are about to hear of. */
    async told(
      raw: Raw,
      { conversationId, since }: { conversationId: string; since: number },
      numberIn: (row: EventRow) => number,
    ): Promise<ReadonlySet<number>> {
      // What is on its way first: it is heard before it is done.
      const underWay = await raw.all<{ payload: string }>(
        "SELECT payload FROM effects WHERE done_at IS NULL AND kind = ? AND payload LIKE ?",
        [FLOW_EVENT, `%${conversationId}%`],
      );
      const heard = await raw.all<EventRow>("SELECT * FROM flow_events WHERE conversation_id = ? AND at >= ?", [
        conversationId,
        since,
      ]);
      const sent = underWay.map(({ payload }) => JSON.parse(payload) as { conversationId: string; number: number });
      const own = sent.filter((one) => one.conversationId === conversationId).map(({ number }) => number);
      return new Set([...own, ...heard.map(numberIn)]);
    },

    living(raw: Raw, conversationId: string): Promise<RunRow[]> {
      return raw.all<RunRow>("SELECT * FROM flow_runs WHERE conversation_id = ? AND status IN ('running', 'waiting')", [
        conversationId,
      ]);
    },

    /** Runs of a flow that have no conversation and are not over: about this record, or about none. */
    alone(raw: Raw, { key, record_id: recordId }: Pick<RunRow, "key" | "record_id">): Promise<RunRow[]> {
      return raw.all<RunRow>(
        `SELECT * FROM flow_runs WHERE key = ? AND ${recordId === null ? "record_id IS NULL" : "record_id = ?"} AND conversation_id IS NULL AND status IN ('running', 'waiting')`,
        recordId === null ? [key] : [key, recordId],
      );
    },
  };
}
export type RunsStore = ReturnType<typeof runsStore>;
