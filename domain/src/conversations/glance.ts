import type { Glance } from "@clew/contract/customers";
import type { PreChatForm } from "@clew/contract/forms";
import { textIn } from "../languages/fall-back.ts";
import { withoutLinks } from "../reconnect/left-behind.ts";
import { TOPIC_KEYS } from "./inbox-item.ts";
import type { ConversationState } from "./state.ts";

/** What the customer is shown of a conversation where they choose between several; choices in its own language. */
export function glanceOf(state: ConversationState, form: Pick<PreChatForm, "fields"> | undefined): Glance {
  const { facts, language } = state.snapshot;
  const fact = TOPIC_KEYS.map((key) => facts.findLast((one) => one.key === key)).find((one) => one?.value);
  const choice = form?.fields
    .find((field) => field.key === fact?.key)
    ?.choices?.find((one) => one.value === fact?.value);
  const topic = (choice && textIn(choice.label, language)) || fact?.label || fact?.value;
  const last = state.lastMessage;
  return {
    topic: typeof topic === "string" ? topic : null,
    last: last && { at: last.at, by: last.by === "customer" ? "customer" : "team", text: withoutLinks(last.text) },
  };
}
