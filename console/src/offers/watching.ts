import type { Offer } from "@clew/client/agent";
import type { InboxItem } from "@clew/contract/inbox";

/** Why an offer is no longer open: it became ours (auto-accepted, another tab), someone else's, over, late or withdrawn. */
export type OfferEnd = "mine" | "other" | "ended" | "late" | "withdrawn";

export function endOf(offer: Offer, inbox: readonly InboxItem[], me: string, now: number): OfferEnd {
  const session = inbox.find(({ conversationId }) => conversationId === offer.conversationId)?.session;
  if (session?.status === "ended") return "ended";
  if (session?.agent) return session.agent.id === me ? "mine" : "other";
  return now >= offer.dueAt ? "late" : "withdrawn";
}

/** Conversations that are ours now and were not before. */
export function arrivals(before: readonly InboxItem[], now: readonly InboxItem[], me: string): InboxItem[] {
  const had = new Set(before.filter((item) => isOurs(item, me)).map(({ conversationId }) => conversationId));
  return now.filter((item) => isOurs(item, me) && !had.has(item.conversationId));
}

function isOurs(item: InboxItem, me: string): boolean {
  return item.session.agent?.id === me && (item.session.status === "active" || item.session.status === "inactive");
}
