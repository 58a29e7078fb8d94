import type { ConversationEvent } from "@clew/contract/events";
import { eventText, eventTextForCustomer } from "../event-log/text.ts";

/** Newly committed events of one conversation, in order, at least one. Their frames are made once, whoever reads them. */
export class NewEvents {
  readonly conversationId: string;
  readonly first: number;
  readonly last: number;
  readonly #events: readonly ConversationEvent[];
  #forStaff: string | null = null;
  #forCustomer: string | null = null;

  constructor(conversationId: string, events: readonly ConversationEvent[]) {
    this.conversationId = conversationId;
    this.#events = events;
    this.first = events[0]?.number ?? 0;
    this.last = events.at(-1)?.number ?? 0;
  }

  frame(forCustomer: boolean): string {
    if (forCustomer) {
      this.#forCustomer ??= eventsFrame(this.conversationId, this.#events, true);
      return this.#forCustomer;
    }
    this.#forStaff ??= eventsFrame(this.conversationId, this.#events, false);
    return this.#forStaff;
  }
}

/** The text of an `events` message. */
export function eventsFrame(
  conversationId: string,
  events: readonly ConversationEvent[],
  forCustomer: boolean,
): string {
  const topic = `{"kind":"conversation","id":"${conversationId}"}`;
  return `{"type":"events","topic":${topic},"events":[${events.map(forCustomer ? eventTextForCustomer : eventText).join(",")}]}`;
}
