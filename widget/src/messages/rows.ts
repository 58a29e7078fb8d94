import type { MessageItem, NoticeEvent, NoticeItem, SessionItem, TimelineItem } from "@clew/client";
import type { EventOf } from "@clew/contract/events";
import { BECAUSE } from "../return/because.ts";
import { dayNumber } from "../strings/times.ts";

/** What the log shows, line by line: days, lines between sessions, notices, and messages of one sender together. */
export type Row =
  | { kind: "day"; key: string; at: number }
  | { kind: "session"; key: string; session: number }
  | { kind: "notice"; key: string; notice: Notice }
  | { kind: "form"; key: string; opened: EventOf<"form.opened"> }
  | { kind: "group"; key: string; mine: boolean; name: string | null; bot: boolean; messages: MessageItem[] };

export type Notice =
  | { say: "joined"; name: string; bot: boolean }
  | { say: "transferred" | "requeued" | "nowVerified" | "reopened" | (typeof BECAUSE)[keyof typeof BECAUSE] }
  | { say: "ended"; event: Extract<NoticeEvent, { type: "session.ended" }> };

/** Messages of one sender further apart than this begin a new group with its own time. */
const TOGETHER_MS = 5 * 60_000;

export function rowsOf(items: readonly TimelineItem[]): Row[] {
  const rows: Row[] = [];
  let lastDay: number | undefined;
  for (const item of items) {
    const row = isMessage(item) ? undefined : lineOf(item);
    if (isMessage(item) || row) {
      if (dayNumber(item.at) !== lastDay) rows.push({ kind: "day", key: `day-${item.key}`, at: item.at });
      lastDay = dayNumber(item.at);
      if (row) rows.push(row);
      else if (isMessage(item)) addMessage(rows, item);
    }
  }
  return rows;
}

function isMessage(item: TimelineItem): item is MessageItem {
  return item.kind === "message" || item.kind === "note";
}

function addMessage(rows: Row[], message: MessageItem): void {
  const last = rows.at(-1);
  const before = last?.kind === "group" ? last.messages.at(-1) : undefined;
  const together = before && sender(before) === sender(message) && message.at - before.at < TOGETHER_MS;
  if (together && last?.kind === "group") last.messages.push(message);
  else
    rows.push({
      kind: "group",
      key: message.key,
      mine: message.mine,
      name: message.by.name ?? null,
      bot: message.by.who === "bot" || message.by.who === "system",
      messages: [message],
    });
}

const sender = ({ by, mine }: MessageItem) => (mine ? "mine" : `${by.who}/${by.id ?? ""}/${by.name ?? ""}`);

function lineOf(item: SessionItem | NoticeItem): Row | undefined {
  if (item.kind === "session") {
    const session = item.event.session.number;
    return session > 1 ? { kind: "session", key: item.key, session } : undefined;
  }
  if (item.event.type === "form.opened") return { kind: "form", key: item.key, opened: item.event };
  const notice = noticeOf(item.event);
  return notice && { kind: "notice", key: item.key, notice };
}

/** The events a customer is told of. All others are the staff's business or show elsewhere on the screen. */
function noticeOf(event: NoticeEvent): Notice | undefined {
  switch (event.type) {
    case "session.assigned": {
      const { agent, bot } = event.session;
      const who = agent ?? bot;
      return who ? { say: "joined", name: who.name, bot: !agent } : undefined;
    }
    case "session.transferred":
      return { say: "transferred" };
    case "session.waiting":
      return event.reason === "agent-left" || event.reason === "requeued" ? { say: "requeued" } : undefined;
    case "session.ended":
      return { say: "ended", event };
    case "session.reopened":
      return { say: "reopened" };
    case "customer.returned":
      return event.because && { say: BECAUSE[event.because] };
    case "customer.verified":
      return { say: "nowVerified" };
    default:
      return undefined;
  }
}
