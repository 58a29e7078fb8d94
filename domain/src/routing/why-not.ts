import { lastDeclined, OBSTACLES, type Obstacle, obstacleFor, REASK_AFTER_MS, waitsForTarget } from "./able.ts";
import type { Candidate, RoutingQueues, WaitingSession } from "./candidate.ts";
import { freeCapacity, keptFor, roomFor } from "./capacity.ts";

/** What keeps one agent from the session; `until` is when it passes by itself, where that is known. */
export type AgentObstacle = {
  agentId: string;
  obstacle: Obstacle | "declined" | "waits-for-another";
  until: number | null;
};

/**
 * Why a waiting session has no offer: the nearest obstacle of all its queue's agents, and each one's own. Null means
 * that nothing is in the way and routing will make an offer.
 */
export type WhyNot = {
  reason: "no-members" | Exclude<Obstacle, "not-a-member"> | "declined";
  againAt: number | null;
  agents: AgentObstacle[];
};

export function whyNot(
  session: WaitingSession,
  by: { agents: readonly Candidate[]; queues: RoutingQueues; now: number },
): WhyNot | null {
  const { now } = by;
  const queue = by.queues.get(session.queueId);
  const target = by.agents.find((agent) => agent.state.id === session.targetAgentId);
  const exclusive = waitsForTarget(session, target, now);
  const agents: AgentObstacle[] = [];
  const repeats: number[] = [];
  for (const agent of by.agents) {
    const agentId = agent.state.id;
    const free = keptFor(agent.state, session.conversationId)
      ? roomFor(agent.state, agent.capacity, session.conversationId)
      : freeCapacity(agent.state, agent.capacity);
    const obstacle = obstacleFor(session, agent, { now, free, queue });
    if (obstacle === "not-a-member") continue;
    // Off the queue's list the named agent counts only while the session waits for them.
    if (!exclusive && !agent.queueIds.includes(session.queueId)) continue;
    const declined = lastDeclined(session, agentId);
    if (exclusive && agent !== target) agents.push({ agentId, obstacle: "waits-for-another", until: null });
    else if (obstacle) agents.push({ agentId, obstacle, until: null });
    else if (declined === null || declined + REASK_AFTER_MS <= now) return null;
    else {
      agents.push({ agentId, obstacle: "declined", until: declined + REASK_AFTER_MS });
      repeats.push(declined + REASK_AFTER_MS);
    }
  }
  return { reason: nearest(agents), againAt: repeats.length > 0 ? Math.min(...repeats) : null, agents };
}

function nearest(agents: readonly AgentObstacle[]): WhyNot["reason"] {
  const found = new Set<string>(agents.map((agent) => agent.obstacle));
  if (found.has("declined")) return "declined";
  for (const obstacle of OBSTACLES.toReversed())
    if (obstacle !== "not-a-member" && found.has(obstacle)) return obstacle;
  return "no-members";
}
