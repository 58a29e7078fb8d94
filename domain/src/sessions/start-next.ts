import type { ClientCommandOf } from "@clew/contract/commands";
import { Draft } from "../conversations/draft.ts";
import type { ConversationState } from "../conversations/state.ts";
import { type Circumstances, type Decision, refuse } from "../decision.ts";
import { isOver } from "./session.ts";
import { startSession } from "./start.ts";

/** The customer asks for the next session before writing, with the answers that policy wants. One that runs is the answer. */
export function startNextSession(
  state: ConversationState,
  command: ClientCommandOf<"session.start">,
  circumstances: Circumstances,
): Decision {
  if (state.snapshot.status === "closed") return refuse("conversation-closed");
  if (!isOver(state)) return { state, events: [], effects: [] };
  const draft = new Draft(state, circumstances, state.snapshot.id);
  return startSession(draft, command.answers, "asked") ?? draft.done();
}
