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
    case "customer.returned": {
      const because = event.because ? becauseText(event.because, event.staff?.previousAgentId ?? null, names) : null;
      const time = length(event.awayFor);
      return event.outcome === "other-agent" && because === null
        ? t("event.returned.waiting", { time })
        : t(`event.returned.${event.outcome}`, { time, because: because ?? "" });
    }
    case "hold.ended":
      return t(`event.hold.${event.what}.${event.how}`, { by });
    case "hold.extended":
      return t("event.extended", { by, until: timeOfDay(event.until) });
    case "session.cleared":
      return t(`event.cleared.${event.mode}`);
  }
}

/** Why somebody else serves the customer, as half a sentence about the agent from before. */
export function becauseText(because: Because | "released", previousAgentId: string | null, names: Names): string {
  const agent = previousAgentId === null ? t("who.agent") : agentName(previousAgentId, names);
  return t(`because.${because}`, { agent: agent === t("who.you") ? agent.toLowerCase() : agent });
}
