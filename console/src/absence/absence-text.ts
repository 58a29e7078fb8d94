import type { EventOf } from "@clew/contract/events";
import type { Because } from "@clew/contract/sessions";
import { length, timeOfDay } from "../clock/ages.ts";
import { agentName, type Names, person } from "../conversation/names.ts";
import { t } from "../strings/strings.ts";

type AbsenceEvent = EventOf<"customer.gone" | "customer.returned" | "hold.ended" | "hold.extended" | "session.cleared">;

/** What an event of going and coming back says. */
export function absenceText(event: AbsenceEvent, names: Names): string {
  const by = person(event.by, names);
  switch (event.type) {
    case "customer.gone": {
      const until = event.session.away?.windowUntil ?? null;
      return until === null ? t("event.gone") : t("event.goneUntil", { until: timeOfDay(until) });
    }
    case "customer.returned":
      return returnedText(event, names);
    case "hold.ended":
      return t(`event.hold.${event.what}.${event.how}`, { by });
    case "hold.extended":
      return t("event.extended", { by, until: timeOfDay(event.until) });
    case "session.cleared":
      return t(`event.cleared.${event.mode}`);
  }
}

function returnedText(event: EventOf<"customer.returned">, names: Names): string {
  const time = length(event.awayFor);
  if (!event.because)
    return t(`event.returned.${event.outcome === "other-agent" ? "waiting" : event.outcome}`, { time });
  const because = becauseText(event.because, event.staff?.previousAgentId ?? null, names);
  const { kept, targetAgentId: target } = event.staff ?? {};
  if (kept) {
    const until = timeOfDay(kept.until);
    if (kept.agentId === names.me) return t("event.returned.kept.you", { time, because, until });
    return t("event.returned.kept", { time, because, until, agent: agentName(kept.agentId, names) });
  }
  if (target) return t("event.returned.target", { time, because, agent: lower(agentName(target, names)) });
  return t(`event.returned.${event.outcome}`, { time, because });
}

/** Why somebody else serves the customer, as half a sentence about the agent from before. */
export function becauseText(because: Because | "released", previousAgentId: string | null, names: Names): string {
  if (previousAgentId === names.me) return t(`because.${because}.you`);
  return t(`because.${because}`, {
    agent: previousAgentId === null ? t("who.agent") : agentName(previousAgentId, names),
  });
}

const lower = (name: string) => (name === t("who.you") ? name.toLowerCase() : name);
