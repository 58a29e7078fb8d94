import type { SessionEnd } from "@clew/contract/sessions";
import { absenceText } from "../absence/absence-text.ts";
import { labelOf } from "../customer/fact-text.ts";
import { type StringKey, t } from "../strings/strings.ts";
import type { Notice } from "./lines.ts";
import { agentName, type Names, person } from "./names.ts";

export type SystemTone = "plain" | "good" | "warn" | "end";
/** One line of the log in words. `staff` lines are never shown to the customer; `detail` is what somebody wrote. */
export type SystemLine = { text: string; tone: SystemTone; staff: boolean; detail?: string };

/** What an event says in the log of the console. */
export function systemLine(event: Notice, names: Names): SystemLine {
  const staff = event.audience === "staff";
  const line = (text: string, tone: SystemTone = "plain", detail?: string): SystemLine => ({
    text,
    tone,
    staff,
    ...(detail ? { detail } : {}),
  });
  const by = person(event.by, names);
  switch (event.type) {
    case "conversation.started":
      return line(t("event.conversation.started"));
    case "conversation.closed":
      return line(t("event.conversation.closed"), "end");
    case "customer.verified":
      return line(t("event.customer.verified", { subject: event.customer?.subject ?? "" }), "good");
    case "session.waiting":
      return line(t(`event.waiting.${event.reason}`, { queue: names.queue(event.staff?.queueId ?? null), by }));
    case "session.offered":
      return line(t("event.offered", { agent: agentName(event.agentId, names, true) }));
    case "session.offer-ended":
      if (event.how === "withdrawn") return line(withdrawnText(event, names));
      return line(t(`event.offer.${event.how}`, { agent: agentName(event.agentId, names) }), "plain", event.why);
    case "session.assigned":
      return line(t(`event.assigned.${event.how}`, { agent: assignee(event, names), by }), "good");
    case "session.transferred":
      return line(
        t(`event.transferred.${event.to.kind}`, { by, to: event.to.name ?? toName(event.to, names) }),
        "plain",
        event.note,
      );
    case "session.inactive":
      return line(t(`event.inactive.${event.why}`, { by }));
    case "session.resumed":
      return line(t(`event.resumed.${event.why}`, { by }), "good");
    case "session.warned":
      return line(t("event.warned"), "warn");
    case "session.over-waited":
      return line(t(`event.overWaited.${event.next}`), "warn");
    case "session.ended":
      return line(event.session.end ? endText(event.session.end, names) : t("event.ended"), "end");
    case "survey.answered":
      return line(t(event.session.survey === "skipped" ? "event.survey.skipped" : "event.survey.answered", { by }));
    case "session.reopened":
      return line(t("event.reopened"), "good");
    case "customer.gone":
    case "customer.returned":
    case "hold.ended":
    case "hold.extended":
    case "session.cleared":
      return line(absenceText(event, names), event.type === "customer.returned" ? "good" : "plain");
    case "facts.recorded":
      return line(factsText(event, by));
    case "flow.started":
      return line(t("event.flow.started", { title: event.run.title }));
    case "flow.ended":
      return line(
        t(`event.flow.${event.outcome}`, { title: event.run.title }),
        event.fault ? "warn" : "plain",
        event.fault && t("event.flow.fault", event.fault),
      );
    case "form.opened":
      return line(t("event.form.opened", { by, title: event.form.title }));
    case "form.changed":
      return line(
        t(`event.form.${event.form.cancelled === "sign-in" ? "sign-in" : event.how}`, { by, title: event.form.title }),
        event.how === "submitted" ? "good" : event.form.cancelled === "sign-in" ? "warn" : "plain",
        event.text,
      );
    default:
      return line(plainEventText((event as Notice).type));
  }
}

/** Events that need no more than their name; one that a newer server sends and this console does not know is still told. */
function plainEventText(type: string): string {
  const key = `event.${type}` as StringKey;
  const text = t(key);
  return text === key ? t("event.unknown") : text;
}

/** Who ended a session and why, as one sentence. */
export function endText(end: SessionEnd, names: Names): string {
  const name =
    end.agentId === names.me
      ? t("who.you")
      : (end.name ?? (end.agentId ? names.agent(end.agentId) : t(`who.${end.by}`)));
  return end.why === "ended" ? t("event.ended.by", { name }) : t(`event.ended.${end.why}`, { name });
}

function assignee(event: Extract<Notice, { type: "session.assigned" }>, names: Names): string {
  const { agent, bot } = event.session;
  if (!agent) return bot?.name ?? t("who.agent");
  if (agent.id !== names.me) return agent.name;
  return t(event.how === "assigned" ? "who.youInside" : "who.you");
}

const WITHDRAWN = ["busy", "away", "offline", "left", "taken", "routed", "overflow", "queue-limit"] as const;

/** Why is the server's word for it, not what somebody wrote. */
function withdrawnText({ agentId, why }: Extract<Notice, { type: "session.offer-ended" }>, names: Names): string {
  const known = WITHDRAWN.find((reason) => reason === why);
  return t(known ? `event.withdrawn.${known}` : "event.offer.withdrawn", { agent: agentName(agentId, names, true) });
}

function factsText(event: Extract<Notice, { type: "facts.recorded" }>, by: string): string {
  // The customer did not tell what was left blank, nor what the page sent along; where there is nothing else, all count.
  const told = event.facts.filter(({ value, how }) => value !== null && value !== "" && how !== "hidden");
  const named = told.length > 0 ? told : event.facts;
  const keys = named.map(({ key }) => labelOf(key).toLowerCase()).join(", ");
  if (event.facts.some(({ how }) => how === "confirmed")) return t("event.facts.confirmed", { by, keys });
  const corrected = event.facts.some(({ how }) => how === "corrected");
  return corrected ? t("event.facts.corrected", { by, keys }) : t("event.facts.told", { keys });
}

function toName(to: { kind: string; id: string }, names: Names): string {
  if (to.kind === "agent") return agentName(to.id, names, true);
  return to.kind === "queue" ? names.queue(to.id) : t("who.someone");
}
