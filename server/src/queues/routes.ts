import type { ConfigurationContext } from "../configuration/change.ts";
import { settingsHandlers } from "../configuration/settings-handlers.ts";
import type { Handlers } from "../http/handlers.ts";
import { QUEUES } from "./queues.ts";

export function queueHandlers(context: ConfigurationContext): Handlers {
  return settingsHandlers(context, { one: "Queue", many: "Queues" }, QUEUES);
}
