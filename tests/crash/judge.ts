import type { ConversationEvent } from "@clew/contract/events";
import type { Sent } from "./customer.ts";
import type { Log } from "./log.ts";
import type { Seen } from "./view.ts";

export type Told = {
  conversationId: string;
  /** In the order in which they were written. */
  sent: readonly Sent[];
  /** Each reader's view of the conversation. */
  views: readonly (readonly Seen[])[];
};

/** What is wrong with the log, held against what writers were answered and what readers saw; empty when all is well. */
export function faultsOf(log: Log, conversations: readonly Told[]): string[] {
  return conversations.flatMap(({ conversationId, sent, views }) => {
    const events = log.get(conversationId) ?? [];
    const wrong = [
      ...numbering(events),
      ...messages(events, sent),
      ...views.flatMap((view, reader) => viewed(events, view).map((fault) => `reader ${reader + 1}: ${fault}`)),
    ];
    return wrong.map((fault) => `${conversationId}: ${fault}`);
  });
}

function numbering(events: readonly ConversationEvent[]): string[] {
  const wrong = events.findIndex(({ number }, index) => number !== index + 1);
  return wrong < 0 ? [] : [`the log has ${events[wrong]?.number} in the place of ${wrong + 1}`];
}

function messages(events: readonly ConversationEvent[], sent: readonly Sent[]): string[] {
  const posted = events.filter((event) => event.type === "message.posted");
  const places = new Map<string, ConversationEvent[]>();
  for (const event of posted) {
    const id = event.commandId ?? "";
    places.set(id, [...(places.get(id) ?? []), event]);
  }
  const faults: string[] = [];
  let before = 0;
  for (const { id, text, number } of sent) {
    const [stored, ...more] = places.get(id) ?? [];
    if (!stored) {
      faults.push(number === null ? `lost, never answered: ${text}` : `lost, though acknowledged: ${text}`);
      continue;
    }
    if (more.length > 0) faults.push(`doubled: ${text}`);
    if (number === null) faults.push(`stored and never answered: ${text}`);
    else if (stored.number !== number) faults.push(`answered as ${number}, stored as ${stored.number}: ${text}`);
    if (stored.number < before) faults.push(`overtaken by a later one: ${text}`);
    before = stored.number;
    if (stored.type === "message.posted" && stored.text !== text) faults.push(`other words than sent: ${text}`);
  }
  const written = new Set(sent.map(({ id }) => id));
  const strange = posted.filter(({ commandId, by }) => by.who === "customer" && !written.has(commandId ?? ""));
  return [...faults, ...strange.map(({ number }) => `nobody wrote ${number}`)];
}

function viewed(events: readonly ConversationEvent[], seen: readonly Seen[]): string[] {
  if (seen.length !== events.length) return [`saw ${seen.length} of ${events.length} events`];
  const wrong = seen.findIndex(
    ({ number, commandId }, index) =>
      number !== events[index]?.number ||
      (events[index].type === "message.posted" && commandId !== events[index].commandId),
  );
  return wrong < 0 ? [] : [`saw something else in the place of ${wrong + 1}`];
}
