import type { QuickReplySettings } from "@clew/contract/agents";
import { refuseUnknown } from "../configuration/references.ts";
import type { SettingsNoun } from "../configuration/settings-handlers.ts";

export const QUICK_REPLIES: SettingsNoun<QuickReplySettings> = {
  noun: "quick-reply",
  table: "quick_replies",
  uniqueBy: "shortcut",

  tidy: (settings) => ({ ...settings, queueIds: [...new Set(settings.queueIds)] }),

  async check({ query }, { queueIds }) {
    await refuseUnknown(
      query,
      queueIds.map((id, index) => ({ table: "queues", id, field: `/queueIds/${index}` })),
    );
  },

  usersOf: async () => [],
};
