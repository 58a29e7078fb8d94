import { Draft } from "../conversations/draft.ts";
import type { ConversationState } from "../conversations/state.ts";
import type { Circumstances, Decision } from "../decision.ts";
import { fallBack } from "../flows/conversation/fall-back.ts";
import { formsDue, strikeForms } from "../flows/conversation/forms.ts";
import { relax, releaseTarget } from "../flows/conversation/routing.ts";
import { endOffer } from "../offers/offers.ts";
import { endCapacityHold, endSameAgent } from "../reconnect/hold.ts";
import { endPlace } from "../reconnect/place.ts";
import { REASK_AFTER_MS } from "../routing/able.ts";
import { mayAct } from "../sessions/bot.ts";
import { settleClose } from "../sessions/close.ts";
import { endSession } from "../sessions/end.ts";
import { becomeInactive, silentSince, warn } from "../sessions/inactivity.ts";
import { overWait } from "../sessions/over-wait.ts";

export const DEADLINES = [
  "offer",
  "reask",
  "max-wait",
  "inactive",
  "warn",
  "end-inactive",
  "close",
  "hold",
  "same-agent",
  "window",
  "flow",
  "relax",
  "target",
  "forms",
] as const;
export type DeadlineKind = (typeof DEADLINES)[number];

/** The deadlines a conversation has at `now`, read off its state: kind → due, in milliseconds since 1970. */
export function deadlinesOf(state: ConversationState, now: number): Partial<Record<DeadlineKind, number>> {
  const { session, staff } = state.snapshot;
  const due: Partial<Record<DeadlineKind, number>> = {};
  const forms = formsDue(state);
  if (forms !== null) due.forms = forms;
  if (!session || !staff) return due;
  if (session.status === "ended" || session.status === "error") return due;
  if (session.status === "new" && staff.flow) due.flow = staff.flow.until;
  if (staff.bot && !mayAct(state.snapshot, staff.bot.runId)) due.flow = staff.bot.until;
  if (staff.offer) due.offer = staff.offer.dueAt;
  if (session.status === "waiting") {
    const askAgain = staff.declined.map((entry) => entry.at + REASK_AFTER_MS).filter((at) => at > now);
    // Only while it lies ahead: once the pause is over, every commit that makes an agent able asks the router by itself.
    if (!staff.offer && askAgain.length > 0) due.reask = Math.min(...askAgain);
    if (
      staff.terms.maxWait !== null &&
      staff.overWaitedAt === null &&
      !session.leaveMessage &&
      session.waitingSince !== null
    ) {
      due["max-wait"] = Math.max(session.waitingSince, staff.queueSince ?? 0) + staff.terms.maxWait;
    }
    if (staff.route?.relaxAt != null) due.relax = staff.route.relaxAt;
    if (staff.route?.targetUntil != null) due.target = staff.route.targetUntil;
    // Somebody who is being offered to the agent for whom they wait has what they were promised.
    if (staff.kept && !staff.offer) due["same-agent"] = staff.kept.until;
  }
  const silent = silentSince(state);
  if (silent !== null) {
    const { inactiveAfter, warnAfter } = staff.terms;
    if (session.status === "active" && inactiveAfter !== null) due.inactive = silent + inactiveAfter;
    if (warnAfter !== null && !session.countdown) due.warn = silent + warnAfter;
  }
  if (session.countdown?.what === "inactivity-end") due["end-inactive"] = session.countdown.at;
  if (staff.close && staff.close.then !== "keep") due.close = staff.close.undoUntil;
  if (session.away) {
    if (staff.hold) due.hold = staff.hold.until;
    if (session.away.sameAgentUntil !== null) due["same-agent"] = session.away.sameAgentUntil;
    if (session.away.windowUntil !== null) due.window = session.away.windowUntil;
  }
  return due;
}

/**
 * A due row as a command. Rows may be early (they are not moved back when the time moves on), so the state decides: not
 * due by the state means nothing happens, and the door arms the row anew.
 */
export function strike(
  state: ConversationState,
  { kind, link }: { kind: DeadlineKind; link?: string },
  circumstances: Circumstances,
): Decision {
  const due = deadlinesOf(state, circumstances.now)[kind];
  if (due === undefined || due > circumstances.now) return { state, events: [], effects: [] };
  const draft = new Draft(state, circumstances, state.snapshot.id);
  switch (kind) {
    case "offer":
      endOffer(draft, "timed-out");
      break;
    case "max-wait":
      overWait(draft, link);
      break;
    case "inactive":
      becomeInactive(draft);
      break;
    case "warn":
      warn(draft);
      break;
    case "end-inactive":
      endSession(draft, { by: "system", why: "inactivity" });
      break;
    case "close":
      settleClose(draft);
      break;
    case "hold":
      endCapacityHold(draft);
      break;
    case "same-agent":
      if (state.snapshot.staff?.kept) endPlace(draft, "expired");
      else endSameAgent(draft, "expired");
      break;
    case "window":
      endSession(draft, { by: "system", why: "disconnect" });
      break;
    case "flow":
      fallBack(draft, undecided(state));
      break;
    case "relax":
      relax(draft);
      break;
    case "target":
      releaseTarget(draft);
      break;
    case "forms":
      strikeForms(draft);
      break;
    case "reask":
      // Nothing changes in the conversation; the door asks the router again.
      break;
  }
  return draft.done();
}

function undecided({ snapshot: { session, staff } }: ConversationState): string {
  if (session?.bot) return `The bot ${session.bot.name} (flow ${staff?.bot?.flow.key ?? ""}) did not begin in time.`;
  return `The flow ${staff?.flow?.key ?? ""} did not decide in time.`;
}

/** How the store's rows must change: rows are moved forward only, a later due waits for the early row to strike. */
export function rearm(
  armed: Readonly<Record<string, number>>,
  wanted: Partial<Record<string, number>>,
  struck?: string,
): { set: Record<string, number>; drop: string[] } {
  const set: Record<string, number> = {};
  for (const [kind, due] of Object.entries(wanted)) {
    const stored = armed[kind];
    if (due !== undefined && (stored === undefined || due < stored || kind === struck)) set[kind] = due;
  }
  const drop = Object.keys(armed).filter((kind) => wanted[kind] === undefined);
  return { set, drop };
}
