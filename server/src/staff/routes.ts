import type { AgentCommand, CustomerCommand } from "@clew/contract/commands";
import type { Configuration } from "@clew/domain/configuration";
import { newAgentState } from "@clew/domain/presence/agent-state";
import { presenceOf } from "@clew/domain/presence/presence";
import type { Clock } from "../clock.ts";
import type { ConversationStore } from "../conversations/store.ts";
import type { Caller, Handlers } from "../http/handlers.ts";
import type { AgentStateStore } from "../presence/store.ts";
import type { QueuePlaces } from "../routing/queue-places.ts";
import type { StreamParts } from "../stream/parts.ts";

type Parts = {
  command: StreamParts["command"];
  store: ConversationStore;
  agentStates: AgentStateStore;
  places: QueuePlaces;
  configuration: () => Configuration;
  clock: Clock;
};

const MOST_ITEMS = 100;

/** Commands over HTTP and what the console lists. */
export function staffHandlers({ command, store, agentStates, places, configuration, clock }: Parts): Handlers {
  return {
    customerCommand: ({ body, caller, ip, userAgent }) => command(body as CustomerCommand, caller, { ip, userAgent }),
    staffCommand: ({ body, caller, ip, userAgent }) => command(body as AgentCommand, caller, { ip, userAgent }),

    async listConversations({ query, caller }) {
      const limit = Math.max(1, Math.min(Number(query.limit ?? 50), MOST_ITEMS));
      const visible = visibleTo(caller, configuration());
      const items = await store.list({
        ...(query.status ? { status: query.status } : {}),
        ...(query.queue ? { queue: query.queue } : {}),
        ...(query.agent ? { agent: query.agent } : {}),
        ...(query.channel ? { channel: query.channel } : {}),
        ...(query.search ? { search: query.search } : {}),
        ...(query.before ? { before: Number(query.before) } : {}),
        ...(visible ? { visible } : {}),
        limit: limit + 1,
      });
      return { items: items.slice(0, limit), more: items.length > limit };
    },

    async listPresences() {
      const states = await agentStates.all();
      const now = clock.now();
      const agents = [...configuration().agents.values()].filter((agent) => agent.active);
      return {
        items: agents.map((agent) => presenceOf(states.get(agent.id) ?? newAgentState(agent.id), agent.capacity, now)),
      };
    },

    listQueueStates: async () => ({ items: await places.states() }),
  };
}

/** Agents list what permission lets them see: their own work and that of their queues. */
function visibleTo(caller: Caller, { queues }: Configuration): { agentId: string; queueIds: string[] } | null {
  if (caller.who !== "staff" || caller.role !== "agent") return null;
  const queueIds = [...queues.values()]
    .filter((queue) => queue.members.includes(caller.agentId))
    .map((queue) => queue.id);
  return { agentId: caller.agentId, queueIds };
}
