import type { FlowDraft, FlowSummary, FlowVersion } from "@clew/contract/flows/versions";
import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useAsk } from "../admin/api/admin-api.tsx";

const TRIAL_LOOK_MS = 10_000;

export type ListedVersion = { version: FlowVersion; waiting: Record<string, number> };

export function useFlows(): UseQueryResult<FlowSummary[]> {
  const ask = useAsk();
  return useQuery({
    queryKey: ["flows", "list"],
    queryFn: async () => (await ask<{ items: FlowSummary[] }>("listFlows")).items,
    // How a version on trial does is no change of a setting, so nobody tells.
    refetchInterval: ({ state }) => state.data?.some(({ canary }) => canary) && TRIAL_LOOK_MS,
  });
}

export function useDraft(key: string): UseQueryResult<FlowDraft> {
  const ask = useAsk();
  return useQuery({
    queryKey: ["flows", "draft", key],
    queryFn: () => ask<FlowDraft>("readFlowDraft", { params: { key } }),
    retry: false,
  });
}

export function useVersions(key: string): UseQueryResult<ListedVersion[]> {
  const ask = useAsk();
  return useQuery({
    queryKey: ["flows", "versions", key],
    queryFn: async () => (await ask<{ items: ListedVersion[] }>("listFlowVersions", { params: { key } })).items,
  });
}

/** What was read of flows is read again. */
export function useFlowsChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["flows"] });
}
