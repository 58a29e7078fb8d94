import type { ConversationSnapshot } from "./conversations.ts";
import type { ConversationEvent } from "./events.ts";
import type { Fact } from "./facts.ts";

/**
 * The snapshot after one more event. Client, console and tests share it, so "snapshot + events = fresh snapshot" is one
 * sentence in one place. The caller has checked that `event.number` is `snapshot.number + 1`.
 */
export function applyEvent(snapshot: ConversationSnapshot, event: ConversationEvent): ConversationSnapshot {
  const next: ConversationSnapshot = { ...snapshot, number: event.number };
  if ("session" in event) next.session = event.session;
  if ("staff" in event && event.staff !== undefined && "staff" in snapshot) next.staff = event.staff;
  switch (event.type) {
    case "conversation.closed":
      next.status = "closed";
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
