import type { AgentState, Work } from "@clew/domain/presence/agent-state";

/**
 * Of the agents that a command about a conversation touched, those that are different now. A message touches its owner
 * without moving their work; writing that down and waking the router for it would double the cost of a message.
 */
export function movedAgents(
  touched: readonly AgentState[],
  before: ReadonlyMap<string, AgentState>,
  conversationId: string,
): AgentState[] {
  return touched.filter((agent) => {
    const old = before.get(agent.id);
    return !old || !isSame(old, agent, conversationId);
  });
}

function isSame(old: AgentState, agent: AgentState, conversationId: string): boolean {
  if (old === agent) return true;
  const names = Object.keys(agent) as (keyof AgentState)[];
  if (names.some((name) => name !== "work" && agent[name] !== old[name])) return false;
  if (agent.work.length !== old.work.length) return false;
  const here = agent.work.filter((one) => one.conversationId === conversationId);
  const there = old.work.filter((one) => one.conversationId === conversationId);
  return here.length === there.length && here.every((one, place) => isSameWork(one, there[place]));
}

function isSameWork(one: Work, other: Work | undefined): boolean {
  if (other === undefined || one.sessionId !== other.sessionId) return false;
  return one.weight === other.weight && one.kind === other.kind && one.wants === other.wants;
}
