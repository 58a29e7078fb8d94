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
