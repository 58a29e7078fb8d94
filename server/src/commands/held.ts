import type { AgentState } from "@clew/domain/presence/agent-state";
import type { Changed, Committed } from "./committed.ts";

/** So many of each are held; the longest unused go first. A state is a few kilobytes. */
const MOST = 2_000;

/**
 * The states that the door used last, as they are committed, so that a busy conversation is not sent and parsed again for
 * each batch. Where this door is the only writer of the store (SQLite), nothing that is held is read. With several server
 * processes (PostgreSQL) every row is asked for under its lock all the same, by its change number, and comes along only
 * where that is another than the one held. Everything that writes conversations or agents past the door must clear it.
 */
export class HeldStates {
  readonly conversations = new Recent<Changed>();
  readonly agents = new Recent<AgentState>();
  /** Whether no other process writes to the store. */
  readonly alone: boolean;

  constructor(alone: boolean) {
    this.alone = alone;
  }

  committed({ done, changed }: Committed): void {
    for (const [id, conversation] of changed) this.conversations.set(id, conversation);
    if (this.alone) for (const { agents } of done) for (const agent of agents) this.agents.set(agent.id, agent);
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
