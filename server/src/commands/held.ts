import type { ConversationState } from "@clew/domain/conversations/state";
import type { AgentState } from "@clew/domain/presence/agent-state";
import type { Committed } from "./committed.ts";

/** So many of each are held; the longest unused go first. A state is a few kilobytes. */
const MOST = 2_000;

/**
 * The states that the door used last, as they are committed, so that a busy conversation is not read and parsed again
 * for each batch. Only where this door is the only writer of the store (SQLite); with several server processes the store
 * alone knows. Everything that writes conversations or agents past the door must clear it.
 */
export class HeldStates {
  readonly conversations = new Recent<ConversationState>();
  readonly agents = new Recent<AgentState>();

  committed({ done }: Committed): void {
    for (const { after, agents } of done) {
      if (after) this.conversations.set(after.snapshot.id, after);
      for (const agent of agents) this.agents.set(agent.id, agent);
    }
  }

  /** A transaction was rolled back: what it loaded may include rows that it had made itself. */
  clear(): void {
    this.conversations.clear();
    this.agents.clear();
  }
}

/** A map that forgets what was not used for longest. */
export class Recent<Value> {
  readonly #values = new Map<string, Value>();
  readonly #most: number;

  constructor(most = MOST) {
    this.#most = most;
  }

  get(id: string): Value | undefined {
    const value = this.#values.get(id);
    if (value !== undefined) this.set(id, value);
    return value;
  }

  set(id: string, value: Value): void {
    this.#values.delete(id);
    this.#values.set(id, value);
    if (this.#values.size > this.#most) this.#values.delete(this.#values.keys().next().value as string);
  }

  clear(): void {
    this.#values.clear();
  }
}
