import type { EndedBy, EndedWhy, SessionEnd } from "@clew/contract/sessions";
import { closeConversation } from "../conversations/closing.ts";
import { Draft } from "../conversations/draft.ts";
import type { ConversationState } from "../conversations/state.ts";
import { type Circumstances, type Decision, refuse } from "../decision.ts";
import { changeSession, isOver, NO_OFFER, nextAfterEnd, openSession } from "./session.ts";
import { surveyAfter } from "./survey.ts";

/** How long an opt-out can be undone, in milliseconds. */
export const UNDO_OPTOUT_MS = 60_000;

/** Pressed End: by the customer where the channel allows it, by the serving agent, or by force of a supervisor. */
export function end(state: ConversationState, circumstances: Circumstances): Decision {
  if (isOver(state)) return { state, events: [], effects: [] };
  const { actor } = circumstances;
  const { session, staff } = openSession(state);
  if (actor.who === "customer" && !staff.terms.customerMayEnd)
    return refuse("forbidden", { detail: "customers may not end sessions of this channel" });
  const by: EndedBy =
    actor.who === "customer"
      ? "customer"
      : actor.who === "key"
        ? "bot"
        : actor.who === "system"
          ? "system"
          : session.agent?.id === actor.id || actor.role === "agent"
            ? "agent"
            : "supervisor";
  const draft = new Draft(state, circumstances, state.snapshot.id);
  endSession(draft, { by, why: by === "supervisor" ? "closed-by-admin" : "ended" });
  return draft.done();
}

/** Ends the session of `draft` and closes the conversation where the table of design.md §4 says so. */
export function endSession(draft: Draft, cause: { by: EndedBy; why: EndedWhy }): void {
  const { session, staff } = openSession(draft.state);
  const { actor } = draft.circumstances;
  const end: SessionEnd = {
    ...cause,
    at: draft.now,
    ...(actor.who === "agent" ? { agentId: actor.id, name: actor.name } : {}),
  };
  const closes = closesConversation(draft.state, cause);
  const undoUntil = cause.why === "optout" ? draft.now + UNDO_OPTOUT_MS : null;
  const previousStatus = session.status === "ended" ? "error" : session.status;
  changeSession(
    draft,
    "session.ended",
    {
      session: {
        status: "ended",
        end,
        countdown: undoUntil ? { what: "undo-optout", at: undoUntil, from: draft.now } : null,
        nextMessage: nextAfterEnd(closes ? "closed" : "open"),
        leaveMessage: false,
        away: null,
        ...surveyAfter(draft, cause),
      },
      staff: {
        ...NO_OFFER,
        targetAgentId: null,
        close: null,
        hold: null,
        undoUntil,
        previousAgentId: session.agent?.id ?? staff.previousAgentId,
      },
    },
    { previousStatus },
    cause.by === "system" ? { by: { who: "system" } } : {},
  );
  if (closes) closeConversation(draft, cause.by === "system" ? { by: { who: "system" } } : {});
}

/** Session-based: every end but an opt-out closes. Asynchronous: only a guest's own end does. */
function closesConversation(state: ConversationState, cause: { by: EndedBy; why: EndedWhy }): boolean {
  if (cause.why === "optout") return false;
  const { staff } = openSession(state);
  if (staff.terms.kind === "session-based") return true;
  return cause.by === "customer" && state.snapshot.customer.kind === "guest";
}

/** Takes an opt-out back within its minute: the same session waits again, the previous agent preferred. */
export function undoOptOut(state: ConversationState, circumstances: Circumstances): Decision {
  const { session, staff } = state.snapshot;
  if (!session || !staff || session.end?.why !== "optout" || staff.undoUntil === null)
    return refuse("session-not-open");
  // A reset after the opt-out has closed it: nothing of it comes back.
  if (state.snapshot.status === "closed") return refuse("conversation-closed");
  if (circumstances.now > staff.undoUntil) return refuse("undo-too-late");
  const draft = new Draft(state, circumstances, state.snapshot.id);
  changeSession(
    draft,
    "session.reopened",
    {
      session: {
        status: "waiting",
        waitingSince: circumstances.now,
        agent: null,
        end: null,
        countdown: null,
        nextMessage: "joins-session",
      },
      staff: { undoUntil: null, declined: [] },
    },
    { why: "optout-undone" },
  );
  return draft.done();
}
