import type { Attachment } from "@clew/contract/attachments";
import type { Positions } from "@clew/contract/conversations";
import type { By, ConversationEvent } from "@clew/contract/events";
import type { Unsent } from "../outgoing/unsent.ts";
import type { Delivery, MessageItem, TimelineItem } from "./items.ts";
import type { ConversationView } from "./view.ts";

export type Side = "customer" | "staff";

type Own = { side: Side; unsent: readonly Unsent[]; by: By; attachments(id: string): Attachment | undefined };

/** What to show: the events of the log that are for people, then what is not stored yet, each message once. */
export function timelineOf(view: ConversationView | null, own: Own): TimelineItem[] {
  const items: TimelineItem[] = [];
  const stored = new Set<string>();
  for (const event of view?.events ?? []) {
    const item = itemOf(event, own.side, view?.snapshot.positions);
    if (!item) continue;
    if (item.kind === "message" || item.kind === "note") stored.add(item.key);
    items.push(item);
  }
  for (const unsent of own.unsent) {
    const item = unsentItem(unsent, own);
    if (item && !stored.has(item.key)) items.push(item);
  }
  return items;
}

export function isOwn(by: By, side: Side): boolean {
  return side === "customer" ? by.who === "customer" : by.who === "agent" || by.who === "supervisor";
}

function itemOf(event: ConversationEvent, side: Side, positions?: Positions): TimelineItem | null {
  const place = { number: event.number, at: event.at, key: `e${event.number}` };
  switch (event.type) {
    case "hidden":
      return null;
    case "message.posted":
    case "note.posted": {
      const mine = isOwn(event.by, side);
      return {
        ...place,
        kind: event.type === "note.posted" ? "note" : "message",
        key: event.commandId ?? place.key,
        text: event.text,
        attachments: event.attachments,
        by: event.by,
        mine,
        delivery: mine && event.type === "message.posted" ? deliveryOf(event.number, side, positions) : null,
        event,
      };
    }
    case "session.started":
      return { ...place, kind: "session", event };
    default:
      return { ...place, kind: "notice", event };
  }
}

function deliveryOf(number: number, side: Side, positions?: Positions): Delivery {
  const read = side === "customer" ? positions?.agentRead : positions?.customerRead;
  const delivered = side === "customer" ? positions?.agentDelivered : positions?.customerDelivered;
  if (number <= (read ?? 0)) return { state: "read" };
  return { state: number <= (delivered ?? 0) ? "delivered" : "sent" };
}

function unsentItem(unsent: Unsent, own: Own): MessageItem | null {
  const { command } = unsent;
  const message =
    command.type === "conversation.start"
      ? command.message
      : command.type === "message.post" || command.type === "note.post"
        ? command
        : undefined;
  if (!message) return null;
  return {
    kind: command.type === "note.post" ? "note" : "message",
    key: message.id,
    text: message.text,
    attachments: message.attachments.flatMap((id) => own.attachments(id) ?? []),
    by: own.by,
    at: unsent.at,
    mine: true,
    delivery: unsent.problem
      ? { state: "failed", problem: unsent.problem }
      : { state: unsent.answered ? "sent" : "sending" },
    number: null,
    event: null,
  };
}

/** Messages of the other side after what this side has read. */
export function unreadOf(view: ConversationView | null, side: Side): number {
  if (!view) return 0;
  const { customerRead, agentRead } = view.snapshot.positions;
  const read = side === "customer" ? customerRead : agentRead;
  return view.events.filter(
    (event) => event.type === "message.posted" && !event.silent && event.number > read && !isOwn(event.by, side),
  ).length;
}
