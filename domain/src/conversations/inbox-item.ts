import type { InboxItem } from "@clew/contract/inbox";
import type { ConversationState } from "./state.ts";

/** Facts that make the title of a conversation, the first found of each. */
export const NAME_KEYS = ["name", "fullName", "firstName"];
export const TOPIC_KEYS = ["topic", "subject", "reason"];

/** "Ana Lima · Returns": who it is and what it is about, as far as it is known. Empty when nothing is. */
export function titleOf(state: ConversationState): string {
  const { customer, facts } = state.snapshot;
  const fact = (keys: string[]) =>
    keys
      .map((key) => facts.find((one) => one.key === key))
      .map((one) => one?.label ?? one?.value)
      .find((value) => typeof value === "string" && value !== "");
  const name = customer.name ?? fact(NAME_KEYS) ?? customer.email ?? fact(["email"]);
  return [name, fact(TOPIC_KEYS)].filter(Boolean).join(" · ");
}

/** The conversation as a line of the inbox; null before its first session. */
export function inboxItem(state: ConversationState): InboxItem | null {
  const { id, channelId, kind, status, number, language, customer, session, staff } = state.snapshot;
  if (!session || !staff) return null;
  return {
    conversationId: id,
    channelId,
    kind,
    status,
    number,
    language,
    customer,
    title: titleOf(state),
    session,
    staff,
    lastMessage: state.lastMessage,
    unread: state.unread.length,
    updatedAt: state.updatedAt,
  };
}
