import { Draft } from "../conversations/draft.ts";
import type { ConversationState } from "../conversations/state.ts";
import type { Circumstances, Decision } from "../decision.ts";
import { changeSession, isOver, openSession } from "../sessions/session.ts";
import { termsFor } from "./clocks.ts";
import { promiseFrom } from "./promise.ts";

/**
 * The customer's last connection is gone: the clocks of coming back begin. Nothing happens to a session that is over, or
 * to a customer who is known to be away already.
 */
export function customerGone(state: ConversationState, circumstances: Circumstances): Decision {
  if (isOver(state) || state.snapshot.session?.away) return { state, events: [], effects: [] };
  const { session, staff } = openSession(state);
  const { now } = circumstances;
  const { sameAgentUntil, hold } = promiseFrom({ session, staff }, circumstances);
  // Whoever put it aside was going to leave.
  const sessionWindow = session.parked ? null : (termsFor(staff, circumstances.configuration)?.sessionWindow ?? null);
  const away = { since: now, windowUntil: sessionWindow === null ? null : now + sessionWindow, sameAgentUntil };
  const draft = new Draft(state, circumstances, state.snapshot.id);
  changeSession(draft, "customer.gone", { session: { away }, staff: { hold } }, {}, { by: { who: "system" } });
  return draft.done();
}
