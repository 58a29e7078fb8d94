import type { ConversationEvent, EventOf } from "@clew/contract/events";
import { clocksOf } from "../absence/clocks.ts";
import { timeOfDay } from "../clock/ages.ts";
import { type Names, person } from "../conversation/names.ts";
import { systemLine } from "../conversation/system-line.ts";
import { answerText } from "../customer/survey-answers.tsx";
import { t } from "../strings/strings.ts";

/** One line of the timeline. `said` lines stand for the messages and notes between two happenings. */
export type TimelineRow =
  | { kind: "session"; key: string; title: string }
  | { kind: "said"; key: string; text: string }
  | {
      kind: "event";
      key: string;
      number: number;
      at: number;
      text: string;
      detail: string | null;
      by: string;
      clocks: string[];
    };

type Said = "message.posted" | "note.posted";
type Happening = Exclude<ConversationEvent, { type: Said | "hidden" }>;

/** All that happened, the oldest first, under the sessions it happened in. Words are counted, not repeated. */
export function timelineRows(events: readonly ConversationEvent[], names: Names): TimelineRow[] {
  const rows: TimelineRow[] = [];
  const said = { messages: 0, notes: 0 };
  const tell = (before: number) => {
    const text = [
      said.messages > 0 ? t("timeline.messages", { count: said.messages }) : null,
      said.notes > 0 ? t("timeline.notes", { count: said.notes }) : null,
    ].filter((words) => words !== null);
    if (text.length > 0) rows.push({ kind: "said", key: `said-${before}`, text: text.join(" · ") });
    Object.assign(said, { messages: 0, notes: 0 });
  };
  for (const event of events) {
    if (event.type === "hidden") continue;
    if (event.type === "message.posted") said.messages += 1;
    else if (event.type === "note.posted") said.notes += 1;
    else {
      tell(event.number);
      if (event.type === "session.started") {
        const title = t("timeline.session", { number: event.session.number });
        rows.push({ kind: "session", key: `session-${event.number}`, title });
      }
      rows.push(rowOf(event, names));
    }
  }
  tell(Number.POSITIVE_INFINITY);
  return rows;
}

function rowOf(event: Happening, names: Names): TimelineRow {
  const line = event.type === "session.started" ? { text: startText(event) } : systemLine(event, names);
  const told =
    event.type === "survey.answered"
      ? event.answers?.map((answer) => `${answer.question}: ${answerText(answer)}`).join(" · ")
      : undefined;
  const how = event.type === "customer.returned" ? t(`timeline.how.${event.how}`) : null;
  return {
    kind: "event",
    key: String(event.number),
    number: event.number,
    at: event.at,
    text: line.text,
    detail: ("detail" in line ? line.detail : undefined) ?? told ?? how,
    by: person(event.by, names),
    clocks: clocksThen(event),
  };
}

function startText({ reason }: EventOf<"session.started">): string {
  if (reason === "first") return t("timeline.firstStarted");
  return t("timeline.sessionStarted", { reason: t(`line.session.${reason}`) });
}

/** The clocks that ran after the event, with the times at which they were to strike. */
function clocksThen(event: Happening): string[] {
  if (!("session" in event)) return [];
  const { session, staff = null } = event;
  const { countdown } = session;
  return [
    ...(staff?.offer ? [t("timeline.clock.offer", { time: timeOfDay(staff.offer.dueAt) })] : []),
    ...clocksOf(session, staff).map(({ what, at }) => t(`timeline.clock.${what}`, { time: timeOfDay(at) })),
    ...(countdown ? [t(`timeline.clock.${countdown.what}`, { time: timeOfDay(countdown.at) })] : []),
  ];
}
