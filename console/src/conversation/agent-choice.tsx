import { Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useDeskState } from "../desk.tsx";
import { fold } from "../inbox/views.ts";
import { Face } from "../presence/face.tsx";
import { Load } from "../presence/load.tsx";
import { StatusDot } from "../presence/status-dot.tsx";
import { useAgents } from "../queries.ts";
import { t } from "../strings/strings.ts";
import classes from "./choice.module.css";

type Props = { disabled?: boolean; except?: string | undefined; chosen?: string | null; onChoose(id: string): void };
const ORDER = { available: 0, busy: 1, away: 2, offline: 3 };

/** The agents with presence and free capacity, those who could take it first. */
export function AgentChoice({ disabled, except, chosen, onChoose }: Props) {
  const agents = useAgents();
  const presences = useDeskState((state) => state.presences);
  const [search, setSearch] = useState("");
  const shown = agents
    .filter((agent) => agent.active && agent.id !== except && fold(agent.name).includes(fold(search)))
    .map((agent) => ({ agent, presence: presences[agent.id] }))
    .sort(
      (one, other) =>
        ORDER[one.presence?.status ?? "offline"] - ORDER[other.presence?.status ?? "offline"] ||
        one.agent.name.localeCompare(other.agent.name),
    );
  return (
    <>
      <TextInput
        leftSection={<IconSearch size={15} />}
        placeholder={t("transfer.findAgent")}
        aria-label={t("transfer.findAgent")}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        data-autofocus
      />
      <div className={classes.list}>
        {shown.map(({ agent, presence }) => (
          <button
            key={agent.id}
            type="button"
            className={classes.choice}
            disabled={disabled}
            aria-pressed={chosen === agent.id}
            onClick={() => onChoose(agent.id)}
          >
            <Face name={agent.name} size={28} />
            <span className={classes.name}>
              {agent.name}
              <Text span size="xs" c="dimmed" className={classes.under}>
                <StatusDot status={presence?.status ?? "offline"} />
                {presence?.reason ?? t(`presence.${presence?.status ?? "offline"}`)}
              </Text>
            </span>
            {presence && presence.status !== "offline" && (
              <span className={classes.load}>
                <Text span size="xs" c="dimmed">
                  {t("transfer.free", { count: Math.max(0, presence.capacity - presence.load) })}
                </Text>
                <Load load={presence.load} capacity={presence.capacity} />
              </span>
            )}
          </button>
        ))}
        {shown.length === 0 && (
          <Text size="sm" c="dimmed" p="md" ta="center">
            {t("transfer.nobody")}
          </Text>
        )}
      </div>
    </>
  );
}
