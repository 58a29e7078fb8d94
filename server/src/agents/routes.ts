import type { AgentSettings } from "@clew/contract/agents";
import { type ConfigurationContext, changeConfiguration } from "../configuration/change.ts";
import { createSettings, settingsHandlers } from "../configuration/settings-handlers.ts";
import type { Handlers } from "../http/handlers.ts";
import { AGENTS } from "./agents.ts";
import type { PreparePassword } from "./passwords.ts";

export function agentHandlers(context: ConfigurationContext, preparePassword: PreparePassword): Handlers {
  const handlers = settingsHandlers(context, { one: "Agent", many: "Agents" }, AGENTS);
  return {
    listAgents: handlers.listAgents as Handlers[string],
    saveAgent: handlers.saveAgent as Handlers[string],

    async createAgent({ caller, body }) {
      const { password, ...settings } = body as AgentSettings & { password: string };
      const writePassword = await preparePassword(password);
      return changeConfiguration(context, caller, async (change) => {
        const agent = await createSettings(change, AGENTS, { settings });
        await writePassword(change.query, agent.id);
        return agent;
      });
    },
  };
}
