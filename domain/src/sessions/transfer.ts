import type { ClientCommandOf } from "@clew/contract/commands";
import { Draft } from "../conversations/draft.ts";
import type { ConversationState } from "../conversations/state.ts";
import { type Circumstances, type Decision, refuse } from "../decision.ts";
import { makeOffer } from "../offers/offers.ts";
import { effectiveStatus } from "../presence/agent-state.ts";
import { fits } from "../routing/capacity.ts";
import { changeSession, isOver, NO_OFFER, openSession } from "./session.ts";

type Transfer = ClientCommandOf<"session.transfer">;

/**
 * Hands the session on, whether or not the customer is there. To an agent: they are offered it at once, and only if they
 * decline does it wait for the others of its queue. To a queue: it waits there. To a skill: it waits for one who has it.
 */
export function transfer(state: ConversationState, command: Transfer, circumstances: Circumstances): Decision {
  if (isOver(state)) return refuse("session-not-open");
  const { configuration, agents, now } = circumstances;
  const { session, staff } = openSession(state);
  const { to } = command;
  const target =
    to.kind === "agent"
      ? configuration.agents.get(to.id)
      : to.kind === "queue"
        ? configuration.queues.get(to.id)
        : configuration.skills.get(to.id);
  if (!target) return refuse("not-found", { field: "/to/id" });

  const from = session.agent?.id ?? staff.previousAgentId;
  const draft = new Draft(state, circumstances, state.snapshot.id);
  const waits = {
    session: { status: "waiting" as const, waitingSince: now, agent: null, countdown: null },
    staff: {
      ...{ ...NO_OFFER, targetAgentId: null, close: null, declined: [], previousAgentId: from, overWaitedAt: null },
      ...(staff.overflowed ? { overflowed: [] } : {}),
    },
  };
  const fields = { to: { ...to, name: target.name }, ...(command.note ? { note: command.note } : {}) };
  switch (to.kind) {
    case "agent": {
      const agent = configuration.agents.get(to.id);
      const load = agents.get(to.id);
      if (to.id === session.agent?.id)
        return refuse("session-taken", { field: "/to/id", detail: "this agent has the session already" });
      if (!agent?.active || !load || effectiveStatus(load, now) !== "available")
        return refuse("no-capacity", { field: "/to/id", detail: "this agent is not available" });
      // An offer of this very session reserves already what the transfer asks for.
      const reserved = staff.offer?.agentId === to.id;
      if (!reserved && !fits(load, agent.capacity, { ...staff, conversationId: state.snapshot.id }))
        return refuse("no-capacity", { field: "/to/id", detail: "this agent's capacity is used up" });
      changeSession(
        draft,
        "session.transferred",
        { ...waits, staff: { ...waits.staff, targetAgentId: to.id } },
        fields,
      );
      makeOffer(draft, to.id);
      break;
    }
    case "queue":
      changeSession(
        draft,
        "session.transferred",
        { ...waits, staff: { ...waits.staff, queueId: to.id, skills: configuration.queues.get(to.id)?.skills ?? [] } },
        fields,
      );
      break;
    case "skill":
      changeSession(
        draft,
        "session.transferred",
        {
          ...waits,
          staff: {
            ...waits.staff,
            skills: [...staff.skills.filter((skill) => skill.skillId !== to.id), { skillId: to.id, level: 1 }],
          },
        },
        fields,
      );
      break;
  }
  return draft.done();
}
