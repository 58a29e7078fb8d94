import type { ClientCommandOf } from "@clew/contract/commands";
import { Draft } from "../conversations/draft.ts";
import type { ConversationState } from "../conversations/state.ts";
import { type Circumstances, type Decision, refuse } from "../decision.ts";
import { changeSession, openSession } from "../sessions/session.ts";
import { endPlace } from "./place.ts";

/** The longest that *wait longer* adds at a time, in milliseconds. */
export const MOST_EXTENSION_MS = 3_600_000;

/** Wait longer: all clocks of the absence move on by the same time. */
export function extendHold(
  state: ConversationState,
  command: ClientCommandOf<"hold.extend">,
  circumstances: Circumstances,
): Decision {
  const { session, staff } = state.snapshot;
  if (!session?.away || !staff || session.status === "ended") return refuse("session-not-open");
  const by = Math.min(command.by, MOST_EXTENSION_MS);
  const { windowUntil, sameAgentUntil } = session.away;
  const later = (at: number | null) => (at === null ? null : at + by);
  const draft = new Draft(state, circumstances, state.snapshot.id);
  const hold = staff.hold ? { ...staff.hold, until: staff.hold.until + by } : null;
  const away = { ...session.away, windowUntil: later(windowUntil), sameAgentUntil: later(sameAgentUntil) };
  const until = away.windowUntil ?? away.sameAgentUntil ?? circumstances.now + by;
  changeSession(draft, "hold.extended", { session: { away }, staff: { hold } }, { until });
  return draft.done();
}

/** Release now: the agent lets go at once of the place of a customer who is away, or back and waiting for them. */
export function releaseHold(state: ConversationState, circumstances: Circumstances): Decision {
  const { session, staff } = state.snapshot;
  if (!staff?.kept && !(session?.away && session.agent)) return refuse("session-not-open");
  const draft = new Draft(state, circumstances, state.snapshot.id);
  if (staff?.kept) endPlace(draft, "released");
  else endSameAgent(draft, "released");
  return draft.done();
}

/** The held capacity is free again; the agent keeps the session in sight as long as they are promised. */
export function endCapacityHold(draft: Draft): void {
  const system = { by: { who: "system" as const } };
  changeSession(draft, "hold.ended", { staff: { hold: null } }, { what: "capacity", how: "expired" }, system);
}

/** The same agent is promised no longer: the session is nobody's until the customer comes back or the window closes. */
export function endSameAgent(draft: Draft, how: "expired" | "released"): void {
  const { session, staff } = openSession(draft.state);
  const away = session.away ? { ...session.away, sameAgentUntil: null, letGo: how } : null;
  const previousAgentId = session.agent?.id ?? staff.previousAgentId;
  const parked = session.agent ? { agent: null, status: "inactive" as const, countdown: null } : {};
  changeSession(
    draft,
    "hold.ended",
    { session: { ...parked, away }, staff: { hold: null, close: null, previousAgentId } },
    { what: "same-agent", how },
    how === "expired" ? { by: { who: "system" } } : {},
  );
}
