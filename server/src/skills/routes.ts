import type { ConfigurationContext } from "../configuration/change.ts";
import { settingsHandlers } from "../configuration/settings-handlers.ts";
import type { Handlers } from "../http/handlers.ts";
import { SKILLS } from "./skills.ts";

export function skillHandlers(context: ConfigurationContext): Handlers {
  return settingsHandlers(context, { one: "Skill", many: "Skills" }, SKILLS);
}
