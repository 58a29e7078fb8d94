import type { Agent, QuickReply } from "@clew/contract/agents";
import type { ChannelSettings } from "@clew/contract/channels";
import type { Flow } from "@clew/contract/flows/definition";
import type { Queue } from "@clew/contract/routing";
import { namesIn } from "@clew/domain/flows/lint/listed-names";
import { readChannels } from "../channels/store.ts";
import type { Query } from "../database/database.ts";
import { readLiveChannels } from "../deployments/store.ts";
import { titleOf } from "../flows/library.ts";
import { readUsedFlows } from "../flows/used-store.ts";
import { readAll } from "./settings-store.ts";

/** Channels whose draft or live deployment fits, as words for a person. */
export async function channelsThat(query: Query, uses: (settings: ChannelSettings) => boolean): Promise<string[]> {
  const live = new Map((await readLiveChannels(query)).map((channel) => [channel.id, channel.settings]));
  return (await readChannels(query)).flatMap(({ id, draft }) => {
    const settings = live.get(id);
    if (settings && uses(settings)) return [`channel "${settings.name}"`];
    return uses(draft) ? [`the draft of channel "${draft.name}"`] : [];
  });
}

/** Flows that name it, by its id or by its name in any case, as words for a person. */
export async function flowsThatName(
  query: Query,
  kind: "queue" | "skill" | "hours",
  { id, name }: { id: string; name: string },
): Promise<string[]> {
  const names = [id, name.toLowerCase()];
  const found = new Map<string, string>();
  for (const { key, definition, draft } of await readUsedFlows(query)) {
    if (found.has(key) || !namesIn(definition, kind).some((one) => names.includes(one.toLowerCase()))) continue;
    const flow = `flow "${titleOf({ ...(definition as Flow), key })}"`;
    found.set(key, draft ? `the draft of ${flow}` : flow);
  }
  return [...found.values()];
}

export async function queuesThat(query: Query, uses: (queue: Queue) => boolean): Promise<string[]> {
  return (await readAll<Queue>(query, "queues")).filter(uses).map((queue) => `queue "${queue.name}"`);
}

export async function agentsThat(query: Query, uses: (agent: Agent) => boolean): Promise<string[]> {
  return (await readAll<Agent>(query, "agents")).filter(uses).map((agent) => `agent "${agent.name}"`);
}

export async function quickRepliesThat(query: Query, uses: (reply: QuickReply) => boolean): Promise<string[]> {
  return (await readAll<QuickReply>(query, "quick_replies"))
    .filter(uses)
    .map((reply) => `quick reply "${reply.title}"`);
}
