import type { Draft } from "../conversations/draft.ts";
import { isAbsent } from "../presence/agent-state.ts";
import { changeSession, openSession } from "../sessions/session.ts";

const SYSTEM = { by: { who: "system" as const } };

/**
 * The place that the agent from before keeps for a customer who is back and whom they cannot take yet, for as long as they
 * were promised. What was held while the customer was away stays theirs. Nothing where nobody has been there for so long
 * that others take over their customers.
 */
export function placeFor(draft: Draft, agentId: string | null) {
  const { session } = openSession(draft.state);
  const until = session.away?.sameAgentUntil ?? null;
  const agent = draft.circumstances.agents.get(agentId ?? "");
  if (agentId === null || until === null || !agent || isAbsent(agent, draft.now)) return null;
  const weight = agent.work.find((work) => work.conversationId === draft.conversationId)?.weight ?? 0;
  return { agentId, weight, until };
}

/** The place is kept no longer: whoever is free takes the customer. An open offer stands. */
export function endPlace(draft: Draft, how: "expired" | "released"): void {
  const marks = how === "expired" ? SYSTEM : {};
  changeSession(draft, "hold.ended", { staff: { targetAgentId: null } }, { what: "same-agent", how }, marks);
}

/** Who kept the place will not be there. The customer waits for somebody else, in the turn that they have. */
export function losePlace(draft: Draft): void {
  const change = { staff: { targetAgentId: null, declined: [] } };
  changeSession(draft, "session.waiting", change, { reason: "agent-left" }, SYSTEM);
}
