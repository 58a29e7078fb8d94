import type { ConversationState } from "@clew/domain/conversations/state";
import type { Raw } from "../database/database.ts";

/** The conversation as last committed, within the transaction. */
export async function stateIn(raw: Raw, conversationId: string): Promise<ConversationState | null> {
  const [row] = await raw.all<{ state: string }>("SELECT state FROM conversations WHERE id = ?", [conversationId]);
  return row ? (JSON.parse(row.state) as ConversationState) : null;
}

/** Whether the case that the run works on is closed. */
export async function isCaseClosed(raw: Raw, runId: string): Promise<boolean> {
  const [row] = await raw.all<{ fields: string }>(
    "SELECT records.fields FROM flow_runs JOIN records ON records.id = flow_runs.record_id WHERE flow_runs.id = ?",
    [runId],
  );
  const fields = row ? (JSON.parse(row.fields) as { status?: unknown }) : {};
  return typeof fields.status === "string" && fields.status.toLowerCase() === "closed";
}

/**
 * The run at work whose form it is, where that is another run of the same script for the same record: the script was
 * started twice. Null where the form is anybody else's.
 */
export async function twinOf(
  raw: Raw,
  { formId, run }: { formId: string; run: { id: string; key: string; record_id: string | null } },
): Promise<string | null> {
  const [owner] = await raw.all<{ id: string; record_id: string | null }>(
    "SELECT r.id, r.record_id FROM forms f JOIN flow_runs r ON r.id = f.run_id WHERE f.id = ? AND r.id <> ? AND r.key = ? AND r.status IN ('running', 'waiting')",
    [formId, run.id, run.key],
  );
  return owner && owner.record_id === run.record_id ? owner.id : null;
}

/** The run that opened a form. */
export async function openerOf(raw: Raw, formId: string): Promise<string | null> {
  const [row] = await raw.all<{ run_id: string }>("SELECT run_id FROM forms WHERE id = ?", [formId]);
  return row?.run_id ?? null;
}
