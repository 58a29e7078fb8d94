import type { ConversationEvent } from "@clew/contract/events";
import type { ProblemCode, ProblemExtra } from "@clew/contract/problems";
import { moveClaims } from "./claims/claims.ts";
import { type Command, isPresenceCommand, type PresenceCommand } from "./commands.ts";
import type { ConversationState } from "./conversations/state.ts";
import { deadlinesOf, rearm } from "./deadlines/deadlines.ts";
import { decide } from "./decide.ts";
import type { Circumstances, Effect } from "./decision.ts";
import { flowEvents } from "./flows/conversation/told.ts";
import { type AgentState, effectiveStatus, newAgentState } from "./presence/agent-state.ts";
import { dropLease, expireLease, type PresenceChange, renewLease, setPresence } from "./presence/presence.ts";

/** What a batch has loaded under lock. `perform` writes its results back, so the next command of the batch sees them. */
export type World = { conversations: Map<string, ConversationState>; agents: Map<string, AgentState> };

export type Performed = {
  conversationId: string | null;
  before: ConversationState | null;
  after: ConversationState | null;
  events: ConversationEvent[];
  effects: Effect[];
  deadlines: { set: Record<string, number>; drop: string[] };
  agents: AgentState[];
  /** Offers to withdraw in commands of their own, because an agent stopped being available. */
  followUps: { conversationId: string; agentId: string; why: string }[];
};

export type Outcome = { performed: Performed } | { refused: ProblemCode; extra?: ProblemExtra };

/**
 * The pure middle of the one door: a command on the loaded world. Claims on capacity and deadlines follow from the state
 * before and after; no rule writes them by hand.
 */
export function perform(world: World, command: Command, circumstances: Circumstances): Outcome {
  if (isPresenceCommand(command)) return performPresence(world, command, circumstances);
  const { conversationId } = command;
  const before = world.conversations.get(conversationId) ?? null;
  const decision = decide(before, command, { ...circumstances, agents: world.agents });
  if ("refused" in decision) return decision;
  const { events } = decision;
  const effects =
    events.length > 0
      ? [...decision.effects, ...flowEvents(before, decision.state, events, circumstances)]
      : decision.effects;
  const agents =
    decision.state === before
      ? new Map<string, AgentState>()
      : moveClaims(world.agents, before, decision.state, circumstances.now);
  const struck = command.type === "deadline.strike" ? command.kind : undefined;
  const deadlines = rearm(before?.armed ?? {}, deadlinesOf(decision.state, circumstances.now), struck);
  const armed = armedAfter(before?.armed ?? {}, deadlines);
  const after = { ...decision.state, armed };
  world.conversations.set(conversationId, after);
  for (const [id, agent] of agents) world.agents.set(id, agent);
  return {
    performed: {
      conversationId,
      before,
      after,
      events,
      effects,
      deadlines,
      agents: [...agents.values()],
      followUps: [],
    },
  };
}

function armedAfter(
  armed: Readonly<Record<string, number>>,
  change: { set: Record<string, number>; drop: string[] },
): Record<string, number> {
  if (Object.keys(change.set).length === 0 && change.drop.length === 0) return armed as Record<string, number>;
  const next = { ...armed, ...change.set };
  for (const kind of change.drop) delete next[kind];
  return next;
}

function performPresence(world: World, command: PresenceCommand, circumstances: Circumstances): Outcome {
  const state = world.agents.get(command.agentId) ?? newAgentState(command.agentId);
  const change = presenceChange(state, command, circumstances);
  if ("refused" in change) {
    const { code, ...extra } = change.refused;
    return { refused: code, extra };
  }
  world.agents.set(command.agentId, change.state);
  const followUps = change.withdraw.map((work) => ({
    conversationId: work.conversationId,
    agentId: state.id,
    // Whoever chose to be available and is not connected any more is offline.
    why: effectiveStatus(change.state, circumstances.now),
  }));
  return {
    performed: {
      conversationId: null,
      before: null,
      after: null,
      events: [],
      effects: [],
      deadlines: { set: {}, drop: [] },
      agents: change.state === state ? [] : [change.state],
      followUps,
    },
  };
}

function presenceChange(
  state: AgentState,
  command: PresenceCommand,
  { now, configuration }: Circumstances,
): PresenceChange | ReturnType<typeof setPresence> {
  switch (command.type) {
    case "presence.set":
      return setPresence(state, command, { organisation: configuration.organisation, now });
    case "presence.renew":
      return { state: renewLease(state, now, command.lease), changed: false, withdraw: [] };
    case "presence.shorten":
      return { state: { ...state, lease: Math.min(state.lease, now + command.lease) }, changed: false, withdraw: [] };
    case "presence.drop":
      return dropLease(state, now);
    case "presence.expire":
      return expireLease(state, now) ?? { state, changed: false, withdraw: [] };
  }
}
