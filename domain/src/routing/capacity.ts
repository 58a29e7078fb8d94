import { type AgentState, loadOf, type Work } from "../presence/agent-state.ts";

/**
 * Units of capacity an agent has left for new work: what customers wait for who are kept a place is not among them. Below
 * zero when the capacity was lowered under running work.
 */
export function freeCapacity(agent: AgentState, capacity: number): number {
  return leftAfter(capacity - loadOf(agent), agent.work);
}

/** Units that a conversation may take of the agent: its own, and what is free but for those whose place is kept before it. */
export function roomFor(agent: AgentState, capacity: number, conversationId: string): number {
  const own = agent.work.find((work) => work.conversationId === conversationId);
  const before = agent.work.filter((work) => work !== own && isBefore(work, own));
  return (own?.weight ?? 0) + leftAfter(capacity - loadOf(agent), before);
}

/** Whether the conversation's session, of `weight` units, may be given to the agent. */
export function fits(agent: AgentState, capacity: number, work: { weight: number; conversationId: string }): boolean {
  return fitsInto(roomFor(agent, capacity, work.conversationId), capacity, work.weight);
}

/** The same for `free` units counted by the caller. An agent of capacity 0 takes no work, not even work of weight 0. */
export function fitsInto(free: number, capacity: number, weight: number): boolean {
  return capacity > 0 && free >= weight;
}

/** The work by which the agent keeps a place for the conversation's customer, who is back and waits. */
export function keptFor(agent: AgentState, conversationId: string): Work | undefined {
  return agent.work.find((work) => work.kind === "kept" && work.conversationId === conversationId);
}

/** What is left of free units once those have theirs who are kept a place; nobody gets less than nothing of it. */
function leftAfter(free: number, work: readonly Work[]): number {
  const awaited = work.reduce((sum, { weight, wants = weight }) => sum + Math.max(0, wants - weight), 0);
  return free - Math.min(awaited, Math.max(0, free));
}

/** Of those who are kept a place, whoever came back first is first; other work comes after all of them. */
function isBefore(work: Work, own: Work | undefined): boolean {
  if (own?.kind !== "kept") return true;
  const [one, other] = [work.since ?? 0, own.since ?? 0];
  return one < other || (one === other && work.conversationId < own.conversationId);
}
