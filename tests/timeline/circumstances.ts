import type { Agent } from "@clew/contract/agents";
import type { ConversationEvent } from "@clew/contract/events";
import type { Timeline, TimelineGiven } from "@clew/contract/timeline";
import { claimsOf } from "@clew/domain/claims/claims";
import type { Configuration } from "@clew/domain/configuration";
import type { ConversationState } from "@clew/domain/conversations/state";
import { type AgentState, newAgentState } from "@clew/domain/presence/agent-state";
import type { Group } from "./commands.ts";

type Circumstances = { configuration: Configuration; agents: Map<string, AgentState> };

/**
 * The settings and the agents as the rules found them. Where agents were and what else they held is not in the log of one
 * conversation: they count as there and free, unless a reason in the log says otherwise.
 */
export function circumstancesOf(timeline: Timeline, group: Group): Circumstances {
  const { given, conversation } = timeline;
  const deployment = deploymentOf(group);
  const found = given.deployments.find(({ number }) => number === deployment);
  if (!found) throw new Error(`given.deployments has no number ${deployment}, under which this was decided`);
  const agents = new Map(given.agents.map((agent) => [agent.id, { ...agent, email: "", skills: [], revision: 0 }]));
  const states = new Map<string, AgentState>();
  for (const id of agents.keys()) states.set(id, stateOf(id, group.before));
  tellReason(group, agents, states);
  const byId = <Item extends { id: string }>(items: readonly Item[]) => new Map(items.map((item) => [item.id, item]));
  return {
    agents: states,
    configuration: {
      organisation: { name: "", presenceReasons: [], declineReasons: [] },
      channels: new Map([
        [conversation.channelId, { id: conversation.channelId, deployment, settings: found.settings }],
      ]),
      queues: byId(given.queues),
      agents,
      skills: byId(given.skills),
      hours: byId(given.hours),
    },
  };
}

export function rolesOf(given: TimelineGiven) {
  return new Map(given.agents.map(({ id, role }) => [id, role]));
}

/** A session lives by the deployment it began under. */
function deploymentOf({ events, before }: Group): number {
  const staffOf = (event: ConversationEvent) => (event.type === "session.started" ? event.staff : undefined);
  const began = events.map(staffOf).find((staff) => staff !== undefined);
  return (began ?? before?.snapshot.staff)?.terms.deployment ?? 0;
}

function stateOf(id: string, before: ConversationState | null): AgentState {
  const work = claimsOf(before).flatMap(({ agentId, ...claim }) => (agentId === id ? [claim] : []));
  return { ...newAgentState(id), chosen: "available", lease: Number.MAX_SAFE_INTEGER, work };
}

/** What the log gives as a reason was so: the agent from before was away, busy, full, gone, or without a connection. */
function tellReason({ events, before }: Group, agents: Map<string, Agent>, states: Map<string, AgentState>): void {
  const id = before?.snapshot.session?.agent?.id ?? before?.snapshot.staff?.previousAgentId;
  const [agent, state] = id ? [agents.get(id), states.get(id)] : [];
  if (!agent || !state) return;
  for (const event of events) {
    if (event.type === "session.waiting" && event.reason === "agent-left") state.lease = 0;
    if (event.type !== "customer.returned") continue;
    if (event.because === "agent-away") state.chosen = "away";
    // Who keeps no place although the channel says so had been gone for long.
    if (event.because === "agent-away" && !event.staff?.kept && keepsPlaces(before)) state.lease = 0;
    if (event.because === "agent-busy") state.chosen = "busy";
    if (event.because === "agent-left") agents.set(agent.id, { ...agent, active: false });
    if (event.because === "at-capacity")
      state.work.push({ sessionId: "another", conversationId: "another", weight: agent.capacity, kind: "active" });
  }
}

function keepsPlaces(before: ConversationState | null): boolean {
  return before?.snapshot.staff?.terms.reconnect?.whenAgentUnavailable === "hold";
}
