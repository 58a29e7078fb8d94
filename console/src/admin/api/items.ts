import type {
  Agent,
  AgentSettings,
  ApiKey,
  OrganisationSettings,
  QuickReply,
  QuickReplySettings,
} from "@clew/contract/agents";
import type { Channel, ChannelSettings, Deployment } from "@clew/contract/channels";
import type { Hours, HoursSettings } from "@clew/contract/hours";
import type { Queue, QueueSettings, Skill } from "@clew/contract/routing";
import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useAsk } from "./admin-api.tsx";

/** The things of the configuration that are listed, made, replaced and deleted alike. */
export type Nouns = {
  Channel: { settings: ChannelSettings; stored: Channel };
  Queue: { settings: QueueSettings; stored: Queue };
  Skill: { settings: { name: string }; stored: Skill };
  Hours: { settings: HoursSettings; stored: Hours };
  QuickReply: { settings: QuickReplySettings; stored: QuickReply };
  Agent: { settings: AgentSettings; stored: Agent };
  ApiKey: { settings: never; stored: ApiKey };
};
export type Noun = keyof Nouns;

const LISTS: Record<Noun, string> = {
  Channel: "listChannels",
  Queue: "listQueues",
  Skill: "listSkills",
  Hours: "listHours",
  QuickReply: "listQuickReplies",
  Agent: "listAgents",
  ApiKey: "listApiKeys",
};

const keyOf = (noun: Noun) => ["admin", noun] as const;

/** All things of one noun; there are few of each, so pages find theirs in the list. */
export function useItems<N extends Noun>(noun: N): UseQueryResult<Nouns[N]["stored"][]> {
  const ask = useAsk();
  return useQuery({
    queryKey: keyOf(noun),
    queryFn: async () => (await ask<{ items: Nouns[N]["stored"][] }>(LISTS[noun])).items,
  });
}

export function useOrganisation(): UseQueryResult<OrganisationSettings> {
  const ask = useAsk();
  return useQuery({
    queryKey: ["admin", "organisation"],
    queryFn: () => ask<OrganisationSettings>("readOrganisation"),
  });
}

export function useDeployments(channelId: string): UseQueryResult<Deployment[]> {
  const ask = useAsk();
  return useQuery({
    queryKey: ["admin", "deployments", channelId],
    queryFn: async () => (await ask<{ items: Deployment[] }>("listDeployments", { params: { id: channelId } })).items,
  });
}

export type ItemVerbs<N extends Noun> = {
  create(settings: object): Promise<Nouns[N]["stored"]>;
  save(id: string, settings: Nouns[N]["settings"], revision: number): Promise<Nouns[N]["stored"]>;
  remove(id: string): Promise<void>;
  /** Reads the list again and gives one thing of it. */
  read(id: string): Promise<Nouns[N]["stored"] | undefined>;
};

/** The changing endpoints of a noun. Each throws `ProblemError`; each puts its answer in the list at once. */
export function useItemVerbs<N extends Exclude<Noun, "ApiKey">>(noun: N): ItemVerbs<N> {
  type Stored = Nouns[N]["stored"];
  const ask = useAsk();
  const queries = useQueryClient();
  const keep = (stored: Stored) => {
    queries.setQueryData<Stored[]>(keyOf(noun), (items = []) =>
      items.some((item) => item.id === stored.id)
        ? items.map((item) => (item.id === stored.id ? stored : item))
        : [...items, stored],
    );
    void queries.invalidateQueries({ queryKey: ["admin", "audit"] });
    return stored;
  };
  return {
    create: async (settings) => keep(await ask<Stored>(`create${noun}`, { body: settings })),
    save: async (id, settings, revision) =>
      keep(await ask<Stored>(`save${noun}`, { params: { id }, body: { settings, revision } })),
    remove: async (id) => {
      await ask(`delete${noun}`, { params: { id } });
      queries.setQueryData<Stored[]>(keyOf(noun), (items) => items?.filter((item) => item.id !== id));
    },
    read: async (id) => {
      await queries.invalidateQueries({ queryKey: keyOf(noun) });
      const { items } = await ask<{ items: Stored[] }>(LISTS[noun]);
      queries.setQueryData(keyOf(noun), items);
      return items.find((item) => item.id === id);
    },
  };
}
