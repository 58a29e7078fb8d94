import type { ReconnectTerms } from "@clew/contract/sessions";
import { durationInWords } from "../strings/duration.ts";
import { a } from "../strings/words.ts";

/** The four clocks of coming back read back as sentences about Ana, who drops, and Ben, who serves her. */
export function reconnectInWords(terms: ReconnectTerms): string[] {
  const { sessionWindow, sameAgentWindow, linkLife } = terms;
  return [
    sessionWindow === null
      ? a("reconnect.says.noSession")
      : a("reconnect.says.session", { time: durationInWords(sessionWindow) }),
    ...(sameAgentWindow === 0
      ? [a("reconnect.says.noAgent")]
      : [agentInWords(terms), a(`reconnect.says.${terms.whenAgentUnavailable}`)]),
    a("reconnect.says.link", { time: durationInWords(linkLife) }),
  ];
}

function agentInWords({ sameAgentWindow, capacityHold, holdFor }: ReconnectTerms): string {
  const words = { time: durationInWords(sameAgentWindow), hold: durationInWords(holdFor) };
  if (capacityHold === "none" || holdFor === 0) return a("reconnect.says.agentNone", words);
  return a(capacityHold === "full" ? "reconnect.says.agentFull" : "reconnect.says.agentPart", words);
}

/** What is odd about the clocks together, or null. */
export function oddReconnect({ sessionWindow, linkLife }: ReconnectTerms): string | null {
  return sessionWindow !== null && linkLife < sessionWindow ? a("reconnect.odd.link") : null;
}
