import type { LeftBehind } from "@clew/contract/reconnect";
import type { ChatWindow } from "../conversation/window-state.ts";

/** Lets go of what the link was for; a new chat begins with what is still known, below what was typed already. */
export function startAnew({ chat, landing, preChatDraft }: ChatWindow, left?: LeftBehind): void {
  if (left) chat.setPreChatDraft({ ...left.answers, ...preChatDraft.peek() });
  landing.value = null;
  chat.newConversation();
}
