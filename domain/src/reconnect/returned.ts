import type { EventOf } from "@clew/contract/events";
import type { Because, SessionStaff } from "@clew/contract/sessions";
import { Draft } from "../conversations/draft.ts";
import type { ConversationState } from "../conversations/state.ts";
import type { Circumstances, Decision } from "../decision.ts";
import { effectiveStatus } from "../presence/agent-state.ts";
import { roomFor } from "../routing/capacity.ts";
import { changeSession, openSession, publicAgent } from "../sessions/session.ts";
import { placeFor } from "./place.ts";

type How = EventOf<"customer.returned">["how"];
type Verdict = { agentId: string } | { because: Because };

/** The customer is back: the same session, the same agent while that is promised and possible, else by policy. */
export function customerReturned(
  state: ConversationState,
  command: { how: How },
  circumstances: Circumstances,
): Decision {
  if (!state.snapshot.session?.away) return { state, events: [], effects: [] };
  const draft = new Draft(state, circumstances, state.snapshot.id);
  comeBack(draft, command.how);
  return draft.done();
}

/** Ends the absence in `draft`, if there is one, and gives the session to whom it belongs now. */
export function comeBack(draft: Draft, how: How): void {
  const { session, staff } = openSession(draft.state);
  if (!session.away) return;
  const awayFor = Math.max(0, draft.now - session.away.since);
  const here = { away: null };
  if (session.bot) {
    const back = { ...here, status: "active" as const, countdown: null };
    changeSession(draft, "customer.returned", { session: back }, { how, outcome: "same-agent", awayFor });
    return;
  }
  const nobodys = session.agent === null && session.away.sameAgentUntil === null && !session.away.letGo;
  if (session.status === "waiting" || nobodys) {
    changeSession(
      draft,
      "customer.returned",
      { session: here, staff: { hold: null } },
      { how, outcome: "waiting", awayFor },
    );
    return;
  }
  const verdict = sameAgent(draft);
  if ("agentId" in verdict) {
    const agent = publicAgent(draft, verdict.agentId);
    const back = { ...here, agent, status: "active" as const, countdown: null, waitingSince: null };
    changeSession(
      draft,
      "customer.returned",
      { session: back, staff: { hold: null, close: null } },
      { how, outcome: "same-agent", awayFor },
    );
    return;
  }
  const previousAgentId = session.agent?.id ?? staff.previousAgentId;
  const waits =
    verdict.because !== "agent-closed" && verdict.because !== "window-over" && verdict.because !== "agent-left";
  const next = afterwards(draft, waits ? previousAgentId : null);
  changeSession(
    draft,
    "customer.returned",
    {
      session: {
        ...{ ...here, agent: null, status: "waiting", waitingSince: draft.now, countdown: null },
        ...(next.kept ? { keptUntil: next.kept.until } : {}),
      },
      staff: {
        hold: null,
        close: null,
        declined: [],
        previousAgentId,
        ...next,
      },
    },
    { how, outcome: "other-agent", because: verdict.because, awayFor },
  );
}

/** Who may be asked now: the previous agent alone, with or without a place kept, the queue with its skills, or anyone of it. */
function afterwards(draft: Draft, previousAgentId: string | null): Partial<SessionStaff> {
  const { staff } = openSession(draft.state);
  // How long a flow wanted one agent asked is of the first wait, not of this one.
  const route = staff.route?.targetUntil ? { route: { ...staff.route, targetUntil: null } } : {};
  switch (staff.terms.reconnect?.whenAgentUnavailable) {
    case "wait":
      return { ...route, targetAgentId: previousAgentId };
    case "hold": {
      const kept = placeFor(draft, previousAgentId);
      return { ...route, targetAgentId: kept?.agentId ?? null, ...(kept ? { kept } : {}) };
    }
    case "any":
      return { targetAgentId: null, skills: [] };
    default:
      return { targetAgentId: null };
  }
}

/** Whether the promise of the same agent can be kept, or what stands against it. Held capacity counts as their own. */
function sameAgent(draft: Draft): Verdict {
  const { session, staff } = openSession(draft.state);
  const { configuration, agents, now } = draft.circumstances;
  const agentId = session.agent?.id ?? staff.previousAgentId;
  const promisedUntil = session.away?.sameAgentUntil ?? null;
  if (session.away?.letGo === "released") return { because: "agent-closed" };
  if (staff.close) return { because: "agent-closed" };
  if (session.agent && staff.terms.reconnect === undefined) return { agentId: session.agent.id };
  if (agentId === null || promisedUntil === null || now > promisedUntil) return { because: "window-over" };
  const agent = configuration.agents.get(agentId);
  const state = agents.get(agentId);
  if (!agent?.active || !state) return { because: "agent-left" };
  const held = state.work.find((work) => work.conversationId === draft.conversationId)?.weight ?? 0;
  if (roomFor(state, agent.capacity, draft.conversationId) < staff.weight) return { because: "at-capacity" };
  // A busy agent who still holds the session goes on with it: busy means no new work. Away and offline mean not there.
  const status = effectiveStatus(state, now);
  if (status === "available" || (status === "busy" && held > 0)) return { agentId };
  return { because: status === "busy" ? "agent-busy" : "agent-away" };
}
