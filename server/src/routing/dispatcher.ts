import type { Configuration } from "@clew/domain/configuration";
import type { ConversationState } from "@clew/domain/conversations/state";
import { candidatesFrom, type WaitingSession } from "@clew/domain/routing/candidate";
import { route } from "@clew/domain/routing/route";
import type { Clock, Ids } from "../clock.ts";
import type { Committed, Door } from "../commands/execute.ts";
import type { ConversationStore } from "../conversations/store.ts";
import type { AgentStateStore } from "../presence/store.ts";
import { Refused } from "../problems/refused.ts";
import type { Log } from "../stream/parts.ts";

type Parts = {
  door: Door;
  store: ConversationStore;
  agentStates: AgentStateStore;
  configuration: () => Configuration;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** Runs after a round for queues whose line has moved. */
  moved(queueIds: readonly string[], waiting: readonly ConversationState[]): Promise<void>;
};

/**
 * Asks the router when something may have become possible: a session waits, an agent has room, or came, or was given a
 * queue. States: idle, or one round under way; queues touched meanwhile make the next round. What the router proposes is
 * only proposed: each offer is a command that is checked again under lock.
 */
export class Dispatcher {
  readonly #parts: Parts;
  #touched = new Set<string>();
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  committed({ done }: Committed): void {
    const { queues } = this.#parts.configuration();
    for (const { before, after, agents, deadlines } of done) {
      // A message in a waiting session moves nobody in the line; only the session itself does, or the end of a pause.
      const stands =
        before?.snapshot.session === after?.snapshot.session && before?.snapshot.staff === after?.snapshot.staff;
      for (const state of stands && !deadlines.drop.includes("reask") ? [] : [before, after]) {
        if (state?.snapshot.session?.status === "waiting" && state.snapshot.staff?.queueId)
          this.#touched.add(state.snapshot.staff.queueId);
      }
      for (const agent of agents) {
        // Who keeps a place for somebody may do so in a queue that is not theirs.
        const anywhere = agent.work.some(({ kind }) => kind === "kept");
        for (const queue of queues.values())
          if (anywhere || queue.members.includes(agent.id)) this.#touched.add(queue.id);
      }
    }
    this.#go();
  }

  /** After a change of configuration, or at the start. */
  touchAll(): void {
    for (const id of this.#parts.configuration().queues.keys()) this.#touched.add(id);
    this.#go();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #go(): void {
    if (this.#touched.size === 0 || this.#running || this.#stopped) return;
    this.#running = this.#rounds()
      .catch((error: unknown) => this.#parts.log.error({ err: error }, "routing failed"))
      .finally(() => {
        this.#running = null;
        this.#go();
      });
  }

  async #rounds(): Promise<void> {
    while (this.#touched.size > 0 && !this.#stopped) {
      const queueIds = [...this.#touched];
      this.#touched = new Set();
      await this.#round(queueIds);
    }
  }

  async #round(queueIds: readonly string[]): Promise<void> {
    const { store, agentStates, configuration, clock, door, ids, log } = this.#parts;
    const waiting = await store.waitingIn(queueIds);
    const free = waiting.filter((state) => !state.snapshot.staff?.offer).flatMap(waitingSession);
    if (free.length > 0) {
      const current = configuration();
      const agents = candidatesFrom(current, await agentStates.all());
      const proposals = route({ waiting: free, agents, queues: current.queues, now: clock.now() });
      await Promise.all(
        proposals.map(({ conversationId, sessionId, agentId }) =>
          door
            .execute({ type: "session.offer", id: ids.next(), conversationId, sessionId, agentId }, { who: "system" })
            .catch((error: unknown) => {
              // Somebody was faster: the commit that made it so has touched the queue again.
              if (!(error instanceof Refused)) log.error({ err: error }, "an offer could not be made");
            }),
        ),
      );
    }
    await this.#parts.moved(queueIds, waiting);
  }
}

/** A waiting conversation as the router reads it. */
export function waitingSession(state: ConversationState): WaitingSession[] {
  const { session, staff } = state.snapshot;
  if (!session || !staff?.queueId || session.waitingSince === null) return [];
  return [
    {
      conversationId: state.snapshot.id,
      sessionId: session.id,
      queueId: staff.queueId,
      priority: staff.priority,
      waitingSince: session.waitingSince,
      weight: staff.weight,
      skills: staff.skills,
      declined: staff.declined,
      previousAgentId: staff.previousAgentId,
      targetAgentId: staff.targetAgentId,
    },
  ];
}
