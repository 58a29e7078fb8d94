import type { ConversationState } from "@clew/domain/conversations/state";
import type { Raw } from "../database/database.ts";

/** What flows look up of conversations, sessions and agents. Reads only; their doors write. */

export function sessionRows(raw: Raw, conversationId: string): Promise<{ state: string; queue_id: string | null }[]> {
  return raw.all("SELECT state, queue_id FROM sessions WHERE conversation_id = ? ORDER BY number", [conversationId]);
}

/** The bodies of the events that recorded facts, in the order of the log. */
export function factEvents(raw: Raw, conversationId: string): Promise<{ body: string }[]> {
  return raw.all(
    "SELECT body FROM events WHERE conversation_id = ? AND body LIKE '%\"facts.recorded\"%' ORDER BY number",
    [conversationId],
  );
}

/** The bodies of the events that said what flows noted of sessions, in the order of the log. */
export function describedEvents(raw: Raw, conversationId: string): Promise<{ body: string }[]> {
  return raw.all(
    "SELECT body FROM events WHERE conversation_id = ? AND body LIKE '%\"session.described\"%' ORDER BY number",
    [conversationId],
  );
}

/** The customer whose conversations belong together: a verified one. Null: a guest, known in this conversation alone. */
export async function verifiedCustomer(raw: Raw, conversationId: string): Promise<string | null> {
  const row = await conversationRow(raw, conversationId);
  if (!row) return null;
  const { snapshot } = JSON.parse(row.state) as ConversationState;
  return snapshot.customer.kind === "verified" ? row.customer_id : null;
}

export async function conversationRow(raw: Raw, id: string): Promise<{ state: string; customer_id: string } | null> {
  const [row] = await raw.all<{ state: string; customer_id: string }>(
    "SELECT state, customer_id FROM conversations WHERE id = ?",
    [id],
  );
  return row ?? null;
}

/** A customer's conversations, the newest first. */
export async function conversationsOf(raw: Raw, customerId: string): Promise<string[]> {
  const rows = await raw.all<{ id: string }>(
    "SELECT id FROM conversations WHERE customer_id = ? ORDER BY created_at DESC LIMIT 20",
    [customerId],
  );
  return rows.map(({ id }) => id);
}

/**
 * Who served the conversation last before this session, if that ended after `since`; where a customer is named, in any of
 * their conversations. Where one is served at this moment, that is the last.
 */
export async function previousAgent(
  raw: Raw,
  about: { conversationId: string; customerId: string | null; sessionId: string; since: number },
): Promise<string | null> {
  const { conversationId, customerId, sessionId, since } = about;
  const [where, whose] =
    customerId === null
      ? ["conversation_id = ?", conversationId]
      : ["conversation_id IN (SELECT id FROM conversations WHERE customer_id = ?)", customerId];
  const [row] = await raw.all<{ agent_id: string }>(
    `SELECT agent_id FROM sessions WHERE ${where} AND id <> ? AND agent_id IS NOT NULL AND (ended_at IS NULL OR ended_at >= ?) ORDER BY CASE WHEN ended_at IS NULL THEN 0 ELSE 1 END, ended_at DESC, started_at DESC LIMIT 1`,
    [whose, sessionId, since],
  );
  return row?.agent_id ?? null;
}

export function agentStates(raw: Raw): Promise<{ agent_id: string; state: string }[]> {
  return raw.all("SELECT agent_id, state FROM agent_states");
}

export async function waitingIn(raw: Raw, queueId: string): Promise<number> {
  const [row] = await raw.all<{ count: number | string }>(
    "SELECT COUNT(*) AS count FROM conversations WHERE session_status = 'waiting' AND queue_id = ?",
    [queueId],
  );
  return Number(row?.count ?? 0);
}

/**
 * Sessions of a queue that were given to somebody since then, the newest first. Not those that a bot had before: their
 * rows do not say since when a person was waited for.
 */
export function takenSince(
  raw: Raw,
  queueId: string,
  since: number,
): Promise<{ started_at: number; active_at: number }[]> {
  return raw.all(
    "SELECT started_at, active_at FROM sessions WHERE queue_id = ? AND active_at > ? AND state NOT LIKE '%\"bot\":%' ORDER BY active_at DESC LIMIT 50",
    [queueId, since],
  );
}
