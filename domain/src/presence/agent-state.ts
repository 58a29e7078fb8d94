import type { AvailabilityStatus } from "@clew/contract/presence";

/**
 * One piece of work an agent holds. `offered` reserves capacity, so an accepted offer always fits. `kept`: a customer who
 * came back waits for this agent since `since`; `weight` is theirs already, `wants` what is to be theirs before other work.
 */
export type Work = {
  sessionId: string;
  conversationId: string;
  weight: number;
  kind: "offered" | "active" | "kept";
  wants?: number;
  since?: number;
};

/**
 * An agent as routing sees them. `work` is a projection of the conversations' states, written in their transactions.
 * `lease` is the time until which a living connection vouches for the agent.
 */
export type AgentState = {
  id: string;
  chosen: AvailabilityStatus;
  reason: string | null;
  since: number;
  lease: number;
  work: Work[];
  lastAssignedAt: number;
};

/** How long an agent's connection may be gone before the customers who wait for a word go to somebody else, in milliseconds. */
export const ABSENT_AFTER_MS = 150_000;

/** Whether nobody has vouched for the agent for longer than a crash and a new start take. */
export function isAbsent(agent: AgentState, now: number): boolean {
  return agent.lease + ABSENT_AFTER_MS <= now;
}

export function newAgentState(id: string): AgentState {
  return { id, chosen: "offline", reason: null, since: 0, lease: 0, work: [], lastAssignedAt: 0 };
}

/** What counts: the choice, while a connection vouches for it. */
export function effectiveStatus(agent: AgentState, now: number): AvailabilityStatus {
  return agent.lease > now ? agent.chosen : "offline";
}

/** Units of capacity in use: offers reserve theirs, and so does what is kept already. */
export function loadOf(agent: AgentState): number {
  return agent.work.reduce((sum, work) => sum + work.weight, 0);
}
