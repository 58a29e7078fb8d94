import type { ConversationEvent } from "@clew/contract/events";
import { inboxItem } from "@clew/domain/conversations/inbox-item";
import type { ConversationState } from "@clew/domain/conversations/state";
import { eventText, eventTextForCustomer } from "../event-log/text.ts";

/** Newly committed events of one conversation, in order, at least one. Their frames are made once, whoever reads them. */
export class NewEvents {
  readonly conversationId: string;
  readonly first: number;
  readonly last: number;
  /** Everything before them is gone, also from those who were sent it. */
  readonly erase: boolean;
  readonly #events: readonly ConversationEvent[];
  #forStaff: string | null = null;
  #forCustomer: string | null = null;

  constructor(conversationId: string, events: readonly ConversationEvent[]) {
    this.conversationId = conversationId;
    this.#events = events;
    this.first = events[0]?.number ?? 0;
    this.last = events.at(-1)?.number ?? 0;
    this.erase = events.some(({ type }) => type === "conversation.erased");
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

const itemTexts = new WeakMap<ConversationState, string>();

/** A conversation as a line of the inbox, as JSON, made once for all who have it in theirs; `null` before its first session. */
export function inboxItemText(state: ConversationState): string {
  let text = itemTexts.get(state);
  if (text === undefined) {
    text = JSON.stringify(inboxItem(state));
    itemTexts.set(state, text);
  }
  return text;
}

/** The text of an `inbox` message; `item` is JSON already. */
export function inboxFrame(
  changes: readonly { number: number; conversationId: string; item: string }[],
  number: number,
): string {
  const texts = changes.map(
    (one) => `{"number":${one.number},"conversationId":"${one.conversationId}","item":${one.item}}`,
  );
  return `{"type":"inbox","changes":[${texts.join(",")}],"number":${number}}`;
}
