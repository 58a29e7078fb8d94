import type { ConversationEvent } from "@clew/contract/events";
import type { Raw } from "../database/database.ts";

type Row = { body: string };
const parse = (rows: Row[]): ConversationEvent[] => rows.map((row) => JSON.parse(row.body) as ConversationEvent);

/** Events after `number`, oldest first, at most `limit`. The index (conversation, number) makes the cost that of the page. */
export async function eventsAfter(
  raw: Raw,
  conversationId: string,
  number: number,
  limit: number,
): Promise<ConversationEvent[]> {
  return parse(
    await raw.all<Row>("SELECT body FROM events WHERE conversation_id = ? AND number > ? ORDER BY number LIMIT ?", [
      conversationId,
      number,
      limit,
    ]),
  );
}

/** Events before `number`, oldest first, at most `limit` of the newest. */
export async function eventsBefore(
  raw: Raw,
  conversationId: string,
  number: number,
  limit: number,
): Promise<ConversationEvent[]> {
  const rows = await raw.all<Row>(
    "SELECT body FROM events WHERE conversation_id = ? AND number < ? ORDER BY number DESC LIMIT ?",
    [conversationId, number, limit],
  );
  return parse(rows.reverse());
}
