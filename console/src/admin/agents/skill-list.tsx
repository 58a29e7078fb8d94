import type { Skill } from "@clew/contract/routing";
import { TextInput } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import { useItems } from "../api/items.ts";
import { Section } from "../page/page.tsx";
import { Row } from "../page/rows.tsx";
import { ListPage, SettingsPage } from "../page/settings-page.tsx";
import { a } from "../strings/words.ts";
import { PeopleTabs } from "./agent-list.tsx";

export function SkillList() {
  const agents = useItems("Agent");
  const holders = (skill: Skill) =>
    (agents.data ?? []).filter((agent) => agent.skills.some((has) => has.skillId === skill.id)).length;
  return (
    <ListPage
      query={useItems("Skill")}
      title={a("nav.agents")}
      about={a("skills.about")}
      add={{ to: "agents/skills/new", label: a("skills.new") }}
      empty={{ icon: IconSparkles, title: a("skills.empty"), about: a("skills.emptyAbout") }}
      above={<PeopleTabs value="skills" />}
      row={(skill: Skill) => (
        <Row
          key={skill.id}
          to={`agents/skills/${skill.id}`}
          name={skill.name}
          about={a("skills.holders", { count: holders(skill) })}
        />
      )}
    />
  );
}

export function SkillPage({ id }: { id: string }) {
  return (
    <SettingsPage
      noun="Skill"
      id={id}
      place="agents/skills"
      back={a("skills.tab")}
      newTitle={a("skills.new")}
      blank={() => ({ name: "" })}
      nameOf={(skill) => skill.name}
      check={(skill): Record<string, string> => (skill.name.trim() === "" ? { "/name": a("check.required") } : {})}
    >
      {({ value, change, error }) => (
        <Section title={a("skills.one")} about={a("skills.oneAbout")}>
          <TextInput
            label={a("queue.name")}
            value={value.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            error={error("/name")}
            maxLength={80}
            withAsterisk
          />
        </Section>
      )}
    </SettingsPage>
  );
}
