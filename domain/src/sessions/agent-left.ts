import { Draft } from "../conversations/draft.ts";
import type { ConversationState } from "../conversations/state.ts";
import { type Circumstances, type Decision } from "../decision.ts";
import { endOffer } from "../offers/offers.ts";
import { changeSession, openSession } from "./session.ts";

/** The agent is gone for good (deactivated): their offer is withdrawn, their session waits for somebody else. */
export function agentLeft(
  state: ConversationState,
  command: { agentId: string },
  circumstances: Circumstances,
): Decision {
  const draft = new Draft(state, circumstances, state.snapshot.id);
  if (state.snapshot.staff?.offer?.agentId === command.agentId) endOffer(draft, "withdrawn", "left");
  const { session } = state.snapshot;
  const serves =
    session?.agent?.id === command.agentId && (session.status === "active" || session.status === "inactive");
  if (serves) {
    const { staff } = openSession(draft.state);
    changeSession(
      draft,
      "session.waiting",
      {
        session: { status: "waiting", waitingSince: circumstances.now, agent: null, countdown: null },
        staff: { close: null, declined: [], previousAgentId: staff.previousAgentId },
      },
      { reason: "agent-left" },
    );
  }
  return draft.done();
}
