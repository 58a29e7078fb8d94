import { Draft } from "../conversations/draft.ts";
import type { ConversationState } from "../conversations/state.ts";
import { type Circumstances, type Decision, refuse } from "../decision.ts";
import { changeSession, openSession } from "./session.ts";

/**
 * Since when the customer owes a word: the agent's last message, when the customer has not written after it. Null when
 * nobody waits for the customer; then no inactivity clock runs.
 */
export function silentSince(state: ConversationState): number | null {
  const { session } = state.snapshot;
  if (!session || (session.status !== "active" && session.status !== "inactive")) return null;
  // Whoever put it aside said that they will be silent.
  if (session.parked) return null;
  // Whoever dropped is waited for by the clock of the session window, not by that of silence.
  if (session.away?.windowUntil != null) return null;
  return state.lastWord === "agent" ? state.lastAgentAt : null;
}

/**
 * A message, also one of a bot that serves, wakes an inactive session, takes back a warning, and lets a parked one wait for
 * an agent again. One that the customer put aside is put aside until they write themselves.
 */
export function resumeBy(draft: Draft, who: "customer" | "agent"): void {
  const { session, staff } = openSession(draft.state);
  const warned = session.countdown?.what === "inactivity-end";
  const back = who === "customer" && session.parked ? { parked: null } : {};
  if (session.status !== "inactive" && !(session.status === "active" && (warned || "parked" in back))) return;
  if (!session.agent && !session.bot) {
    if (who !== "customer") return;
    changeSession(
      draft,
      "session.waiting",
      {
        session: { status: "waiting", waitingSince: draft.now, countdown: null },
        staff: { close: null, declined: [] },
      },
      { reason: "requeued" },
    );
    return;
  }
  const steppedAway = staff.close !== null && staff.close.then !== "keep";
  // A customer's word within the undo time does not undo the agent's Close: the policy still settles at its time.
  if (steppedAway && who === "customer" && draft.now < (staff.close?.undoUntil ?? 0)) return;
  changeSession(
    draft,
    "session.resumed",
    { session: { status: "active", countdown: null, ...back }, staff: { close: null } },
    { why: who === "customer" ? "customer-wrote" : "agent-wrote" },
  );
}

/** The agent marks the session by hand; capacity stays as it is. */
export function mark(state: ConversationState, to: "inactive" | "active", circumstances: Circumstances): Decision {
  const { session } = state.snapshot;
  if (!session?.agent || (session.status !== "active" && session.status !== "inactive"))
    return refuse("session-not-open");
  if (session.status === to) return { state, events: [], effects: [] };
  const draft = new Draft(state, circumstances, state.snapshot.id);
  if (to === "inactive")
    changeSession(draft, "session.inactive", { session: { status: "inactive" } }, { why: "marked" });
  else
    changeSession(
      draft,
      "session.resumed",
      { session: { status: "active", countdown: null }, staff: { close: null } },
      { why: "marked" },
    );
  return draft.done();
}

/** Silence for `inactiveAfter`. */
export function becomeInactive(draft: Draft): void {
  changeSession(
    draft,
    "session.inactive",
    { session: { status: "inactive" } },
    { why: "silence" },
    { by: { who: "system" } },
  );
}

/** Silence for `warnAfter`: both sides see the countdown to the end. */
export function warn(draft: Draft): void {
  const { staff } = openSession(draft.state);
  changeSession(
    draft,
    "session.warned",
    {
      session: { countdown: { what: "inactivity-end", from: draft.now, at: draft.now + staff.terms.endAfterWarning } },
    },
    {},
    { by: { who: "system" } },
  );
}
