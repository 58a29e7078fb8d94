import type { ConfigurationContext } from "../configuration/change.ts";
import { settingsHandlers } from "../configuration/settings-handlers.ts";
import type { Handlers } from "../http/handlers.ts";
import { HOURS } from "./hours.ts";

export function hoursHandlers(context: ConfigurationContext): Handlers {
  return settingsHandlers(context, { one: "Hours", many: "Hours" }, HOURS);
}
