import type { QueueState } from "@clew/contract/routing";
import type { Configuration } from "@clew/domain/configuration";
import type { ConversationState } from "@clew/domain/conversations/state";
import { type AgentState, effectiveStatus } from "@clew/domain/presence/agent-state";
import { ESTIMATE_WINDOW_MS, estimateWait, placesOf } from "@clew/domain/routing/estimate";
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

/** A line read this long ago still tells somebody who comes where they stand, in milliseconds. */
const LINE_LIFE_MS = 1_000;

/** What those who wait in a queue are told, as of `readAt`. */
type Line = { readAt: number; places: ReadonlyMap<string, number>; estimate(place: number): number | null };

/** What one who waits was told last, so that a line that has not moved is not told again. */
type Told = { place: number; estimate: number | null };

/** Places in the queue and honest estimates, told to those who wait, and figures of queues for the console. */
export function queuePlaces({ store, agentStates, configuration, clock, hub }: Parts) {
  /**
   * The newest line of each queue. A round of the router replaces it whenever it moves; those who come in between are
   * told from it, for a crowd that comes back would otherwise read all who wait once for each of them.
   */
  const lines = new Map<string, Promise<Line>>();
  /** By queue and conversation; of those who wait now only. */
  const told = new Map<string, Map<string, Told>>();

  /** Tells everybody who waits in these queues and is looking. */
  async function tell(queueIds: readonly string[], waiting: readonly ConversationState[]): Promise<void> {
    const states = await agentStates.all();
    for (const queueId of queueIds) {
      const inQueue = waiting.filter((state) => state.snapshot.staff?.queueId === queueId);
      const line = await keep(queueId, lineOf(queueId, inQueue, states));
      const before = told.get(queueId);
      const now = new Map<string, Told>();
      for (const state of inQueue) {
        const { id } = state.snapshot;
        if (!hub.hasReaders(id)) continue;
        const place = placeOf(state, line);
        if (!place) continue;
        now.set(id, place);
        const last = before?.get(id);
        if (last?.place !== place.place || last.estimate !== place.estimate) tellPlace(state, place);
      }
      told.set(queueId, now);
    }
  }

  function placeOf({ snapshot }: ConversationState, line: Line): Told | null {
    const channel = configuration().channels.get(snapshot.channelId);
    if (!snapshot.session || !channel?.settings.showQueuePlace || snapshot.session.leaveMessage) return null;
    const place = line.places.get(snapshot.session.id);
    return place === undefined ? null : { place, estimate: line.estimate(place) };
  }

  function tellPlace({ snapshot }: ConversationState, { place, estimate }: Told): void {
    hub.pass({ type: "queue-place", conversationId: snapshot.id, place, estimate });
  }

  function keep(queueId: string, line: Promise<Line>): Promise<Line> {
    lines.set(queueId, line);
    line.catch(() => lines.delete(queueId));
    return line;
  }

  async function read(queueId: string): Promise<Line> {
    return lineOf(queueId, await store.waitingIn([queueId]), await agentStates.all());
  }

  async function lineOf(
    queueId: string,
    inQueue: readonly ConversationState[],
    states: ReadonlyMap<string, AgentState>,
  ): Promise<Line> {
    const readAt = clock.now();
    const { sessions, estimate } = await figuresOf(queueId, inQueue, states);
    return { readAt, places: placesOf(sessions), estimate };
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
    async tellOne(state: ConversationState): Promise<void> {
      const queueId = state.snapshot.staff?.queueId;
      if (!queueId) return;
      const known = await lines.get(queueId);
      const since = state.snapshot.session?.waitingSince ?? 0;
      const usable = known && clock.now() - known.readAt < LINE_LIFE_MS && since < known.readAt;
      const place = placeOf(state, usable ? known : await keep(queueId, read(queueId)));
      if (place) tellPlace(state, place);
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
