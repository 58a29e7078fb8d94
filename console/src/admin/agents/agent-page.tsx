import type { AgentSettings } from "@clew/contract/agents";
import { NumberInput, PasswordInput, SimpleGrid, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import type { FieldErrors } from "../editing/pointer.ts";
import { ChoiceCards } from "../page/choice-cards.tsx";
import { Section } from "../page/page.tsx";
import { SettingsPage } from "../page/settings-page.tsx";
import { a } from "../strings/words.ts";
import { checkAgent, isPassword } from "./check-agent.ts";
import { ResetPassword } from "./reset-password.tsx";
import { SkillLevels } from "./skill-levels.tsx";

const blank = (): AgentSettings => ({
  email: "",
  name: "",
  publicName: "",
  role: "agent",
  capacity: 6,
  skills: [],
  active: true,
});

export function AgentPage({ id }: { id: string }) {
  const [password, setPassword] = useState("");
  const check = (agent: AgentSettings, isNew: boolean): FieldErrors => ({
    ...checkAgent(agent),
    ...(isNew && !isPassword(password) ? { "/password": a("check.password") } : {}),
  });
  return (
    <SettingsPage
      noun="Agent"
      id={id}
      place="agents"
      back={a("nav.agents")}
      newTitle={a("agents.new")}
      blank={blank}
      nameOf={(agent) => agent.name}
      check={check}
      extra={() => ({ password })}
      deletable={false}
      actions={(agent) => <ResetPassword agent={agent} />}
    >
      {({ value, change, error, isNew }) => (
        <>
          <Section title={a("agent.person")} about={a("agent.personAbout")}>
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <TextInput
                label={a("agent.name")}
                value={value.name}
                onChange={(event) => {
                  const name = event.currentTarget.value;
                  const follows = isNew && value.publicName === (value.name.split(" ")[0] ?? "");
                  change(follows ? { name, publicName: name.split(" ")[0] ?? "" } : { name });
                }}
                error={error("/name")}
                maxLength={80}
                withAsterisk
                autoComplete="off"
              />
              <TextInput
                label={a("agent.publicName")}
                value={value.publicName}
                onChange={(event) => change({ publicName: event.currentTarget.value })}
                error={error("/publicName")}
                maxLength={80}
                withAsterisk
              />
            </SimpleGrid>
            <TextInput
              label={a("agent.email")}
              type="email"
              value={value.email}
              onChange={(event) => change({ email: event.currentTarget.value })}
              error={error("/email")}
              maxLength={254}
              withAsterisk
              autoComplete="off"
            />
            {isNew && (
              <PasswordInput
                label={a("agent.firstPassword")}
                description={a("agent.firstPasswordAbout")}
                value={password}
                onChange={(event) => {
                  setPassword(event.currentTarget.value);
                  change({});
                }}
                error={error("/password")}
                maxLength={200}
                withAsterisk
                autoComplete="new-password"
              />
            )}
          </Section>
          <Section title={a("agent.role")} about={a("agent.roleAbout")}>
            <ChoiceCards
              label={a("agent.role")}
              value={value.role}
              onChange={(role) => change({ role })}
              error={error("/role")}
              choices={(["agent", "supervisor", "admin"] as const).map((role) => ({
                value: role,
                title: a(`role.${role}`),
                about: a(`role.${role}.about`),
              }))}
            />
          </Section>
          <Section title={a("agent.work")} about={a("agent.workAbout")}>
            <NumberInput
              label={a("agent.capacity")}
              description={a("agent.capacityAbout")}
              value={value.capacity}
              onChange={(capacity) => change({ capacity: typeof capacity === "number" ? capacity : 0 })}
              error={error("/capacity")}
              min={0}
              max={1000}
              allowDecimal={false}
              styles={{ wrapper: { maxWidth: "10rem" } }}
            />
            <SkillLevels
              label={a("agent.skills")}
              description={a("agent.skillsAbout")}
              value={value.skills}
              onChange={(skills) => change({ skills })}
              error={error("/skills")}
            />
          </Section>
          {!isNew && (
            <Section title={a("agent.access")} about={a("agent.accessAbout")}>
              <Switch
                label={a("agent.active")}
                description={a("agent.activeAbout")}
                checked={value.active}
                onChange={(event) => change({ active: event.currentTarget.checked })}
                error={error("/active")}
              />
            </Section>
          )}
        </>
      )}
    </SettingsPage>
  );
}
