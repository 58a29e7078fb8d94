import { limitOf } from "@clew/contract/flows/flow-limits";
import type { Configuration } from "../../configuration.ts";
import { closeConversation } from "../../conversations/closing.ts";
import { Draft } from "../../conversations/draft.ts";
import type { ConversationState } from "../../conversations/state.ts";
import { type Circumstances, type Decision, refuse } from "../../decision.ts";
import { endOffer } from "../../offers/offers.ts";
import { effectiveStatus } from "../../presence/agent-state.ts";
import { endPlace } from "../../reconnect/place.ts";
import { fits } from "../../routing/capacity.ts";
import { endSession } from "../../sessions/end.ts";
import { changeSession, isOver, openSession } from "../../sessions/session.ts";
import { giveToBot } from "./bot.ts";
import type { FlowCommand } from "./commands.ts";
import { fallBack } from "./fall-back.ts";
import { noteIn, sayIn } from "./runs.ts";

type Of<Name extends FlowCommand["type"]> = Extract<FlowCommand, { type: Name }>;
const SYSTEM = { by: { who: "system" as const } };

/** How long a routing flow may take until the session waits in the channel's queue, in milliseconds. */
export function flowDecidesWithin({ flowLimits }: Configuration): number {
  return limitOf("routingSeconds", flowLimits) * 1_000;
}

/**
 * A flow sends a session that nobody serves yet, or that its own run serves as a bot, where it shall wait or be talked to.
 * An agent by name may turn out to be unavailable.
 */
export function routeByFlow(
  state: ConversationState,
  command: Of<"flow.route">,
  circumstances: Circumstances,
): Decision {
  const { session, staff } = state.snapshot;
  if (!session || !staff || session.id !== command.sessionId) return refuse("session-not-open");
  const own = staff.bot != null && staff.bot.runId === command.botRun;
  if (session.status !== "new" && session.status !== "waiting" && !own) return refuse("session-not-open");
  const { configuration, agents, now } = circumstances;
  const { to } = command;
  const draft = new Draft(state, circumstances, state.snapshot.id);
  if (to.kind === "fallback") {
    if (session.status === "new") fallBack(draft, to.note);
    return draft.done();
  }
  if (to.kind === "bot") {
    noteIn(draft, command.reason);
    return giveToBot(draft, to, command);
  }
  if (to.kind === "queue" && !configuration.queues.has(to.queueId)) return refuse("not-found", { field: "/to" });
  if (to.kind === "agent") {
    const agent = configuration.agents.get(to.agentId);
    const load = agents.get(to.agentId);
    const status = agent?.active && load ? effectiveStatus(load, now) : "offline";
    if (status === "offline") return refuse("no-capacity", { reason: "offline" });
    const work = { ...staff, conversationId: state.snapshot.id };
    const ready = status === "available" && load && agent && fits(load, agent.capacity, work);
    if (!ready && command.waitMax === undefined) return refuse("no-capacity", { reason: "busy" });
  }
  if (staff.offer) endOffer(draft, "withdrawn", "routed");
  noteIn(draft, command.reason);
  const queueId =
    to.kind === "queue" ? to.queueId : to.kind === "skills" ? (to.queueId ?? staff.queueId) : staff.queueId;
  const asked = (queueId && configuration.queues.get(queueId)?.skills) || [];
  changeSession(
    draft,
    "session.waiting",
    {
      session: { status: "waiting", waitingSince: session.waitingSince ?? now },
      staff: {
        flow: null,
        queueId,
        skills: to.kind === "skills" ? [...asked, ...to.skills] : asked,
        targetAgentId: to.kind === "agent" ? to.agentId : null,
        declined: [],
        overWaitedAt: own ? null : staff.overWaitedAt,
        priority: command.priority ?? staff.priority,
        weight: command.weight ?? staff.weight,
        route: {
          relaxAt: to.kind === "skills" && command.relaxAfter !== undefined ? now + command.relaxAfter : null,
          targetUntil: to.kind === "agent" && command.waitMax !== undefined ? now + command.waitMax : null,
          overflowQueueId: command.overflowQueueId ?? null,
        },
      },
    },
    { reason: "routed" },
    SYSTEM,
  );
  return draft.done();
}

/** The time is over in which skills are asked. */
export function relax(draft: Draft): void {
  const { staff } = openSession(draft.state);
  const queue = staff.queueId ? draft.circumstances.configuration.queues.get(staff.queueId) : undefined;
  const route = staff.route ?? null;
  changeSession(
    draft,
    "session.waiting",
    { staff: { skills: queue?.skills ?? [], route: route && { ...route, relaxAt: null } } },
    { reason: "routed" },
    { ...SYSTEM, audience: "staff" },
  );
}

/** The time is over in which one agent alone is asked: their queue is, or the one to overflow into. */
export function releaseTarget(draft: Draft): void {
  const { staff } = openSession(draft.state);
  if (staff.offer) endOffer(draft, "withdrawn", "routed");
  if (staff.kept) endPlace(draft, "expired");
  const route = staff.route ?? null;
  const queueId = route?.overflowQueueId ?? staff.queueId;
  changeSession(
    draft,
    "session.waiting",
    { staff: { targetAgentId: null, queueId, route: route && { ...route, targetUntil: null } } },
    { reason: "overflow" },
    { ...SYSTEM, audience: "staff" },
  );
}

/** A flow ends the session it works on; one that is over already, or another, is left alone. */
export function endByFlow(
  state: ConversationState,
  { sessionId, text, reason, close }: Of<"flow.end-session">,
  circumstances: Circumstances,
): Decision {
  if (state.snapshot.session?.id !== sessionId || isOver(state)) return { state, events: [], effects: [] };
  const draft = new Draft(state, circumstances, state.snapshot.id);
  if (text) sayIn(draft, "bot", text);
  noteIn(draft, reason);
  endSession(draft, { by: "bot", why: "ended" });
  if (close && draft.state.snapshot.status === "open") closeConversation(draft, SYSTEM);
  return draft.done();
}
