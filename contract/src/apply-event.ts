import type { ConversationSnapshot } from "./conversations.ts";
import type { ConversationEvent } from "./events.ts";
import type { Fact } from "./facts.ts";
import type { FormEntry } from "./flows/entries.ts";

/** A conversation's state keeps this many forms; older ones are in its log. */
const FORMS_KEPT = 10;

/**
 * The snapshot after one more event. Client, console and tests share it, so "snapshot + events = fresh snapshot" is one
 * sentence in one place. The caller has checked that `event.number` is `snapshot.number + 1`.
 */
export function applyEvent(snapshot: ConversationSnapshot, event: ConversationEvent): ConversationSnapshot {
  const next: ConversationSnapshot = { ...snapshot, number: event.number };
  if ("session" in event) next.session = event.session;
  if ("staff" in event && event.staff !== undefined && "staff" in snapshot) next.staff = event.staff;
  if ("form" in event) next.forms = withForm(snapshot.forms, event.form);
  if ("runs" in event) next.runs = event.runs;
  switch (event.type) {
    case "conversation.closed":
      next.status = "closed";
      break;
    case "conversation.erased":
      return erased(next);
    case "session.described":
      if (event.language) next.language = event.language;
      break;
    case "facts.recorded":
      if (snapshot.facts) next.facts = mergeFacts(snapshot.facts, event.facts);
      break;
    case "customer.verified":
      if (snapshot.customer && event.customer) next.customer = event.customer;
      break;
    default:
      break;
  }
  return next;
}

/** Facts with newer ones in place of older ones of the same key, the order of first telling kept. */
export function mergeFacts(facts: readonly Fact[], newer: readonly Fact[]): Fact[] {
  const merged = new Map(facts.map((fact) => [fact.key, fact]));
  for (const fact of newer) merged.set(fact.key, fact);
  return [...merged.values()];
}

function withForm(forms: readonly FormEntry[] = [], form: FormEntry): FormEntry[] {
  return [...forms.filter(({ id }) => id !== form.id), form].slice(-FORMS_KEPT);
}

/** What is left is named here, so that nothing that is added to a conversation later can outlive it. */
function erased(snapshot: ConversationSnapshot): ConversationSnapshot {
  const { id, channelId, kind, number, createdAt, language, session, positions, customer } = snapshot;
  return {
    ...{ id, channelId, kind, number, createdAt, language, session, positions, status: "closed", facts: [] },
    ...(customer && { customer: { ...customer, name: null, email: null, subject: null }, page: null, staff: null }),
  };
}
