import type { TimelineItem } from "@clew/client";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { FormField, PreChatForm } from "@clew/contract/forms";

const DAY_MS = 86_400_000;

/**
 * Keys of the questions to answer before the next message can start a session, or null when it can be sent as it is.
 * Customers see of their facts that and when they were told, which is what the policy goes by; the server has the last
 * word and may ask for more.
 */
export function askedBefore(
  form: PreChatForm,
  conversation: ConversationSnapshot | null,
  timeline: readonly TimelineItem[],
  now: number,
): string[] | null {
  if (conversation?.session?.nextMessage !== "starts-session") return null;
  // A message of this device that is on its way has already taken the start; a second form would only be in the way.
  if (timeline.some((item) => item.kind === "message" && item.delivery?.state === "sending")) return null;
  const keys = questionsNow(form, conversation, now).map((field) => field.key);
  return keys.length > 0 ? keys : null;
}

export function questionsNow(form: PreChatForm, conversation: ConversationSnapshot, now: number): FormField[] {
  const visible = form.fields.filter((field) => !field.hidden);
  if (form.ask.when === "session") return visible;
  if (form.ask.when !== "missing" || !conversation.facts) return [];
  const oldest =
    form.ask.olderThanDays === undefined ? Number.NEGATIVE_INFINITY : now - form.ask.olderThanDays * DAY_MS;
  const missing = new Set<string>();
  for (const field of visible) {
    const fact = conversation.facts.findLast((known) => known.key === field.key);
    const parentAsked = field.dependsOn !== undefined && missing.has(field.dependsOn);
    if (!fact || fact.at < oldest || parentAsked) missing.add(field.key);
  }
  return visible.filter((field) => missing.has(field.key));
}
