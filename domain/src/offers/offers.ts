import type { ClientCommandOf } from "@clew/contract/commands";
import type { EventOf } from "@clew/contract/events";
import { Draft } from "../conversations/draft.ts";
import type { ConversationState } from "../conversations/state.ts";
import { type Circumstances, type Decision, refuse } from "../decision.ts";
import { effectiveStatus } from "../presence/agent-state.ts";
import { endPlace } from "../reconnect/place.ts";
import { fits } from "../routing/capacity.ts";
import { changeSession, NO_OFFER, openSession, publicAgent } from "../sessions/session.ts";

const SYSTEM = { by: { who: "system" as const } };
/** How long an offer stands when the queue does not say, in milliseconds. */
export const OFFER_MS = 30_000;

/** The router's proposal as a command: re-checked here under lock, because the world may have moved since. */
export function offer(
  state: ConversationState,
  command: { sessionId: string; agentId: string },
  circumstances: Circumstances,
): Decision {
  const { session, staff } = state.snapshot;
  if (!session || !staff || session.id !== command.sessionId || session.status !== "waiting" || staff.offer)
    return refuse("offer-gone");
  if (staff.kept && staff.kept.agentId !== command.agentId) return refuse("offer-gone");
  const agent = circumstances.configuration.agents.get(command.agentId);
  const load = circumstances.agents.get(command.agentId);
  if (!agent?.active || !load || effectiveStatus(load, circumstances.now) !== "available") return refuse("offer-gone");
  if (!fits(load, agent.capacity, { ...staff, conversationId: state.snapshot.id })) return refuse("no-capacity");
  const draft = new Draft(state, circumstances, state.snapshot.id);
  makeOffer(draft, command.agentId);
  return draft.done();
}

/** Offers the session of `draft` to an agent who fits, or gives it at once where the queue accepts by itself. */
export function makeOffer(draft: Draft, agentId: string): void {
  const { staff } = openSession(draft.state);
  const queue = staff.queueId ? draft.circumstances.configuration.queues.get(staff.queueId) : undefined;
  if (queue?.autoAccept) {
    assign(draft, agentId, "auto-accepted");
    return;
  }
  const dueAt = draft.now + (queue?.offerFor || OFFER_MS);
  const offerId = draft.circumstances.newId();
  changeSession(
    draft,
    "session.offered",
    { staff: { offer: { agentId, madeAt: draft.now, dueAt }, offerId } },
    { agentId, offerId, dueAt },
    { ...SYSTEM, audience: "staff" },
  );
}

function assign(draft: Draft, agentId: string, how: EventOf<"session.assigned">["how"]): void {
  changeSession(
    draft,
    "session.assigned",
    {
      session: {
        status: "active",
        agent: publicAgent(draft, agentId),
        activeAt: draft.now,
        waitingSince: null,
        leaveMessage: false,
        nextMessage: "joins-session",
      },
      staff: { ...NO_OFFER, targetAgentId: null, declined: [], close: null },
    },
    { how },
    how === "auto-accepted" ? SYSTEM : {},
  );
}

export function accept(
  state: ConversationState,
  command: ClientCommandOf<"offer.accept">,
  circumstances: Circumstances,
): Decision {
  const held = holds(state, command.offerId, circumstances);
  if (!held) return refuse("offer-gone");
  const draft = new Draft(state, circumstances, state.snapshot.id);
  assign(draft, held, "accepted");
  return draft.done();
}

export function decline(
  state: ConversationState,
  command: ClientCommandOf<"offer.decline">,
  circumstances: Circumstances,
): Decision {
  const held = holds(state, command.offerId, circumstances);
  if (!held) return refuse("offer-gone");
  const draft = new Draft(state, circumstances, state.snapshot.id);
  endOffer(draft, "declined", command.why);
  return draft.done();
}

function holds(state: ConversationState, offerId: string, { actor, now }: Circumstances): string | null {
  const { staff } = state.snapshot;
  if (!staff?.offer || staff.offerId !== offerId || actor.who !== "agent" || staff.offer.agentId !== actor.id)
    return null;
  return staff.offer.dueAt >= now ? actor.id : null;
}

/** Ends the open offer. Whoever declined or let it pass is asked again only after the others. */
export function endOffer(draft: Draft, how: "declined" | "timed-out" | "withdrawn", why?: string): void {
  const { staff } = openSession(draft.state);
  if (!staff.offer || !staff.offerId) return;
  const { agentId } = staff.offer;
  const others = staff.declined.filter((entry) => entry.agentId !== agentId);
  const declined = how === "withdrawn" ? staff.declined : [...others, { agentId, at: draft.now, why: why ?? how }];
  // Who became busy after all has not let go of the customer whose place they keep.
  const targetAgentId = staff.targetAgentId === agentId && !staff.kept ? null : staff.targetAgentId;
  changeSession(
    draft,
    "session.offer-ended",
    { staff: { ...NO_OFFER, declined, targetAgentId } },
    { agentId, offerId: staff.offerId, how, ...(why ? { why } : {}) },
    { audience: "staff", ...(how === "declined" ? {} : SYSTEM) },
  );
  // That the place is kept no longer concerns the customer as well, and is told by an event that they see.
  if (staff.kept && how !== "withdrawn") endPlace(draft, how === "declined" ? "released" : "expired");
}

/** The agent went busy, away or offline: the open offer goes to somebody else. */
export function withdraw(
  state: ConversationState,
  command: { agentId: string; why: string },
  circumstances: Circumstances,
): Decision {
  if (state.snapshot.staff?.offer?.agentId !== command.agentId) return { state, events: [], effects: [] };
  const draft = new Draft(state, circumstances, state.snapshot.id);
  endOffer(draft, "withdrawn", command.why);
  return draft.done();
}

/** An agent takes a waiting session, or a supervisor gives it to one. */
export function take(
  state: ConversationState,
  command: ClientCommandOf<"session.take">,
  circumstances: Circumstances,
): Decision {
  const { actor, configuration, agents } = circumstances;
  if (actor.who !== "agent") return refuse("forbidden");
  const { session, staff } = state.snapshot;
  if (!session || !staff || session.status === "ended" || session.status === "error") return refuse("session-not-open");
  const agentId = command.agentId ?? actor.id;
  if (session.agent?.id === agentId) return { state, events: [], effects: [] };
  const byForce = actor.role !== "agent";
  if (agentId !== actor.id && !byForce)
    return refuse("forbidden", { field: "/agentId", detail: "only supervisors give work to others" });
  if (session.agent && !byForce) return refuse("session-taken");
  const agent = configuration.agents.get(agentId);
  const load = agents.get(agentId);
  if (!agent?.active || !load) return refuse("not-found", { field: "/agentId" });
  const reserved = staff.offer?.agentId === agentId;
  if (!reserved && !fits(load, agent.capacity, { ...staff, conversationId: state.snapshot.id }))
    return refuse("no-capacity", { detail: "this agent's capacity is used up" });
  const draft = new Draft(state, circumstances, state.snapshot.id);
  if (staff.offer && !reserved) endOffer(draft, "withdrawn", "taken");
  assign(draft, agentId, agentId === actor.id ? "taken" : "assigned");
  return draft.done();
}
