import type { ConversationEvent } from "@clew/contract/events";
import type { Batch } from "../database/batch.ts";
import type { Raw } from "../database/database.ts";
import { eventText } from "./text.ts";

const EVENTS = {
  table: "events",
  columns: { conversation_id: "text", number: "bigint", command_id: "text", at: "bigint", body: "text" },
} as const;

/**
 * Appends events; their numbers were given under their conversations' locks. The first event of a command carries its
 * id in a unique column, which makes a repeat impossible even across servers.
 */
export async function append(raw: Raw, batch: Batch, events: readonly ConversationEvent[]): Promise<void> {
  const seen = new Set<string>();
  const rows = events.map((event) => {
    const first = event.commandId !== undefined && !seen.has(event.commandId);
    if (first) seen.add(event.commandId as string);
    return [event.conversationId, event.number, first ? event.commandId : null, event.at, eventText(event)];
  });
  await batch.insert(raw, EVENTS, rows);
}
