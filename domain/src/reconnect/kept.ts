import type { Session, SessionStaff } from "@clew/contract/sessions";

type Parts = { session: Session; staff: SessionStaff };

/** A place is kept only for who waits for that agent: whatever else becomes of the session, it is kept no longer. */
export function keepPlace({ session, staff }: Parts): Parts {
  if (!staff.kept && session.keptUntil == null) return { session, staff };
  const waits = session.status === "waiting" && session.agent === null && staff.targetAgentId === staff.kept?.agentId;
  if (staff.kept && waits) return { session, staff };
  return { session: { ...session, keptUntil: null }, staff: { ...staff, kept: null } };
}
