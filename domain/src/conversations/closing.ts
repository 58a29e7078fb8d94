import { cancelAllForms } from "../flows/conversation/forms.ts";
import type { Draft } from "./draft.ts";

/** The conversation takes nothing more: what is open in it goes first, each with its own word. */
export function closeConversation(draft: Draft, marks: Parameters<Draft["add"]>[2] = {}): void {
  cancelAllForms(draft);
  draft.add("conversation.closed", {}, marks);
}
