import type { Queue, SkillLevel } from "@clew/contract/routing";
import type { Configuration } from "../configuration.ts";
import { type AgentState, newAgentState } from "../presence/agent-state.ts";

/** A session that waits for an agent. Times are milliseconds since 1970. */
export type WaitingSession = {
  conversationId: string;
  sessionId: string;
  queueId: string;
  priority: number;
  waitingSince: number;
  weight: number;
  skills: readonly SkillLevel[];
  /** Offers of this session that came to nothing, time-outs included, in any order. */
  declined: readonly { agentId: string; at: number; why: string }[];
  /** Who is preferred, until `previousAgentUntil` (null or absent: without end). */
  previousAgentId: string | null;
  previousAgentUntil?: number | null;
  /** Transferred to this agent by name: nobody else is asked as long as they are there and have not declined. */
  targetAgentId?: string | null;
};

/** An agent as routing weighs them. */
export type Candidate = {
  state: AgentState;
  capacity: number;
  skills: readonly SkillLevel[];
  queueIds: readonly string[];
};

/** What routing reads of a queue. */
export type RoutingQueue = Pick<Queue, "strategy" | "skills">;
export type RoutingQueues = ReadonlyMap<string, RoutingQueue>;

/** The active agents of the configuration with their states; an agent never seen counts as offline. */
export function candidatesFrom(
  configuration: Pick<Configuration, "agents" | "queues">,
  states: ReadonlyMap<string, AgentState>,
): Candidate[] {
  const queueIds = new Map<string, string[]>();
  for (const queue of configuration.queues.values()) {
    for (const member of queue.members) {
      const known = queueIds.get(member);
      if (known) known.push(queue.id);
      else queueIds.set(member, [queue.id]);
    }
  }
  return [...configuration.agents.values()]
    .filter((agent) => agent.active)
    .map((agent) => ({
      state: states.get(agent.id) ?? newAgentState(agent.id),
      capacity: agent.capacity,
      skills: agent.skills,
      queueIds: queueIds.get(agent.id) ?? [],
    }));
}
