import type { QueueState } from "@clew/contract/routing";
import type { Configuration } from "@clew/domain/configuration";
import type { ConversationState } from "@clew/domain/conversations/state";
import { type AgentState, effectiveStatus } from "@clew/domain/presence/agent-state";
import { ESTIMATE_WINDOW_MS, estimateWait, placeInQueue } from "@clew/domain/routing/estimate";
import type { Clock } from "../clock.ts";
import type { ConversationStore } from "../conversations/store.ts";
import type { AgentStateStore } from "../presence/store.ts";
import type { Hub } from "../stream/hub.ts";
import { waitingSession } from "./dispatcher.ts";

type Parts = {
  store: ConversationStore;
  agentStates: AgentStateStore;
  configuration: () => Configuration;
  clock: Clock;
  hub: Hub;
};

/** Places in the queue and honest estimates, told to those who wait, and figures of queues for the console. */
export function queuePlaces({ store, agentStates, configuration, clock, hub }: Parts) {
  /** Tells everybody who waits in these queues and is looking. */
  async function tell(queueIds: readonly string[], waiting: readonly ConversationState[]): Promise<void> {
    const states = await agentStates.all();
    for (const queueId of queueIds) {
      const inQueue = waiting.filter((state) => state.snapshot.staff?.queueId === queueId);
      const looking = inQueue.filter((state) => hub.hasReaders(state.snapshot.id));
      if (looking.length === 0) continue;
      const figures = await figuresOf(queueId, inQueue, states);
      for (const state of looking) {
        const channel = configuration().channels.get(state.snapshot.channelId);
        const place = state.snapshot.session ? placeInQueue(figures.sessions, state.snapshot.session.id) : null;
        if (place === null || !channel?.settings.showQueuePlace || state.snapshot.session?.leaveMessage) continue;
        hub.pass({ type: "queue-place", conversationId: state.snapshot.id, place, estimate: figures.estimate(place) });
      }
    }
  }

  async function figuresOf(
    queueId: string,
    inQueue: readonly ConversationState[],
    states: ReadonlyMap<string, AgentState>,
  ) {
    const now = clock.now();
    const sessions = inQueue.flatMap(waitingSession);
    const recent = await store.recentWaits(queueId, now - ESTIMATE_WINDOW_MS);
    const members = configuration().queues.get(queueId)?.members ?? [];
    const status = (id: string) => {
      const state = states.get(id);
      return state ? effectiveStatus(state, now) : "offline";
    };
    const working = members.filter((id) => status(id) !== "offline").length;
    const available = members.filter((id) => status(id) === "available").length;
    const oldest = sessions.length > 0 ? Math.min(...sessions.map((session) => session.waitingSince)) : null;
    const estimate = (place: number) =>
      estimateWait({ place, recent, frontWaited: oldest === null ? 0 : now - oldest, working, now });
    return { sessions, working, available, oldest, estimate };
  }

  return {
    tell,
    /** One conversation's place, when its customer begins to look. */
    async tellOne(conversationId: string): Promise<void> {
      const state = await store.state(conversationId);
      const queueId = state?.snapshot.staff?.queueId;
      if (queueId) await tell([queueId], await store.waitingIn([queueId]));
    },
    async states(): Promise<QueueState[]> {
      const agents = await agentStates.all();
      const queueIds = [...configuration().queues.keys()];
      const waiting = await store.waitingIn(queueIds);
      return Promise.all(
        queueIds.map(async (queueId) => {
          const inQueue = waiting.filter((state) => state.snapshot.staff?.queueId === queueId);
          const figures = await figuresOf(queueId, inQueue, agents);
          return {
            queueId,
            waiting: figures.sessions.length,
            oldestWaitingSince: figures.oldest,
            available: figures.available,
            online: figures.working,
            estimate: figures.estimate(figures.sessions.length + 1),
          };
        }),
      );
    },
  };
}

export type QueuePlaces = ReturnType<typeof queuePlaces>;
