import type { Circumstances, Decision } from "../decision.ts";
import { endSession } from "../sessions/end.ts";
import { isOver } from "../sessions/session.ts";
import { closeConversation } from "./closing.ts";
import { Draft } from "./draft.ts";
import type { ConversationState } from "./state.ts";

/**
 * Nothing of what was said stays: the session ends, the conversation closes, and what is left is that there was one. The
 * log's own contents go in the same transaction. Repeating it changes nothing.
 */
export function eraseConversation(state: ConversationState, circumstances: Circumstances): Decision {
  if (state.erasedBy !== undefined) return { state, events: [], effects: [] };
  const draft = new Draft(state, circumstances, state.snapshot.id);
  if (!isOver(state)) endSession(draft, { by: "system", why: "closed-by-admin" });
  if (draft.state.snapshot.status === "open") closeConversation(draft);
  draft.add("conversation.erased", {});
  return draft.done();
}
