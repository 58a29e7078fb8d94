import type { ReconnectTerms, Session, SessionStaff } from "@clew/contract/sessions";
import type { Circumstances } from "../decision.ts";
import { termsFor } from "./clocks.ts";

type When = Pick<Circumstances, "now" | "configuration">;
type Parts = { session: Session; staff: SessionStaff };

/**
 * What is promised from `now` on to a customer who is away: their agent, and part of that agent's capacity. Nothing when
 * nobody has the session or the channel promises nothing.
 */
export function promiseFrom(
  { session, staff }: Parts,
  { now, configuration }: When,
): { sameAgentUntil: number | null; hold: SessionStaff["hold"] } {
  const reconnect = termsFor(staff, configuration);
  if (!session.agent || !reconnect) return { sameAgentUntil: null, hold: null };
  return {
    sameAgentUntil: now + reconnect.sameAgentWindow,
    hold: { weight: heldWeight(reconnect, staff.weight), until: now + reconnect.holdFor },
  };
}

/** A promise is one agent's: when the session changes hands during an absence it ends, and the next owner makes it anew. */
export function keepPromise(before: Session, after: Parts, when: When): Parts {
  const { session, staff } = after;
  if (!session.away || session.agent?.id === before.agent?.id) return after;
  if (session.agent === null && session.away.letGo) return after;
  const { sameAgentUntil: promised, hold } = promiseFrom(after, when);
  const { letGo: _over, ...away } = session.away;
  // The window runs by the clock of the queue in which the customer dropped; the next one may promise for longer.
  const sameAgentUntil = promised && Math.min(promised, away.windowUntil ?? promised);
  return { session: { ...session, away: { ...away, sameAgentUntil } }, staff: { ...staff, hold } };
}

/** Units of the agent's capacity that stay blocked: all, half of it rounded up, or none. */
function heldWeight({ capacityHold }: ReconnectTerms, weight: number): number {
  switch (capacityHold) {
    case "full":
      return weight;
    case "part":
      return Math.ceil(weight / 2);
    case "none":
      return 0;
  }
}
