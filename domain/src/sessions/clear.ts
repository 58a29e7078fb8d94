import type { ClientCommandOf } from "@clew/contract/commands";
import { closeConversation } from "../conversations/closing.ts";
import { Draft } from "../conversations/draft.ts";
import type { ConversationState } from "../conversations/state.ts";
import type { Circumstances, Decision } from "../decision.ts";
import { NO_BOT } from "./bot.ts";
import { endSession } from "./end.ts";
import { changeSession, isOver, NO_OFFER } from "./session.ts";

/**
 * The reset: the session ends, or is parked for the agent to follow up, and the conversation closes for this customer.
 * Repeating it changes nothing. That tokens and links die with it is identity's part of the same request.
 */
export function clearSession(
  state: ConversationState,
  command: Pick<ClientCommandOf<"session.clear">, "mode">,
  circumstances: Circumstances,
): Decision {
  const draft = new Draft(state, circumstances, state.snapshot.id);
  if (!isOver(state)) {
    const ends = command.mode === "end";
    const bot = state.snapshot.session?.bot ? NO_BOT : { session: {}, staff: {} };
    changeSession(
      draft,
      "session.cleared",
      ends
        ? {}
        : {
            session: { status: "inactive", countdown: null, away: null, ...bot.session },
            staff: { ...NO_OFFER, hold: null, ...bot.staff },
          },
      { mode: command.mode },
    );
    if (ends) endSession(draft, { by: "customer", why: "reset" });
  }
  if (command.mode === "end" && draft.state.snapshot.status === "open") closeConversation(draft);
  return draft.done();
}
