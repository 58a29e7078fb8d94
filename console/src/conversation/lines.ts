import type { OpenConversationState } from "@clew/client/agent";
import type { EventOf } from "@clew/contract/events";
import type { SessionEnd } from "@clew/contract/sessions";
import { sameDay } from "../clock/ages.ts";

export type TimelineItem = OpenConversationState["timeline"][number];
export type Written = Extract<TimelineItem, { kind: "message" | "note" }>;
export type Notice = Extract<TimelineItem, { kind: "notice" }>["event"];

/** What a conversation's log shows, line by line, the oldest first. `first`/`last` tell the ends of a group. */
export type Line =
  | { kind: "day"; key: string; at: number }
  | {
      kind: "session";
      key: string;
      number: number;
      at: number;
      ended: SessionEnd | null;
      reason: EventOf<"session.started">["reason"];
    }
  | { kind: "unread"; key: string; count: number }
  | { kind: "written"; key: string; item: Written; first: boolean; last: boolean }
  | { kind: "notice"; key: string; event: Notice };

/** Messages of one person closer than this stand together under one name. */
const GROUP_WITHIN_MS = 4 * 60_000;

/** What was unread when the conversation was opened: the numbers above `after` up to `upTo`. */
export type Unread = { after: number; upTo: number };

/** The lines of the log. The line "new messages" stands before the first unread one, until somebody of us writes. */
export function linesOf(timeline: readonly TimelineItem[], was: Unread | null): Line[] {
  const lines: Line[] = [];
  const settled = settledOffers(timeline);
  const unread = was === null || isAnswered(timeline, was) ? [] : timeline.filter((item) => isUnread(item, was));
  let lastAt: number | null = null;
  let ended: SessionEnd | null = null;
  for (const item of timeline) {
    if (item.kind === "notice" && isQuiet(item.event, settled)) continue;
    if (lastAt === null || !sameDay(lastAt, item.at)) lines.push({ kind: "day", key: `day-${item.key}`, at: item.at });
    lastAt = item.at;
    if (item === unread[0]) lines.push({ kind: "unread", key: "unread", count: unread.length });
    if (item.kind === "notice" && item.event.type === "session.ended") ended = item.event.session.end;
    if (item.kind === "session") {
      lines.push({
        kind: "session",
        key: item.key,
        number: item.event.session.number,
        at: item.at,
        ended,
        reason: item.event.reason,
      });
      ended = null;
    } else if (item.kind === "notice") lines.push({ kind: "notice", key: item.key, event: item.event });
    else lines.push({ kind: "written", key: item.key, item, first: true, last: true });
  }
  return grouped(lines);
}

function isUnread(item: TimelineItem, { after, upTo }: Unread): boolean {
  const number = item.number ?? 0;
  return item.kind === "message" && item.by.who === "customer" && number > after && number <= upTo;
}

function isAnswered(timeline: readonly TimelineItem[], { upTo }: Unread): boolean {
  return timeline.some(
    (item) => item.kind === "message" && item.mine && (item.number ?? Number.POSITIVE_INFINITY) > upTo,
  );
}

/** Offers of which the outcome is known: that line tells more, so the offer's own is left out. */
function settledOffers(timeline: readonly TimelineItem[]): Set<string> {
  const settled = new Set<string>();
  const open = new Map<string, string>();
  for (const item of timeline) {
    if (item.kind !== "notice") continue;
    const { event } = item;
    if (event.type === "session.offered") open.set(event.session.id, event.offerId);
    if (event.type === "session.offer-ended") settled.add(event.offerId);
    if (event.type === "session.assigned" || event.type === "session.ended")
      settled.add(open.get(event.session.id) ?? "");
  }
  return settled;
}

/** Events that another line already tells. */
function isQuiet(event: Notice, settled: ReadonlySet<string>): boolean {
  if (event.type === "conversation.started") return true;
  if (event.type === "session.offered") return settled.has(event.offerId);
  return event.type === "session.waiting" && event.reason === "transfer";
}

function grouped(lines: Line[]): Line[] {
  return lines.map((line, index) => {
    if (line.kind !== "written") return line;
    return { ...line, first: !together(lines[index - 1], line), last: !together(line, lines[index + 1]) };
  });
}

function together(one: Line | undefined, other: Line | undefined): boolean {
  if (one?.kind !== "written" || other?.kind !== "written" || one.item.kind !== other.item.kind) return false;
  const [before, after] = [one.item, other.item];
  return before.by.who === after.by.who && before.by.id === after.by.id && after.at - before.at < GROUP_WITHIN_MS;
}
