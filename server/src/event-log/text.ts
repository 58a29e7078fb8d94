import type { ConversationEvent } from "@clew/contract/events";
import { eventForCustomer } from "@clew/domain/conversations/for-customer";

const staffTexts = new WeakMap<ConversationEvent, string>();
const customerTexts = new WeakMap<ConversationEvent, string>();

/** An event as JSON, made once: the row of the log and the frames of all who read it share the text. */
export function eventText(event: ConversationEvent): string {
  let text = staffTexts.get(event);
  if (text === undefined) {
    text = JSON.stringify(event);
    staffTexts.set(event, text);
  }
  return text;
}

/** The same without what only staff see. */
export function eventTextForCustomer(event: ConversationEvent): string {
  let text = customerTexts.get(event);
  if (text === undefined) {
    const visible = eventForCustomer(event);
    text = visible === event ? eventText(event) : JSON.stringify(visible);
    customerTexts.set(event, text);
  }
  return text;
}
