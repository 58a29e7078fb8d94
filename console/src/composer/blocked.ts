import type { ConversationSnapshot } from "@clew/contract/conversations";
import { able } from "../conversation/able.ts";
import type { Viewer } from "../inbox/views.ts";
import { t } from "../strings/strings.ts";

/** Why one cannot write to the customer now, or null when one can. A note is possible always. */
export function blockedWhy(conversation: ConversationSnapshot, viewer: Viewer): string | null {
  if (able(conversation, viewer).reply) return null;
  const { session } = conversation;
  if (conversation.status === "closed") return t("blocked.closed");
  if (!session || session.status === "ended" || session.status === "error")
    return t("blocked.ended", { next: (session?.number ?? 0) + 1 });
  if (session.agent) return t("blocked.other", { agent: session.agent.name });
  if (session.bot) return t("blocked.bot", { name: session.bot.name });
  return t("blocked.waiting");
}
