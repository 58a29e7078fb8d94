import type { Database, Raw } from "../database/database.ts";
import type { FlowTables } from "./tables.ts";

export type RunRow = FlowTables["flow_runs"];
export type EventRow = FlowTables["flow_events"];
type WaitRow = FlowTables["flow_waits"];

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
] as const satisfies readonly (keyof RunRow)[];
const MOVING = [
  "status",
  "node",
  "state",
  "rev",
  "steps",
  "bound",
  "released",
  "due_at",
  "fault",
  "updated_at",
  "ended_at",
  "session_id",
] as const satisfies readonly (keyof RunRow)[];
const INSERT = `INSERT INTO flow_runs (${COLUMNS.join(", ")}) VALUES (${COLUMNS.map(() => "?").join(", ")}) ON CONFLICT (id) DO NOTHING`;
const UPDATE = `UPDATE flow_runs SET ${MOVING.map((name) => `${name} = ?`).join(", ")} WHERE id = ?`;

/** SQL of runs, waits, events and traces, within a transaction of the runs' door. */
export function runsStore(engine: Database["engine"]) {
  const lock = engine === "postgres" ? " FOR UPDATE" : "";
  return {
    async locked(raw: Raw, id: string): Promise<RunRow | null> {
      const [row] = await raw.all<RunRow>(`SELECT * FROM flow_runs WHERE id = ?${lock}`, [id]);
      return row ?? null;
    },

    /** False when a run with this id is there already. */
    async insert(raw: Raw, row: RunRow): Promise<boolean> {
      const { changes } = await raw.run(
        INSERT,
        COLUMNS.map((name) => row[name]),
      );
      return changes > 0;
    },

    async update(raw: Raw, row: RunRow): Promise<void> {
      await raw.run(UPDATE, [...MOVING.map((name) => row[name]), row.id]);
    },

    async replaceWaits(raw: Raw, runId: string, waits: readonly Omit<WaitRow, "run_id">[]): Promise<void> {
      await raw.run("DELETE FROM flow_waits WHERE run_id = ?", [runId]);
      for (const wait of waits) {
        await raw.run(
          "INSERT INTO flow_waits (run_id, branch, event_type, event_key, since, armed_at) VALUES (?, ?, ?, ?, ?, ?)",
          [runId, wait.branch, wait.event_type, wait.event_key, wait.since, wait.armed_at],
        );
      }
    },

    /** Who waits for an event, the first to have waited first. */
    waiting(raw: Raw, type: string, key: string): Promise<WaitRow[]> {
      return raw.all<WaitRow>(
        "SELECT * FROM flow_waits WHERE event_type = ? AND event_key = ? ORDER BY armed_at, run_id",
        [type, key],
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

    async take(raw: Raw, eventId: string, by: string): Promise<void> {
      await raw.run("UPDATE flow_events SET taken_by = ?, matched = 1 WHERE id = ?", [by, eventId]);
    },

    async trace(raw: Raw, rows: readonly FlowTables["flow_trace"][]): Promise<void> {
      await raw.runEach(
        "INSERT INTO flow_trace (run_id, seq, step, shown) VALUES (?, ?, ?, ?)",
        rows.map(({ run_id, seq, step, shown }) => [run_id, seq, step, shown]),
      );
    },

    async record(raw: Raw, row: FlowTables["flow_inputs"]): Promise<void> {
      await raw.run("INSERT INTO flow_inputs (run_id, seq, at, input) VALUES (?, ?, ?, ?)", [
        row.run_id,
        row.seq,
        row.at,
        row.input,
      ]);
    },

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

    /** Ids of runs that somebody must look at, longest due first. */
    async due(raw: Raw, now: number, limit: number): Promise<string[]> {
      const rows = await raw.all<{ id: string }>(
        "SELECT id FROM flow_runs WHERE due_at IS NOT NULL AND due_at <= ? ORDER BY due_at LIMIT ?",
        [now, limit],
      );
      return rows.map(({ id }) => id);
    },

    async living(raw: Raw, about: { conversationId: string; key?: string }): Promise<RunRow[]> {
      const rows = await raw.all<RunRow>(
        "SELECT * FROM flow_runs WHERE conversation_id = ? AND status IN ('running', 'waiting')",
        [about.conversationId],
      );
      return about.key === undefined ? rows : rows.filter(({ key }) => key === about.key);
    },

    async tidy(raw: Raw, now: number): Promise<void> {
      await raw.run("DELETE FROM flow_events WHERE expires_at <= ?", [now]);
    },
  };
}
export type RunsStore = ReturnType<typeof runsStore>;
