import type { ConversationState } from "@clew/domain/conversations/state";
import { Follower } from "../bus/follower.ts";
import type { WakeStore } from "../bus/wake-store.ts";
import type { Committed, Door } from "../commands/execute.ts";
import { Dispatcher } from "../routing/dispatcher.ts";
import type { Core } from "./core.ts";
import { createPresence } from "./presence.ts";

type Parts = Core & {
  door: Door;
  /** Null: no other process works on this store. */
  wakes: WakeStore | null;
  /**
   * Whoever else is told, after streams and the router: of a commit here, of commits elsewhere, of every wake-up, of what
   * the others say, and that some of it was not heard.
   */
  also?: {
    committed(committed: Committed): void;
    changedElsewhere(states: readonly ConversationState[]): void;
    woken(): void;
    heard(text: string): void;
    missed(): void;
  };
};

export type Live = ReturnType<typeof createLive>;

/** What moves in a process once something is committed, by its own door or another's: streams, presence, the router. */
export function createLive({ wakes, also, ...core }: Parts) {
  const { store, agentStates, configuration, clock, ids, log, door } = core;
  const presence = createPresence({ ...core, wakes });
  const { hub, places, presences, customers, passing } = presence;
  const dispatcher = new Dispatcher({ door, store, agentStates, configuration, clock, ids, log, moved: places.tell });
  const follower = new Follower({
    ...{ wakes, store, hub, log },
    changedElsewhere(states) {
      for (const state of states) {
        customers.changed(state);
        passing.changed(state);
      }
      dispatcher.touchAll();
      also?.changedElsewhere(states);
    },
    woken() {
      presence.sweep();
      also?.woken();
    },
    heard: (text) => void (presence.heard(text) || also?.heard(text)),
    missed: () => also?.missed(),
  });
  door.onCommitted((committed) => {
    hub.committed(committed);
    presences.committed(committed);
    customers.committed(committed);
    passing.committed(committed);
    dispatcher.committed(committed);
    follower.committed();
    also?.committed(committed);
  });
  return { ...presence, dispatcher, follower };
}
