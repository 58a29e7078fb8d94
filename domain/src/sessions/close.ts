import { Draft } from "../conversations/draft.ts";
import type { ConversationState } from "../conversations/state.ts";
import { type Circumstances, type Decision, refuse } from "../decision.ts";
import { changeSession, openSession } from "./session.ts";

/** How long Close can be undone, in milliseconds. */
export const UNDO_CLOSE_MS = 10_000;

/**
 * Close: the agent steps away from the item, the session goes on. What follows is the queue's policy, after the time to
 * undo: kept with the agent, parked without one until the customer writes, or queued again.
 */
export function close(state: ConversationState, circumstances: Circumstances): Decision {
  const { session, staff } = state.snapshot;
  if (!session?.agent || !staff || (session.status !== "active" && session.status !== "inactive"))
    return refuse("session-not-open");
  if (staff.close) return { state, events: [], effects: [] };
  const queue = staff.queueId ? circumstances.configuration.queues.get(staff.queueId) : undefined;
  const draft = new Draft(state, circumstances, state.snapshot.id);
  changeSession(
    draft,
    "session.inactive",
    {
      session: { status: "inactive" },
      staff: {
        close: {
          agentId: session.agent.id,
          at: circumstances.now,
          undoUntil: circumstances.now + UNDO_CLOSE_MS,
          then: queue?.onClose ?? "keep",
        },
      },
    },
    { why: "closed-by-agent" },
  );
  return draft.done();
}

export function undoClose(state: ConversationState, circumstances: Circumstances): Decision {
  const { session, staff } = state.snapshot;
  if (!session || !staff?.close)
    return refuse(session && session.status !== "ended" ? "undo-too-late" : "session-not-open");
  if (circumstances.now > staff.close.undoUntil && staff.close.then !== "keep") return refuse("undo-too-late");
  const draft = new Draft(state, circumstances, state.snapshot.id);
  changeSession(
    draft,
    "session.resumed",
    { session: { status: "active" }, staff: { close: null } },
    { why: "close-undone" },
  );
  return draft.done();
}

/** The time to undo has passed: the queue's policy takes effect. */
export function settleClose(draft: Draft): void {
  const { session, staff } = openSession(draft.state);
  const by = { by: { who: "system" as const } };
  const previousAgentId = staff.close?.agentId ?? staff.previousAgentId;
  const away = { agent: null, countdown: null };
  // A customer who wrote in the meantime is not left lying in a park: they wait for the next agent.
  const wrote = (draft.state.lastCustomerAt ?? 0) > (staff.close?.at ?? 0);
  if (staff.close?.then === "park" && !wrote) {
    changeSession(
      draft,
      "session.inactive",
      { session: { ...away, status: "inactive" }, staff: { close: null, previousAgentId } },
      { why: "parked" },
      by,
    );
  } else if (session.status !== "ended") {
    changeSession(
      draft,
      "session.waiting",
      {
        session: { ...away, status: "waiting", waitingSince: draft.now },
        staff: { close: null, previousAgentId, declined: [] },
      },
      { reason: "closed-by-agent" },
      by,
    );
  }
}
