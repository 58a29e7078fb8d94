import type { Session, SessionStaff } from "@clew/contract/sessions";

/** One clock of an absence and when it strikes, in ms. */
export type Clock = { what: "capacity" | "same-agent" | "session"; at: number };

/** The clocks that run while a customer is away, or back and waiting for an agent who keeps their place; the next one first. */
export function clocksOf(session: Pick<Session, "away">, staff: Pick<SessionStaff, "hold" | "kept"> | null): Clock[] {
  const { away } = session;
  const clocks: { what: Clock["what"]; at: number | null }[] = [
    { what: "capacity", at: staff?.kept?.until ?? (away && staff?.hold?.until) ?? null },
    { what: "same-agent", at: away?.sameAgentUntil ?? null },
    { what: "session", at: away?.windowUntil ?? null },
  ];
  return clocks.filter((clock): clock is Clock => clock.at !== null).sort((one, other) => one.at - other.at);
}
