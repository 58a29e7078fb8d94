import type { Desk, EndpointName, EndpointResponse } from "@clew/client/agent";
import type { SessionStatus } from "@clew/contract/sessions";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Names } from "./conversation/names.ts";
import { useDesk, useDeskState, useMe } from "./desk.tsx";
import type { Filter } from "./inbox/filter.ts";
import { t } from "./strings/strings.ts";

/** Asks the server; what it refused is thrown, as TanStack Query wants it, with the problem inside. */
export async function ask<Name extends EndpointName>(
  _: Name,
  answer: ReturnType<Desk["request"]>,
): Promise<EndpointResponse<Name>> {
  const result = await answer;
  if (result.ok) return result.value as EndpointResponse<Name>;
  throw Object.assign(new Error(result.problem.code), { problem: result.problem });
}

/** Configuration by the name of its endpoint; read again when the server says that any of it changed. */
function useConfiguration<
  Name extends "listQueues" | "listSkills" | "listAgents" | "listChannels" | "listQuickReplies" | "readOrganisation",
>(name: Name): EndpointResponse<Name> | undefined {
  const desk = useDesk();
  const revision = useDeskState(revisionOf);
  return useQuery<EndpointResponse<Name>>({
    queryKey: ["configuration", name, revision],
    queryFn: () => ask(name, desk.request(name as "listQueues")),
    placeholderData: keepPreviousData as never,
    staleTime: 5 * 60_000,
  }).data;
}

function revisionOf(state: { configuration: Readonly<Record<string, number>> }): number {
  return Object.values(state.configuration).reduce((sum, one) => sum + one, 0);
}

const NONE: never[] = [];
export const useQueues = () => useConfiguration("listQueues")?.items ?? NONE;
export const useSkills = () => useConfiguration("listSkills")?.items ?? NONE;
export const useAgents = () => useConfiguration("listAgents")?.items ?? NONE;
export const useChannels = () => useConfiguration("listChannels")?.items ?? NONE;
export const useQuickReplies = () => useConfiguration("listQuickReplies")?.items ?? NONE;
export const useOrganisation = () => useConfiguration("readOrganisation");

/** Live figures of the queues. They have no feed of their own: read again every few seconds while shown. */
export function useQueueStates(everyMs = 4000) {
  const desk = useDesk();
  return useQuery({
    queryKey: ["listQueueStates"],
    queryFn: () => ask("listQueueStates", desk.request("listQueueStates")),
    refetchInterval: everyMs,
  });
}

/** A conversation as it is now, without opening it: nobody sees that we look. Read again for each `reason`. */
export function useGlance(conversationId: string, reason: string) {
  const desk = useDesk();
  return useQuery({
    queryKey: ["readConversation", conversationId, reason],
    queryFn: () => ask("readConversation", desk.request("readConversation", { params: { id: conversationId } })),
  });
}

/** All sessions of a conversation; `latest` is what changes when there is one more, or one ended. */
export function useSessions(conversationId: string, latest: string) {
  const desk = useDesk();
  return useQuery({
    queryKey: ["readSessions", conversationId, latest],
    queryFn: () => ask("readSessions", desk.request("readSessions", { params: { id: conversationId } })),
    placeholderData: keepPreviousData,
  });
}

/** Conversations beyond those of the live inbox: by words, or by status, within the filter. */
export function useFoundConversations(query: (Filter & { search?: string; status?: SessionStatus }) | null) {
  const desk = useDesk();
  return useQuery({
    queryKey: ["listConversations", query],
    enabled: query !== null,
    queryFn: () => ask("listConversations", desk.request("listConversations", { query: { ...query, limit: "50" } })),
    staleTime: 5_000,
  });
}

/** Names of agents and queues for the lines of a conversation. */
export function useNames(): Names {
  const me = useMe().agent.id;
  const agents = useAgents();
  const queues = useQueues();
  return useMemo(
    () => ({
      me,
      agent: (id) => agents.find((agent) => agent.id === id)?.name ?? t("who.unknownAgent"),
      queue: (id) =>
        id === null ? t("who.noQueue") : (queues.find((queue) => queue.id === id)?.name ?? t("who.unknownQueue")),
    }),
    [me, agents, queues],
  );
}
