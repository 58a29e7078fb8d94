import type { ClientCommandOf } from "@clew/contract/commands";
import { closeConversation } from "../conversations/closing.ts";
import { Draft } from "../conversations/draft.ts";
import type { ConversationState } from "../conversations/state.ts";
import type { Circumstances, Decision } from "../decision.ts";
import { NO_BOT } from "./bot.ts";
import { endSession } from "./end.ts";
import { changeSession, isOver, NO_OFFER } from "./session.ts";

/**
 * The reset: the session ends and the conversation closes for this customer, or it is parked: left with the agent, and no
 * clock ends it while the customer is away. What the agent holds for them is held no longer for that. Repeating it changes
 * nothing. That tokens and links die with a reset is identity's part of the same request.
 */
export function clearSession(
  state: ConversationState,
  command: Pick<ClientCommandOf<"session.clear">, "mode">,
  circumstances: Circumstances,
): Decision {
  const draft = new Draft(state, circumstances, state.snapshot.id);
  const { session } = state.snapshot;
  const ends = command.mode === "end";
  if (!isOver(state) && (ends || !session?.parked)) {
    const away = session?.away ? { ...session.away, windowUntil: null } : null;
    const bot = session?.bot ? NO_BOT : { session: {}, staff: {} };
    changeSession(
      draft,
      "session.cleared",
      ends
        ? {}
        : {
            session: { status: "inactive", parked: circumstances.now, countdown: null, away, ...bot.session },
            staff: { ...NO_OFFER, ...bot.staff },
          },
      { mode: command.mode },
    );
    if (ends) endSession(draft, { by: "customer", why: "reset" });
  }
  if (ends && draft.state.snapshot.status === "open") closeConversation(draft);
  return draft.done();
}
