import { Badge, ScrollArea, Skeleton, Table, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { length } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import { useDeskState, useViewer } from "../desk.tsx";
import { countsOf } from "../inbox/views.ts";
import { Face } from "../presence/face.tsx";
import { Load } from "../presence/load.tsx";
import { StatusDot } from "../presence/status-dot.tsx";
import { useAgents, useQueueStates, useQueues } from "../queries.ts";
import { failureText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import { Holds } from "./holds.tsx";
import { Returns } from "./returns.tsx";
import classes from "./supervision.module.css";

const ORDER = { available: 0, busy: 1, away: 2, offline: 3 };

/** How the floor stands now: queues and what waits in them, agents and what they hold. */
export function SupervisionPage() {
  return (
    <div className={classes.page}>
      <h1>{t("rail.supervision")}</h1>
      <Queues />
      <Holds />
      <Returns />
      <Agents />
    </div>
  );
}

function Queues() {
  const queues = useQueues();
  const { data, error } = useQueueStates();
  const now = useServerNow();
  const inbox = useDeskState((state) => state.inbox);
  const viewer = useViewer();
  const navigate = useNavigate();
  const counts = countsOf(inbox, viewer);
  return (
    <section className={classes.section}>
      <div className={classes.head}>
        <h2>{t("supervision.queues")}</h2>
        <button
          type="button"
          className={classes.link}
          onClick={() => navigate({ to: "/", search: { list: "waiting" } })}
        >
          {t("supervision.waitingNow", { count: counts.waiting })}
        </button>
      </div>
      {error && (
        <Text size="sm" role="alert">
          {failureText(error)}
        </Text>
      )}
      {!data && !error && <Skeleton height={96} />}
      {data && (
        <div className={classes.cards}>
          {queues.map((queue) => {
            const state = data.items.find(({ queueId }) => queueId === queue.id);
            return (
              <article
                key={queue.id}
                className={classes.card}
                data-hot={(state?.waiting ?? 0) > 0 && state?.available === 0 ? true : undefined}
              >
                <h3>{queue.name}</h3>
                <dl>
                  <Figure label={t("supervision.waiting")} value={String(state?.waiting ?? 0)} strong />
                  <Figure
                    label={t("supervision.oldest")}
                    value={state?.oldestWaitingSince == null ? "–" : length(now - state.oldestWaitingSince)}
                  />
                  <Figure
                    label={t("supervision.estimate")}
                    value={state?.estimate == null ? t("supervision.unknown") : length(state.estimate)}
                  />
                  <Figure
                    label={t("supervision.available")}
                    value={`${state?.available ?? 0} / ${state?.online ?? 0}`}
                  />
                </dl>
              </article>
            );
          })}
        </div>
      )}
    </section>
  );
}

function Figure({ label, value, strong }: { label: string; value: string; strong?: boolean }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd data-strong={strong || undefined}>{value}</dd>
    </div>
  );
}

function Agents() {
  const agents = useAgents();
  const presences = useDeskState((state) => state.presences);
  const now = useServerNow();
  const rows = agents
    .filter((agent) => agent.active)
    .map((agent) => ({ agent, presence: presences[agent.id] }))
    .sort(
      (one, other) =>
        ORDER[one.presence?.status ?? "offline"] - ORDER[other.presence?.status ?? "offline"] ||
        one.agent.name.localeCompare(other.agent.name),
    );
  return (
    <section className={classes.section}>
      <div className={classes.head}>
        <h2>{t("supervision.agents")}</h2>
      </div>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0 }}>
        <Table verticalSpacing={8} className={classes.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("supervision.agent")}</Table.Th>
              <Table.Th>{t("supervision.state")}</Table.Th>
              <Table.Th>{t("supervision.since")}</Table.Th>
              <Table.Th>{t("supervision.load")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ agent, presence }) => (
              <Table.Tr key={agent.id}>
                <Table.Td>
                  <span className={classes.agent}>
                    <Face name={agent.name} size={26} />
                    {agent.name}
                    {agent.role !== "agent" && (
                      <Badge size="xs" variant="light" color="gray">
                        {t(`role.${agent.role}`)}
                      </Badge>
                    )}
                  </span>
                </Table.Td>
                <Table.Td>
                  <span className={classes.agent}>
                    <StatusDot status={presence?.status ?? "offline"} />
                    {presence?.reason ?? t(`presence.${presence?.status ?? "offline"}`)}
                  </span>
                </Table.Td>
                <Table.Td className={classes.figure}>
                  {presence && presence.status !== "offline" ? length(now - presence.since) : "–"}
                </Table.Td>
                <Table.Td>
                  <span className={classes.load}>
                    <span className={classes.figure}>
                      {t("presence.units", {
                        load: presence?.load ?? 0,
                        capacity: presence?.capacity ?? agent.capacity,
                      })}
                    </span>
                    <Load load={presence?.load ?? 0} capacity={presence?.capacity ?? agent.capacity} />
                  </span>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </section>
  );
}
