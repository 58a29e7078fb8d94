import type { SkillLevel } from "@clew/contract/routing";
import { effectiveStatus } from "../presence/agent-state.ts";
import type { Candidate, RoutingQueue, WaitingSession } from "./candidate.ts";
import { fitsInto, keptFor } from "./capacity.ts";

/** Who declined a session or let its offer time out is not asked again before this many milliseconds. */
export const REASK_AFTER_MS = 10_000;

/** What keeps an agent from being offered a session, from the farthest away to the nearest. */
export const OBSTACLES = [
  "not-a-member",
  "too-heavy",
  "skill-missing",
  "offline",
  "away",
  "busy",
  "no-capacity",
] as const;
export type Obstacle = (typeof OBSTACLES)[number];

/** The first thing between agent and session, or null for an able agent. `free` counts proposals made meanwhile. */
export function obstacleFor(
  session: WaitingSession,
  agent: Candidate,
  at: { now: number; free: number; queue: RoutingQueue | undefined },
): Obstacle | null {
  // Whoever transferred to a person by name has chosen; membership and skills are not asked a second time.
  if (session.targetAgentId !== agent.state.id) {
    if (!agent.queueIds.includes(session.queueId)) return "not-a-member";
    if (!hasSkills(agent.skills, session.skills) || !hasSkills(agent.skills, at.queue?.skills ?? []))
      return "skill-missing";
  }
  if (!fitsInto(agent.capacity, agent.capacity, session.weight)) return "too-heavy";
  const status = effectiveStatus(agent.state, at.now);
  if (status !== "available") return status;
  return fitsInto(at.free, agent.capacity, session.weight) ? null : "no-capacity";
}

export function hasSkills(has: readonly SkillLevel[], needs: readonly SkillLevel[]): boolean {
  return needs.every((need) => has.some((skill) => skill.skillId === need.skillId && skill.level >= need.level));
}

/** When the agent last declined the session or let it time out; null: never. */
export function lastDeclined(session: WaitingSession, agentId: string): number | null {
  let last: number | null = null;
  for (const entry of session.declined)
    if (entry.agentId === agentId && (last === null || entry.at > last)) last = entry.at;
  return last;
}

/**
 * Whether only the agent named in a transfer may be asked: they are there, in whatever status, and have not declined. Who
 * keeps a place for the customer is waited for without a connection as well, for as long as they keep it.
 */
export function waitsForTarget(session: WaitingSession, target: Candidate | undefined, now: number): boolean {
  if (!target || target.state.id !== session.targetAgentId) return false;
  if (keptFor(target.state, session.conversationId)) return true;
  return effectiveStatus(target.state, now) !== "offline" && lastDeclined(session, target.state.id) === null;
}
