import type { Cursor } from "@clew/contract/ids";
import type { InboxItem } from "@clew/contract/inbox";
import type { ClientMessage, ServerMessage } from "@clew/contract/stream";
import type { Offer } from "./desk.ts";

type InboxMessage = Extract<ServerMessage, { type: "inbox" }>;

export type InboxChange = { before: InboxItem | null; item: InboxItem | null; live: boolean };

/**
 * The feed of what concerns the agent: always the newest state of each conversation, under rising numbers with holes. A
 * change at or below the number last taken for its conversation is a repeat.
 */
export function createInbox(input: {
  send(message: ClientMessage): boolean;
  changed(changes: readonly InboxChange[]): void;
}) {
  const items = new Map<string, InboxItem>();
  const numbers = new Map<string, number>();
  let cursor: Cursor | null = null;
  let epoch = "";
  let live = false;
  let ready = false;
  const topic = { kind: "inbox" } as const;

  return {
    subscribe(ofEpoch: string): void {
      epoch = ofEpoch;
      live = false;
      input.send({ type: "subscribe", topic, ...(cursor ? { cursor } : {}) });
    },
    live: () => live,
    /** Read once to its end. */
    ready: () => ready,
    receive(message: ServerMessage): void {
      if (message.type === "inbox") take(message);
      else if (message.type === "live") {
        live = true;
        ready = true;
        cursor = { epoch, number: Math.max(message.number, cursor?.number ?? 0) };
        input.changed([]);
      } else if (message.type === "resync") {
        cursor = null;
        items.clear();
        numbers.clear();
        input.changed([]);
      }
    },
    /** Last changed first. */
    items: (): readonly InboxItem[] => [...items.values()].sort((a, b) => b.updatedAt - a.updatedAt),
    clear(): void {
      items.clear();
      numbers.clear();
      cursor = null;
      ready = false;
    },
  };

  function take(message: InboxMessage): void {
    const held = cursor?.number ?? 0;
    const changes = message.changes
      .filter((change) => change.number > (numbers.get(change.conversationId) ?? 0))
      .map(({ conversationId, item, number }): InboxChange => {
        numbers.set(conversationId, number);
        const before = items.get(conversationId) ?? null;
        if (item) items.set(conversationId, item);
        else items.delete(conversationId);
        return { before, item, live };
      });
    cursor = { epoch, number: Math.max(message.number, held) };
    input.send({ type: "ack", topic, number: cursor.number });
    input.changed(changes);
  }
}

/** The offer that an item holds for this agent. */
export function offerIn(item: InboxItem, agentId: string): Offer | null {
  const { offer, offerId } = item.staff;
  if (!offer || !offerId || offer.agentId !== agentId) return null;
  return { conversationId: item.conversationId, offerId, madeAt: offer.madeAt, dueAt: offer.dueAt, item };
}
