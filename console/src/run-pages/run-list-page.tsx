import type { RunSummary } from "@clew/contract/flows/runs";
import { Anchor, Badge, Button, ScrollArea, Select, Skeleton, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { age } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import { useDesk, useDeskState } from "../desk.tsx";
import { ask } from "../queries.ts";
import { failureText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import { Health } from "./health.tsx";
import classes from "./run-pages.module.css";
import { StatusBadge } from "./status-badge.tsx";
import { r } from "./words.ts";

const STATUSES = ["running", "waiting", "faulted", "completed", "cancelled", "failed", "expired"] as const;
type Status = RunSummary["status"];

/** All runs, by filter; what stopped with a fault is one press away. */
export function RunListPage() {
  const [status, setStatus] = useState<Status | null>(null);
  const [key, setKey] = useState("");
  const [wanted] = useDebouncedValue(key.trim(), 300);
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useRuns(status, wanted);
  const runs = data?.pages.flatMap(({ items }) => items);
  return (
    <div className={classes.page}>
      <h1>{r("runs.title")}</h1>
      <Text size="sm" c="dimmed">
        {r("runs.about")}
      </Text>
      <Health flow={wanted} onFlow={setKey} />
      <div className={classes.filters}>
        <Select
          label={r("runs.filter.status")}
          placeholder={r("runs.filter.any")}
          data={STATUSES.map((value) => ({ value, label: t(`flows.status.${value}`) }))}
          value={status}
          clearable
          w={230}
          onChange={(value) => setStatus(value as Status | null)}
        />
        <TextInput
          label={r("runs.filter.flow")}
          placeholder={r("runs.filter.flowHint")}
          value={key}
          w={230}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        <Button
          variant={status === "faulted" ? "filled" : "default"}
          aria-pressed={status === "faulted"}
          onClick={() => setStatus(status === "faulted" ? null : "faulted")}
        >
          {r("runs.filter.faults")}
        </Button>
      </div>
      {error && (
        <Text size="sm" role="alert">
          {failureText(error)}
        </Text>
      )}
      {!runs && !error && <Skeleton height={200} role="status" aria-label={t("app.loading")} />}
      {runs?.length === 0 && (
        <Text size="sm" c="dimmed" py="lg">
          {status === null && wanted === "" ? r("runs.none") : r("runs.empty")}
        </Text>
      )}
      {runs && runs.length > 0 && <Runs runs={runs} />}
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {r("runs.more")}
        </Button>
      )}
    </div>
  );
}

function useRuns(status: Status | null, key: string) {
  const desk = useDesk();
  const revision = useDeskState(({ configuration }) => configuration.runs ?? 0);
  return useInfiniteQuery({
    queryKey: ["listRuns", "all", status, key, revision],
    queryFn: ({ pageParam }) => {
      const query = {
        ...(status ? { status } : {}),
        ...(key ? { key } : {}),
        ...(pageParam ? { before: pageParam } : {}),
      };
      return ask("listRuns", desk.request("listRuns", { query: { ...query, limit: "50" } }));
    },
    initialPageParam: "",
    getNextPageParam: ({ items, more }) => (more ? String(items.at(-1)?.updatedAt ?? "") : null),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

function Runs({ runs }: { runs: readonly RunSummary[] }) {
  const now = useServerNow(20);
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0 }}>
      <Table verticalSpacing={7} className={classes.table} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{r("runs.flow")}</Table.Th>
            <Table.Th>{r("runs.status")}</Table.Th>
            <Table.Th>{r("runs.node")}</Table.Th>
            <Table.Th>{r("runs.started")}</Table.Th>
            <Table.Th>{r("runs.changed")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => (
            <Table.Tr key={run.id}>
              <Table.Td className={classes.flow}>
                <Anchor component={Link} to={`/runs/${run.id}`} size="sm" fw={550} dir="auto">
                  {run.title}
                </Anchor>
                {run.alias === "test" && (
                  <Badge size="xs" variant="light" color="gray" ml={6}>
                    {r("runs.test")}
                  </Badge>
                )}
                <span className={classes.quiet}>{r("runs.version", { ...run.flow })}</span>
              </Table.Td>
              <Table.Td>
                <StatusBadge status={run.status} />
              </Table.Td>
              <Table.Td className={classes.where}>
                <code>{run.node}</code>
                {run.fault && <span className={classes.bad}>{run.fault.message}</span>}
              </Table.Td>
              <Table.Td className={classes.figure}>{age(run.startedAt, now)}</Table.Td>
              <Table.Td className={classes.figure}>{age(run.updatedAt, now)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
