import type { ConversationEvent, EventOf } from "@clew/contract/events";
import type { SessionEnd } from "@clew/contract/sessions";
import { sameDay } from "../clock/ages.ts";

/** What a conversation's log shows, line by line, the oldest first. */
export type Line =
  | { kind: "day"; key: string; at: number }
  | { kind: "session"; key: string; number: number; at: number; ended: SessionEnd | null; reason: EventOf<"session.started">["reason"] }
  | { kind: "unread"; key: string; count: number }
  | { kind: "message"; key: string; event: EventOf<"message.posted">; first: boolean; last: boolean }
  | { kind: "note"; key: string; event: EventOf<"note.posted"> }
  | { kind: "event"; key: string; event: SystemEvent };

export type SystemEvent = Exclude<ConversationEvent, { type: "message.posted" | "note.posted" | "hidden" | "session.started" }>;

/** Messages of one person closer than this stand together under one name. */
const GROUP_WITHIN_MS = 4 * 60_000;

/**
 * The lines of the log. `readUpTo` is the agents' read position when the conversation was opened: the line "new
 * messages" stands before the first message of the customer above it; null draws none.
 */
export function linesOf(events: readonly ConversationEvent[], readUpTo: number | null): Line[] {
  const lines: Line[] = [];
  const settled = settledOffers(events);
  const unread = readUpTo === null ? [] : events.filter((event) => isUnread(event, readUpTo));
  let lastAt: number | null = null;
  let ended: SessionEnd | null = null;
  for (const event of events) {
    if (event.type === "hidden" || isQuiet(event, settled)) continue;
    if (lastAt === null || !sameDay(lastAt, event.at)) lines.push({ kind: "day", key: `day-${event.number}`, at: event.at });
    lastAt = event.at;
    if (event === unread[0]) lines.push({ kind: "unread", key: "unread", count: unread.length });
    if (event.type === "session.ended") ended = event.session.end;
    if (event.type === "session.started") {
      const { number } = event.session;
      lines.push({ kind: "session", key: `session-${number}`, number, at: event.at, ended, reason: event.reason });
      ended = null;
    } else lines.push(lineOf(event));
  }
  return grouped(lines);
}

function lineOf(event: Exclude<ConversationEvent, { type: "hidden" | "session.started" }>): Line {
  const key = String(event.number);
  if (event.type === "message.posted") return { kind: "message", key, event, first: true, last: true };
  if (event.type === "note.posted") return { kind: "note", key, event };
  return { kind: "event", key, event };
}

function isUnread(event: ConversationEvent, readUpTo: number): boolean {
  return event.number > readUpTo && event.type === "message.posted" && event.by.who === "customer";
}

/** Offers of which the outcome is known: that line tells more, so the offer's own is left out. */
function settledOffers(events: readonly ConversationEvent[]): Set<string> {
  const settled = new Set<string>();
  const open = new Map<string, string>();
  for (const event of events) {
    if (event.type === "session.offered") open.set(event.session.id, event.offerId);
    if (event.type === "session.offer-ended") settled.add(event.offerId);
    if (event.type === "session.assigned" || event.type === "session.ended") settled.add(open.get(event.session.id) ?? "");
  }
  return settled;
}

/** Events that another line already tells. */
function isQuiet(event: ConversationEvent, settled: ReadonlySet<string>): boolean {
  if (event.type === "conversation.started") return true;
  if (event.type === "session.offered") return settled.has(event.offerId);
  return event.type === "session.waiting" && event.reason === "transfer";
}

function grouped(lines: Line[]): Line[] {
  return lines.map((line, index) => {
    if (line.kind !== "message") return line;
    return { ...line, first: !together(lines[index - 1], line), last: !together(line, lines[index + 1]) };
  });
}

function together(one: Line | undefined, other: Line | undefined): boolean {
  if (one?.kind !== "message" || other?.kind !== "message") return false;
  const [before, after] = [one.event, other.event];
  return before.by.who === after.by.who && before.by.id === after.by.id && after.at - before.at < GROUP_WITHIN_MS;
}
