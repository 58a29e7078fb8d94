import type { FieldValues } from "@clew/client";
import type { Session } from "@clew/contract/sessions";

/**
 * The drafts without what was filled in for surveys that are over; the same object when there is nothing of them. What a
 * tab shows at first may be older than what another tab has filled in: a session that is new to it, or one whose end it has
 * not heard of, may well be asking. Ids of sessions rise; keys of questions before a chat have no dot.
 */
export function stillAsked(drafts: FieldValues, session: Pick<Session, "id" | "survey">): FieldValues {
  const isOver = (key: string) => {
    const [of = "", ...rest] = key.split(".");
    return rest.length > 0 && (of < session.id || (of === session.id && (session.survey ?? "open") !== "open"));
  };
  const all = Object.entries(drafts);
  const kept = all.filter(([key]) => !isOver(key));
  return kept.length < all.length ? Object.fromEntries(kept) : drafts;
}
