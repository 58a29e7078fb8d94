import type { ConfigurationContext } from "../configuration/change.ts";
import { settingsHandlers } from "../configuration/settings-handlers.ts";
import type { Handlers } from "../http/handlers.ts";
import { QUICK_REPLIES } from "./quick-replies.ts";

export function quickReplyHandlers(context: ConfigurationContext): Handlers {
  return settingsHandlers(context, { one: "QuickReply", many: "QuickReplies" }, QUICK_REPLIES);
}
