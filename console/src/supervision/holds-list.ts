import type { InboxItem } from "@clew/contract/inbox";
import type { SessionStaff } from "@clew/contract/sessions";
import { clocksOf } from "../absence/clocks.ts";

/**
 * What is kept for one customer who is away, or back and waiting for the agent who keeps their place. Times in ms; null:
 * that clock does not run.
 */
export type Hold = {
  conversationId: string;
  title: string;
  /** Who has the session, or keeps a place for it. */
  agentId: string | null;
  /** Since when they are away, or wait again. */
  since: number;
  back: boolean;
  /** The rest of what the session takes up is kept as soon as the agent has it free. */
  kept: boolean;
  hold: NonNullable<SessionStaff["hold"]> | null;
  /** Units that the session takes up. */
  weight: number;
  sameAgentUntil: number | null;
  windowUntil: number | null;
};

/** All of them; whose clock strikes next first, those without one last. */
export function holdsOf(inbox: readonly InboxItem[]): Hold[] {
  return inbox
    .filter(({ session, staff }) => (session.away && session.status !== "ended") || staff.kept)
    .sort((one, other) => nextStroke(one) - nextStroke(other))
    .map(({ conversationId, title, session, staff }) => ({
      ...{ conversationId, title, weight: staff.weight },
      agentId: staff.kept?.agentId ?? session.agent?.id ?? null,
      since: session.away?.since ?? session.waitingSince ?? session.startedAt,
      ...{ back: !session.away, kept: staff.kept != null },
      hold: staff.kept ?? staff.hold ?? null,
      sameAgentUntil: staff.kept?.until ?? session.away?.sameAgentUntil ?? null,
      windowUntil: session.away?.windowUntil ?? null,
    }));
}

function nextStroke({ session, staff }: InboxItem): number {
  return clocksOf(session, staff)[0]?.at ?? Number.POSITIVE_INFINITY;
}
