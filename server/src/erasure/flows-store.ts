import { batchOver } from "../database/batch.ts";
import type { Raw } from "../database/database.ts";
import type { Engine } from "../database/migrate.ts";

/** By this effect the runs of an erased conversation are looked for once more. */
export const FLOWS_ERASED = "flows.erased";
/** What was on its way while the conversation was erased has arrived by then, in milliseconds. */
const ONCE_MORE_AFTER_MS = 120_000;

export type OfConversation = { runs: string[]; records: { id: string; object: string }[] };

/**
 * Runs and records that hold what the customer of a conversation told: runs at work on it, on its case, or waiting for one
 * of its forms; its cases with what belongs to them, and contacts that no other conversation's case names.
 */
export async function flowsOf(raw: Raw, conversationId: string): Promise<OfConversation> {
  const records = await raw.all<{ id: string; object: string; fields: string }>(
    "SELECT id, object, fields FROM records WHERE conversation_id = ? UNION SELECT id, object, fields FROM records WHERE case_id IN (SELECT id FROM records WHERE conversation_id = ?)",
    [conversationId, conversationId],
  );
  const runs = await raw.all<{ id: string }>(
    "SELECT id FROM flow_runs WHERE conversation_id = ? UNION SELECT id FROM flow_runs WHERE record_id IN (SELECT id FROM records WHERE conversation_id = ?) UNION SELECT run_id AS id FROM forms WHERE conversation_id = ?",
    [conversationId, conversationId, conversationId],
  );
  const known = new Set(records.map(({ id }) => id));
  const named = new Set(records.flatMap(contactIn).filter((id) => !known.has(id)));
  const contacts: OfConversation["records"] = [];
  for (const id of named) {
    const naming = await raw.all<{ id: string; fields: string }>("SELECT id, fields FROM records WHERE fields LIKE ?", [
      `%"contactId":${JSON.stringify(id)}%`,
    ]);
    if (naming.every((record) => known.has(record.id))) contacts.push({ id, object: "Contact" });
  }
  return {
    runs: runs.map(({ id }) => id),
    records: [...records.map(({ id, object }) => ({ id, object })), ...contacts],
  };
}

function contactIn({ fields }: { fields: string }): string[] {
  const { contactId } = JSON.parse(fields) as { contactId?: unknown };
  return typeof contactId === "string" ? [contactId] : [];
}

/**
 * Takes what flows keep of a conversation. Of a run stays that there was one, of a record its number; a run that was at work
 * is over, and says why. To be called before its forms are gone.
 */
export async function eraseFlows(
  raw: Raw,
  engine: Engine,
  { conversationId, at }: { conversationId: string; at: number },
) {
  const { runs, records } = await flowsOf(raw, conversationId);
  const batch = batchOver(engine);
  for (const table of ["flow_inputs", "flow_trace", "flow_waits"])
    await batch.remove(raw, { table, column: "run_id" }, runs);
  await batch.remove(raw, { table: "flow_events", column: "taken_by" }, runs);
  await batch.remove(raw, { table: "flow_events", column: "conversation_id" }, [conversationId]);
  const reason = `'{"code":"cancelled","message":"The customer was erased","node":"' || node || '","at":' || CAST(? AS TEXT) || '}'`;
  await raw.runEach(
    `UPDATE flow_runs SET state = '', fault = CASE WHEN status IN ('running', 'waiting') THEN ${reason} END, status = CASE WHEN status IN ('running', 'waiting', 'faulted') THEN 'cancelled' ELSE status END, due_at = NULL, trace_until = NULL, released = 1, ended_at = COALESCE(ended_at, ?), updated_at = ?, rev = rev + 1 WHERE id = ? AND state <> ''`,
    runs.map((id) => [String(at), at, at, id]),
  );
  await raw.runEach(
    "UPDATE records SET fields = '{}', sealed = NULL, version = version + 1, updated_at = ? WHERE id = ? AND (fields <> '{}' OR sealed IS NOT NULL)",
    records.map(({ id }) => [at, id]),
  );
  await raw.run("DELETE FROM effects WHERE kind = 'flow.event' AND done_at IS NULL AND payload LIKE ?", [
    `%"conversationId":"${conversationId}"%`,
  ]);
}

/** Asks for the second look. */
export async function eraseOnceMore(
  raw: Raw,
  { conversationId, at, id }: { conversationId: string; at: number; id: string },
) {
  await raw.run(
    "INSERT INTO effects (id, kind, payload, due_at, attempts) VALUES (?, ?, ?, ?, 0) ON CONFLICT (id) DO NOTHING",
    [id, FLOWS_ERASED, JSON.stringify({ conversationId }), at + ONCE_MORE_AFTER_MS],
  );
}
