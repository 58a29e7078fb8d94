import type { InboxItem } from "@clew/contract/inbox";
import type { SessionStaff } from "@clew/contract/sessions";
import { clocksOf } from "../absence/clocks.ts";

/** What is kept for one customer who is away. Times in ms; null: that clock does not run. */
export type Hold = {
  conversationId: string;
  title: string;
  agent: string | null;
  since: number;
  hold: NonNullable<SessionStaff["hold"]> | null;
  sameAgentUntil: number | null;
  windowUntil: number | null;
};

/** All customers who are away from a session that goes on; whose clock strikes next first, those without one last. */
export function holdsOf(inbox: readonly InboxItem[]): Hold[] {
  return inbox
    .filter(({ session }) => session.away && session.status !== "ended")
    .sort((one, other) => nextStroke(one) - nextStroke(other))
    .flatMap(({ conversationId, title, session, staff }) =>
      session.away
        ? [{ ...session.away, conversationId, title, agent: session.agent?.name ?? null, hold: staff.hold ?? null }]
        : [],
    );
}

function nextStroke({ session, staff }: InboxItem): number {
  return clocksOf(session, staff)[0]?.at ?? Number.POSITIVE_INFINITY;
}
