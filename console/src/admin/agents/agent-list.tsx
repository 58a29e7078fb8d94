import type { Agent } from "@clew/contract/agents";
import { Avatar, Badge, Tabs, TextInput } from "@mantine/core";
import { IconSearch, IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import { useItems } from "../api/items.ts";
import { useGo } from "../page/admin-link.tsx";
import { Row } from "../page/rows.tsx";
import { ListPage } from "../page/settings-page.tsx";
import { a, enumerate } from "../strings/words.ts";

/** The tabs above agents and skills: two lists of one subject. */
export function PeopleTabs({ value }: { value: "agents" | "skills" }) {
  const go = useGo();
  return (
    <Tabs value={value} onChange={(next) => go(next === "skills" ? "agents/skills" : "agents")}>
      <Tabs.List aria-label={a("nav.agents")}>
        <Tabs.Tab value="agents">{a("agents.tab")}</Tabs.Tab>
        <Tabs.Tab value="skills">{a("skills.tab")}</Tabs.Tab>
      </Tabs.List>
      {/* The tabs name their panels for screen readers; the list below is the panel's content. */}
      <Tabs.Panel value={value}>{null}</Tabs.Panel>
    </Tabs>
  );
}

export function AgentList() {
  const agents = useItems("Agent");
  const skills = useItems("Skill");
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const found = agents.data?.filter((agent) =>
    `${agent.name} ${agent.publicName} ${agent.email}`.toLowerCase().includes(wanted),
  );
  const skillsOf = (agent: Agent) =>
    enumerate(agent.skills.flatMap(({ skillId }) => skills.data?.find((skill) => skill.id === skillId)?.name ?? []));
  const query = { ...agents, data: found } as typeof agents;
  return (
    <ListPage
      query={query}
      title={a("nav.agents")}
      about={a("agents.about")}
      add={{ to: "agents/new", label: a("agents.new") }}
      empty={
        wanted === ""
          ? { icon: IconUsers, title: a("agents.empty"), about: a("agents.emptyAbout") }
          : { icon: IconSearch, title: a("search.nothing", { what: search }), about: a("search.nothingAbout") }
      }
      above={
        <>
          <PeopleTabs value="agents" />
          {(agents.data?.length ?? 0) > 6 && (
            <TextInput
              aria-label={a("agents.search")}
              placeholder={a("agents.search")}
              leftSection={<IconSearch size={16} />}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
          )}
        </>
      }
      row={(agent) => (
        <Row
          key={agent.id}
          to={`agents/${agent.id}`}
          quiet={!agent.active}
          lead={<Avatar name={agent.name} radius="xl" size={34} aria-hidden />}
          name={agent.name}
          about={[agent.email, skillsOf(agent)].filter(Boolean).join(" · ")}
          trail={
            <>
              {!agent.active && <Badge variant="default">{a("agents.off")}</Badge>}
              <Badge variant="default">{a(`role.${agent.role}`)}</Badge>
            </>
          }
        />
      )}
    />
  );
}
