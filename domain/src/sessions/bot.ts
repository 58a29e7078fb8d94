import type { RunTag } from "@clew/contract/flows/entries";
import type { Session, SessionStaff } from "@clew/contract/sessions";
import type { Draft } from "../conversations/draft.ts";
import type { FullSnapshot } from "../conversations/state.ts";

type Parts = { session: Session; staff: SessionStaff };

/** How long the flow of a bot may take to begin, until the session waits in its queue, in milliseconds. */
export const BOT_BEGINS_MS = 30_000;

/** What no session keeps that a bot has lost or given away. */
export const NO_BOT = { session: { bot: null }, staff: { bot: null } } as const;

/**
 * Whether the run may act as a bot in this conversation: it is bound to it. One that was dismissed no longer is, from the
 * commit on in which somebody else got the session, whatever it still wants to say.
 */
export function mayAct({ runs }: FullSnapshot, runId: string): boolean {
  return (runs ?? []).some(({ id }) => id === runId);
}

/** A bot serves only what is being served and has no agent; whatever else becomes of the session takes it away. */
export function keepBot(before: Session, after: Parts): Parts {
  const { session, staff } = after;
  const served = session.status === "active" || session.status === "inactive";
  if (!before.bot || !session.bot || (served && !session.agent)) return after;
  // A countdown of the bot's is nothing to who waits or is served by somebody else.
  const countdown = session.status === "ended" ? session.countdown : null;
  return { session: { ...session, bot: null, countdown }, staff: { ...staff, bot: null } };
}

/**
 * Somebody else got the bot's session: its run does nothing here from now on. One that gave the session away by itself, or
 * whose session ended, goes on to its own end.
 */
export function dismissBot(draft: Draft, before: SessionStaff): void {
  const { session, staff, runs = [] } = draft.state.snapshot;
  if (!before.bot || before.bot.runId === staff?.bot?.runId || session?.status === "ended") return;
  const event = draft.events.at(-1);
  if (event?.type === "session.waiting" && event.reason === "routed") return;
  if (event?.type === "session.assigned" && event.how === "bot") return;
  const run: RunTag | undefined = runs.find(({ id }) => id === before.bot?.runId);
  if (!run) return;
  const left = runs.filter(({ id }) => id !== run.id);
  const marks = { audience: "staff", by: { who: "system" } } as const;
  draft.add("flow.ended", { run, runs: left, outcome: "cancelled" }, marks);
}
