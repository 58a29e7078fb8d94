import type { Session } from "@clew/contract/sessions";

/**
 * A session that its customer put aside stays so while nobody needs anything of it: until they come back to it or write in
 * it, it waits for somebody again, or it ends.
 */
export function keepParked(before: Session, session: Session): Session {
  if (!session.parked) return session;
  const back = before.away != null && session.away == null;
  const lies = session.status === "inactive" || session.status === "active";
  return lies && !back ? session : { ...session, parked: null };
}
