import type { Agent, AgentSettings } from "@clew/contract/agents";
import { refuseUnknown } from "../configuration/references.ts";
import { refuseSettings, type SettingRefusal } from "../configuration/setting-refusals.ts";
import type { SettingsNoun } from "../configuration/settings-handlers.ts";
import { readAll, readByName, readOne } from "../configuration/settings-store.ts";
import type { Query } from "../database/database.ts";
import { onceEach } from "../skills/levels.ts";

export const AGENTS: SettingsNoun<AgentSettings> = {
  noun: "agent",
  table: "agents",
  uniqueBy: "email",

  tidy: (settings) => ({
    ...settings,
    email: settings.email.trim().toLowerCase(),
    name: settings.name.trim(),
    publicName: settings.publicName.trim(),
    skills: onceEach(settings.skills),
  }),

  async check({ query }, settings, id) {
    refuseSettings([...checkNames(settings), ...(await checkLastAdmin(query, settings, id))]);
    await refuseUnknown(
      query,
      settings.skills.map(({ skillId }, index) => ({
        table: "skills",
        id: skillId,
        field: `/skills/${index}/skillId`,
      })),
    );
  },

  // Agents are switched off and never deleted: the log and the audit name them.
  usersOf: async () => [],
};

/** The agent with this e-mail address in any case, or null: for signing in. */
export function findAgentByEmail(query: Query, email: string): Promise<Agent | null> {
  return readByName<Agent>(query, "agents", email);
}

export function findAgent(query: Query, id: string): Promise<Agent | null> {
  return readOne<Agent>(query, "agents", id);
}

function checkNames({ name, publicName }: AgentSettings): SettingRefusal[] {
  return Object.entries({ name, publicName })
    .filter(([, text]) => text === "")
    .map(([key]) => ({ field: `/${key}`, reason: "name-blank", detail: "The agent needs a name." }));
}

/** Without an admin nobody could ever make one again. */
async function checkLastAdmin(query: Query, settings: AgentSettings, id: string | null): Promise<SettingRefusal[]> {
  const isAdmin = (agent: AgentSettings) => agent.role === "admin" && agent.active;
  if (id === null || isAdmin(settings)) return [];
  const admins = (await readAll<Agent>(query, "agents")).filter(isAdmin);
  if (admins.some((admin) => admin.id !== id) || admins.length === 0) return [];
  const field = settings.active ? "/role" : "/active";
  return [{ field, reason: "last-admin", detail: "This is the only admin; make another one first." }];
}
