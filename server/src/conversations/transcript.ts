import type { ConversationEvent } from "@clew/contract/events";
import { eventForCustomer } from "@clew/domain/conversations/for-customer";
import type { ConversationState } from "@clew/domain/conversations/state";
import type { Database } from "../database/database.ts";
import { eventsAfter } from "../event-log/read.ts";

type Wanted = { forCustomer: boolean; sessionId: string | null; language: string };
const PAGE = 500;

/**
 * The conversation, or one session of it, as plain text: who said what and when (ISO times, UTC), a line between
 * sessions. Notes and other staff matters are left out for customers.
 */
export async function transcript(database: Database, state: ConversationState, wanted: Wanted): Promise<string> {
  const lines: string[] = [];
  let session: string | null = null;
  for (let after = 0; ; ) {
    const page = await eventsAfter(database.raw, state.snapshot.id, after, PAGE);
    const last = page.at(-1);
    if (!last) break;
    for (const stored of page) {
      const event = wanted.forCustomer ? eventForCustomer(stored) : stored;
      if (event.type === "session.started") session = event.session.id;
      if (wanted.sessionId !== null && session !== wanted.sessionId) continue;
      lines.push(...lineOf(event));
    }
    after = last.number;
  }
  return `${lines.join("\n")}\n`;
}

function lineOf(event: ConversationEvent): string[] {
  const at = new Date(event.at).toISOString().replace("T", " ").slice(0, 19);
  const name = event.by.name ?? event.by.who;
  switch (event.type) {
    case "session.started":
      return ["", `--- ${event.session.number} · ${at} UTC ---`];
    case "session.assigned":
      return [event.session.agent, event.session.bot].flatMap((who) => (who ? [`[${at}] * ${who.name}`] : []));
    case "session.ended":
      return [`[${at}] * ${event.session.end?.by ?? ""}: ${event.session.end?.why ?? ""}`];
    case "survey.answered":
      return (event.answers ?? []).map(({ question, value, label }) => `[${at}] * ${question}: ${label ?? value}`);
    case "message.posted":
      return [
        `[${at}] ${name}: ${event.text}`,
        ...event.attachments.map((file) => `[${at}] ${name}: <${file.name}, ${file.size} bytes>`),
      ];
    case "note.posted":
      return [`[${at}] (note) ${name}: ${event.text}`];
    default:
      return [];
  }
}
