import type { SkillSettings } from "@clew/contract/routing";
import type { Static } from "typebox";
import { refuseSettings } from "../configuration/setting-refusals.ts";
import type { SettingsNoun } from "../configuration/settings-handlers.ts";
import { agentsThat, flowsThatName, queuesThat } from "../configuration/users.ts";

export const SKILLS: SettingsNoun<Static<typeof SkillSettings>> = {
  noun: "skill",
  table: "skills",
  uniqueBy: "name",

  tidy: ({ name }) => ({ name: name.trim() }),

  async check(_change, { name }) {
    refuseSettings(name === "" ? [{ field: "/name", reason: "name-blank", detail: "The skill needs a name." }] : []);
  },

  async usersOf({ query }, { id, name }) {
    return [
      ...(await agentsThat(query, ({ skills }) => skills.some((skill) => skill.skillId === id))),
      ...(await queuesThat(query, ({ skills }) => skills.some((skill) => skill.skillId === id))),
      ...(await flowsThatName(query, "skill", { id, name })),
    ];
  },
};
