import type { Session, SessionStaff } from "@clew/contract/sessions";

/** One clock of an absence and when it strikes, in ms. */
export type Clock = { what: "capacity" | "same-agent" | "session"; at: number };

/** The clocks that run while a customer is away, the next one first. Nobody away: none. */
export function clocksOf(session: Pick<Session, "away">, staff: Pick<SessionStaff, "hold"> | null): Clock[] {
  const { away } = session;
  if (!away) return [];
  const clocks: { what: Clock["what"]; at: number | null }[] = [
    { what: "capacity", at: staff?.hold?.until ?? null },
    { what: "same-agent", at: away.sameAgentUntil },
    { what: "session", at: away.windowUntil },
  ];
  return clocks.filter((clock): clock is Clock => clock.at !== null).sort((one, other) => one.at - other.at);
}
