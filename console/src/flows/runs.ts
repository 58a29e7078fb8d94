import { revisionOf } from "@clew/client/agent";
import type { FlowButton, RunScreen, RunSummary } from "@clew/contract/flows/runs";
import { uuidv7 } from "@clew/contract/uuid";
import { keepPreviousData, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useDesk, useDeskState } from "../desk.tsx";
import { ask } from "../queries.ts";

type Place = FlowButton["where"][number];
/** On what a flow is started. */
export type StartOn = { conversationId?: string; caseId?: string; contactId?: string };
const NONE: never[] = [];

/** Flows with a button at one of these places, each once, by their titles. */
export function useFlowButtons(...places: readonly Place[]): readonly FlowButton[] {
  const desk = useDesk();
  const revision = useDeskState(({ configuration }) => revisionOf(configuration, "flow"));
  const { data = NONE } = useQuery({
    queryKey: ["listFlowButtons", places, revision],
    queryFn: async () => {
      const lists = await Promise.all(
        places.map((where) => ask("listFlowButtons", desk.request("listFlowButtons", { query: { where } }))),
      );
      return lists.flatMap(({ items }) => items);
    },
    placeholderData: keepPreviousData,
  });
  return useMemo(() => {
    const once = new Map(data.map((button) => [button.key, button]));
    return [...once.values()].sort((one, other) => one.label.localeCompare(other.label));
  }, [data]);
}

/** Runs of a conversation, last changed first; read again whenever one of them has moved or `latest` changes. */
export function useRunsOf(conversationId: string, latest: string) {
  const desk = useDesk();
  const revision = useDeskState(({ configuration }) => revisionOf(configuration, "runs"));
  return useQuery({
    queryKey: ["listRuns", conversationId, latest, revision],
    queryFn: () => ask("listRuns", desk.request("listRuns", { query: { conversation: conversationId, limit: "20" } })),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** What the run shows now; read again whenever the run has moved. */
export function useRunScreen(id: string, latest: string) {
  const desk = useDesk();
  const revision = useDeskState(({ configuration }) => revisionOf(configuration, `run ${id}`));
  return useQuery<RunScreen>(runScreen(desk, id, `${latest} ${revision}`));
}

/** Ids of the forms that these runs wait for; null until all of them have said so. */
export function useFormsHeld(runs: readonly RunSummary[]): readonly string[] | null {
  const desk = useDesk();
  const configuration = useDeskState((state) => state.configuration);
  const screens = useQueries({
    queries: runs.map(({ id, status, steps }) =>
      runScreen(desk, id, `${status} ${steps} ${revisionOf(configuration, `run ${id}`)}`),
    ),
  });
  return screens.some(({ data }) => !data) ? null : screens.flatMap(({ data }) => data?.formIds ?? []);
}

function runScreen(desk: ReturnType<typeof useDesk>, id: string, latest: string) {
  return {
    queryKey: ["readRunScreen", id, latest],
    queryFn: () => ask("readRunScreen", desk.request("readRunScreen", { params: { id } })),
    placeholderData: keepPreviousData as never,
    staleTime: 0,
  };
}

/** Starts flows. The run's id is made here, so that a press that is repeated after a lost answer starts one run. */
export function useStartRun(): (key: string, on: StartOn) => Promise<Awaited<ReturnType<typeof start>>> {
  const desk = useDesk();
  const queries = useQueryClient();
  return async (key, on) => {
    const result = await start(desk, key, on);
    void queries.invalidateQueries({ queryKey: ["listRuns"] });
    return result;
  };
}

async function start(desk: ReturnType<typeof useDesk>, key: string, on: StartOn) {
  const body = { id: uuidv7(desk.serverNow(), crypto.getRandomValues(new Uint8Array(10))), ...on };
  const first = await desk.request("startRun", { params: { key }, body });
  if (first.ok || first.problem.retry === "no") return first;
  return desk.request("startRun", { params: { key }, body });
}

export function isAtWork({ status }: Pick<RunSummary, "status">): boolean {
  return status === "running" || status === "waiting";
}
