import type { Session, SessionStaff } from "@clew/contract/sessions";
import type { Circumstances } from "../decision.ts";

type Parts = { session: Session; staff: SessionStaff };

/**
 * A session that goes to another queue waits there for as long as that queue lets it, from the moment it arrives. For its
 * turn counts the time that it has waited already.
 */
export function keepWait(
  before: SessionStaff,
  after: Parts,
  { now, configuration }: Pick<Circumstances, "now" | "configuration">,
): Parts {
  const { session, staff } = after;
  if (staff.queueId === before.queueId) return after;
  const { queueSince: _left, ...same } = staff;
  const queue = staff.queueId === null ? undefined : configuration.queues.get(staff.queueId);
  const began = session.waitingSince ?? now;
  return {
    session,
    staff: {
      ...same,
      terms: { ...staff.terms, maxWait: queue?.maxWait ?? null },
      overWaitedAt: null,
      ...(began === now ? {} : { queueSince: now }),
    },
  };
}
