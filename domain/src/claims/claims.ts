import type { ConversationState } from "../conversations/state.ts";
import type { AgentState, Work } from "../presence/agent-state.ts";

/** A claim on an agent's capacity. */
export type Claim = Work & { agentId: string };

/**
 * What a conversation claims of agents' capacity, read off its state and nothing else: an open offer reserves, an owner
 * holds, a place is kept. Capacity cannot leak, because nobody adds or frees it by hand.
 */
export function claimsOf(state: ConversationState | null): Claim[] {
  const session = state?.snapshot.session;
  const staff = state?.snapshot.staff;
  if (!state || !session || !staff || session.status === "ended" || session.status === "error") return [];
  const what = { sessionId: session.id, conversationId: state.snapshot.id, weight: staff.weight };
  if (session.agent) {
    // While the customer is away, the terms of coming back say how much of the owner's capacity stays blocked.
    const held = session.away && staff.terms.reconnect ? (staff.hold?.weight ?? 0) : staff.weight;
    return [{ ...what, weight: held, agentId: session.agent.id, kind: "active" }];
  }
  if (staff.offer) return [{ ...what, agentId: staff.offer.agentId, kind: "offered" }];
  if (!staff.kept) return [];
  const { agentId, weight } = staff.kept;
  const wants = { wants: staff.weight, since: session.waitingSince ?? 0 };
  return [{ ...what, ...wants, weight: Math.min(weight, staff.weight), agentId, kind: "kept" }];
}

/** The agents touched by a change of a conversation, with their work after it; a message alone touches nobody. */
export function moveClaims(
  agents: ReadonlyMap<string, AgentState>,
  before: ConversationState | null,
  after: ConversationState,
  now: number,
): Map<string, AgentState> {
  const isSame = before?.snapshot.session === after.snapshot.session && before?.snapshot.staff === after.snapshot.staff;
  if (before && isSame) return new Map();
  const old = claimsOf(before);
  const next = claimsOf(after);
  const moved = new Map<string, AgentState>();
  for (const agentId of new Set([...old, ...next].map((claim) => claim.agentId))) {
    const agent = agents.get(agentId);
    if (!agent) throw new Error(`agent ${agentId} was not loaded`);
    const kept = agent.work.filter((work) => work.conversationId !== after.snapshot.id);
    const claims = next.filter((claim) => claim.agentId === agentId).map(({ agentId: _, ...work }) => work);
    const had = old.some((claim) => claim.agentId === agentId && claim.kind === "active");
    const gained = claims.some((claim) => claim.kind === "active") && !had;
    if (claims.length === 0 && kept.length === agent.work.length) continue;
    moved.set(agentId, { ...agent, work: [...kept, ...claims], lastAssignedAt: gained ? now : agent.lastAssignedAt });
  }
  return moved;
}
