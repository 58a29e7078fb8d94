import { batchOver } from "../database/batch.ts";
import type { Database } from "../database/database.ts";
import { EVENTS_KEPT_MS } from "./rows.ts";

/** Rows of one kind that go in one transaction: few enough that nobody notices. */
const AT_ONCE = 200;

/**
 * Deletes a share of what is kept no longer: finished runs with all that was recorded of them after `keepMs`, traces and
 * inputs whose flow asks for less, events that no wait may look back to. True when there is more.
 */
export function retention({ engine, rawTransaction }: Database, keepMs: number) {
  const batch = batchOver(engine);
  return (now: number): Promise<boolean> =>
    rawTransaction(async (raw) => {
      const recorded = (ids: readonly string[]) =>
        Promise.all(["flow_inputs", "flow_trace"].map((table) => batch.remove(raw, { table, column: "run_id" }, ids)));
      // One that is still to be let go of by its conversation, or that is tried again meanwhile, stays.
      const runs = await raw.all<{ id: string }>(
        "DELETE FROM flow_runs WHERE id IN (SELECT id FROM flow_runs WHERE ended_at <= ? AND due_at IS NULL LIMIT ?) AND ended_at <= ? RETURNING id",
        [now - keepMs, AT_ONCE, now - keepMs],
      );
      const traced = await raw.all<{ id: string }>(
        "UPDATE flow_runs SET trace_until = NULL WHERE id IN (SELECT id FROM flow_runs WHERE trace_until <= ? LIMIT ?) AND trace_until <= ? RETURNING id",
        [now, AT_ONCE, now],
      );
      await recorded([...runs, ...traced].map(({ id }) => id));
      const { changes } = await raw.run(
        "DELETE FROM flow_events WHERE id IN (SELECT id FROM flow_events WHERE expires_at <= ? LIMIT ?)",
        [now + Math.max(0, EVENTS_KEPT_MS - keepMs), AT_ONCE],
      );
      return [runs.length, traced.length, changes].includes(AT_ONCE);
    });
}
