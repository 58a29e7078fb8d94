import type { ConversationEvent, EventOf } from "@clew/contract/events";
import type { SessionEnd } from "@clew/contract/sessions";
import { eventForCustomer } from "@clew/domain/conversations/for-customer";
import type { ConversationState } from "@clew/domain/conversations/state";
import type { Database } from "../database/database.ts";
import { eventsAfter } from "../event-log/read.ts";
import { filled, type TranscriptWords, transcriptWords } from "./transcript-words.ts";

type Wanted = { organisation: string; forCustomer: boolean; sessionId: string | null; language: string };
const PAGE = 500;

/**
 * The conversation, or one session of it, as plain text in that language: who said what and when, a line between
 * sessions. Times are "2026-11-21 15:04:05" in UTC. Notes and other staff matters are left out for customers.
 */
export async function transcript(database: Database, state: ConversationState, wanted: Wanted): Promise<string> {
  const words = transcriptWords(wanted.language);
  const lines: string[] = [wanted.organisation, words.times];
  let session: string | null = null;
  for (let after = 0; ; ) {
    const page = await eventsAfter(database.raw, state.snapshot.id, after, PAGE);
    const last = page.at(-1);
    if (!last) break;
    for (const stored of page) {
      const event = wanted.forCustomer ? eventForCustomer(stored) : stored;
      if (event.type === "session.started") session = event.session.id;
      if (wanted.sessionId !== null && session !== wanted.sessionId) continue;
      lines.push(...lineOf(event, words));
    }
    after = last.number;
  }
  return `${lines.join("\n")}\n`;
}

function lineOf(event: ConversationEvent, words: TranscriptWords): string[] {
  const at = timeOf(event);
  const name = event.by.name ?? (event.by.who === "customer" ? words.customer : words.team);
  switch (event.type) {
    case "session.started":
      return ["", `--- ${filled(words.session, { number: event.session.number })} · ${at} ---`];
    case "session.assigned": {
      const { agent, bot } = event.session;
      return [agent, bot].flatMap((who) => (who ? [`[${at}] * ${filled(words.joined, { name: who.name })}`] : []));
    }
    case "session.ended":
      return [`[${at}] * ${endIn(words, event.session.end, name)}`];
    case "survey.answered":
      return (event.answers ?? []).map(({ question, value, label }) => `[${at}] * ${question}: ${label ?? value}`);
    case "message.posted":
      return [
        ...(event.text ? [`[${at}] ${name}: ${event.text}`] : []),
        ...event.attachments.map((file) => `[${at}] ${name}: <${file.name}, ${file.size} B>`),
      ];
    case "note.posted":
      return [`[${at}] (${words.note}) ${name}: ${noted(event, words)}`];
    default:
      return [];
  }
}

/** What the system notes, in the transcript's language; what anybody else wrote, as it was written. */
function noted({ automatic, text }: EventOf<"note.posted">, words: TranscriptWords): string {
  return automatic?.what === "late-answers" ? filled(words.lateAnswers, { title: automatic.title }) : text;
}

function endIn(words: TranscriptWords, end: SessionEnd | null, name: string): string {
  if (!end) return words.ended;
  const { why, by } = end;
  if (why !== "ended" && why in words) return words[why as keyof TranscriptWords];
  return by === "system" || by === "bot" ? words.ended : filled(words.endedBy, { name: end.name ?? name });
}

const timeOf = ({ at }: { at: number }) => new Date(at).toISOString().replace("T", " ").slice(0, 19);
