import { Draft } from "../conversations/draft.ts";
import type { ConversationState } from "../conversations/state.ts";
import type { Circumstances, Decision } from "../decision.ts";
import { endOffer } from "../offers/offers.ts";
import { isAbsent } from "../presence/agent-state.ts";
import { losePlace } from "../reconnect/place.ts";
import { changeSession, openSession } from "./session.ts";

/** The agent is gone for good (deactivated): their offer is withdrawn, their session waits for somebody else. */
export function agentLeft(
  state: ConversationState,
  command: { agentId: string },
  circumstances: Circumstances,
): Decision {
  const draft = new Draft(state, circumstances, state.snapshot.id);
  if (state.snapshot.staff?.offer?.agentId === command.agentId) endOffer(draft, "withdrawn", "left");
  if (serves(state, command.agentId)) requeueFrom(draft);
  else if (keepsPlace(draft, command.agentId)) losePlace(draft);
  return draft.done();
}

/**
 * The agent's connection has been gone for longer than a crash takes: whoever waits for their word waits for somebody
 * else from now on. A customer who has had the last word answered stays with them until writing again.
 */
export function agentAbsent(
  state: ConversationState,
  command: { agentId: string },
  circumstances: Circumstances,
): Decision {
  const draft = new Draft(state, circumstances, state.snapshot.id);
  if (!ownerIsAbsent(draft)) return draft.done();
  if (serves(state, command.agentId) && state.lastWord !== "agent") requeueFrom(draft);
  else if (keepsPlace(draft, command.agentId)) losePlace(draft);
  return draft.done();
}

/** A customer's word to an agent who is absent goes to somebody else. */
export function requeueFromAbsent(draft: Draft): void {
  const owner = draft.state.snapshot.session?.agent;
  if (owner && serves(draft.state, owner.id) && ownerIsAbsent(draft)) requeueFrom(draft);
}

function keepsPlace({ state: { snapshot } }: Draft, agentId: string): boolean {
  return snapshot.staff?.kept?.agentId === agentId;
}

function serves({ snapshot: { session } }: ConversationState, agentId: string): boolean {
  return session?.agent?.id === agentId && (session.status === "active" || session.status === "inactive");
}

function ownerIsAbsent(draft: Draft): boolean {
  const { session, staff } = draft.state.snapshot;
  const owner = draft.circumstances.agents.get(session?.agent?.id ?? staff?.kept?.agentId ?? "");
  return owner !== undefined && isAbsent(owner, draft.now);
}

function requeueFrom(draft: Draft): void {
  const { session, staff } = openSession(draft.state);
  const previousAgentId = session.agent?.id ?? staff.previousAgentId;
  changeSession(
    draft,
    "session.waiting",
    {
      session: { status: "waiting", waitingSince: draft.now, agent: null, countdown: null },
      staff: { close: null, declined: [], previousAgentId },
    },
    { reason: "agent-left" },
    { by: { who: "system" } },
  );
}
