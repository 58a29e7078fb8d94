import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { ConversationEvent } from "@clew/contract/events";

/** An exported timeline as docs/timeline.md describes it. Times in ms since 1970. */
export type TimelineExport = {
  format: "clew-timeline";
  version: 1;
  exportedAt: number;
  conversation: ConversationSnapshot;
  events: ConversationEvent[];
};

/** Puts a conversation and its events in the form that is exported; the events in the order of their numbers. */
export function exportOf(
  conversation: ConversationSnapshot,
  events: readonly ConversationEvent[],
  exportedAt: number,
): TimelineExport {
  const ordered = [...events].sort((one, other) => one.number - other.number);
  return { format: "clew-timeline", version: 1, exportedAt, conversation, events: ordered };
}
