import { applyEvent } from "@clew/contract/apply-event";
import type { ConversationSnapshot, Positions } from "@clew/contract/conversations";
import type { ConversationEvent } from "@clew/contract/events";
import type { Cursor } from "@clew/contract/ids";
import type { ServerMessage } from "@clew/contract/stream";

/**
 * What is held of a conversation: its state, and a stretch of its log without holes that ends at `snapshot.number`. The
 * cursor follows from it, so view and cursor cannot come apart.
 */
export type ConversationView = {
  epoch: string;
  snapshot: ConversationSnapshot;
  events: readonly ConversationEvent[];
};

export type Received =
  | { outcome: "same" }
  | { outcome: "changed"; view: ConversationView; added: readonly ConversationEvent[] }
  /** An event that does not follow the last one: close and resume, never sort it in. */
  | { outcome: "gap" };

export function cursorOf(view: ConversationView): Cursor {
  return { epoch: view.epoch, number: view.snapshot.number };
}

type Snapshot = Extract<ServerMessage, { type: "snapshot" }>;

/** The view a snapshot gives. */
export function fromSnapshot(message: Snapshot): ConversationView {
  return { epoch: message.epoch, snapshot: message.snapshot, events: message.events };
}

/** Applies the event numbered last + 1; a lower number is a duplicate, a higher one a gap. */
export function receiveEvents(view: ConversationView, events: readonly ConversationEvent[]): Received {
  const added: ConversationEvent[] = [];
  let snapshot = view.snapshot;
  for (const event of events) {
    if (event.number > snapshot.number + 1) return { outcome: "gap" };
    if (event.number <= snapshot.number) continue;
    snapshot = applyEvent(snapshot, event);
    added.push(event);
  }
  if (added.length === 0) return { outcome: "same" };
  return { outcome: "changed", view: { ...view, snapshot, events: [...view.events, ...added] }, added };
}

/** Positions only grow, whatever order they come in. */
export function withPositions(view: ConversationView, positions: Partial<Positions>): ConversationView {
  const before = view.snapshot.positions;
  const after: Positions = {
    customerDelivered: Math.max(before.customerDelivered, positions.customerDelivered ?? 0),
    customerRead: Math.max(before.customerRead, positions.customerRead ?? 0),
    agentDelivered: Math.max(before.agentDelivered, positions.agentDelivered ?? 0),
    agentRead: Math.max(before.agentRead, positions.agentRead ?? 0),
  };
  const same = (Object.keys(after) as (keyof Positions)[]).every((key) => after[key] === before[key]);
  return same ? view : { ...view, snapshot: { ...view.snapshot, positions: after } };
}

/** Whether the log goes on before what is held. */
export function hasOlder(view: ConversationView): boolean {
  return (view.events[0]?.number ?? view.snapshot.number + 1) > 1;
}

/** The view with a page of earlier events in front; a page that does not join is not taken. */
export function withOlder(view: ConversationView, page: readonly ConversationEvent[]): ConversationView {
  const first = view.events[0]?.number ?? view.snapshot.number + 1;
  const older = page.filter((event) => event.number < first);
  const joins = older.every((event, index) => event.number === first - older.length + index);
  return joins && older.length > 0 ? { ...view, events: [...older, ...view.events] } : view;
}
