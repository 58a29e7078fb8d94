import type { Listener } from "./listener.ts";

/**
 * Customers' connections that have spoken in a conversation and are not its readers, as in the moment between a start and
 * the subscription that follows it: who spoke is there for as long as the connection stands.
 */
export class Speakers {
  readonly #in = new Map<string, Set<Listener>>();
  readonly #spoken = new Map<Listener, Set<string>>();

  add(connection: Listener, conversationId: string): void {
    this.#in.set(conversationId, (this.#in.get(conversationId) ?? new Set()).add(connection));
    this.#spoken.set(connection, (this.#spoken.get(connection) ?? new Set()).add(conversationId));
  }

  /** The connection reads the conversation from now on. */
  reads(connection: Listener, conversationId: string): void {
    const spoken = this.#spoken.get(connection);
    if (spoken?.delete(conversationId) && spoken.size === 0) this.#spoken.delete(connection);
    const own = this.#in.get(conversationId);
    if (own?.delete(connection) && own.size === 0) this.#in.delete(conversationId);
  }

  /** The connection has closed; returns in which conversations it has spoken. */
  left(connection: Listener): string[] {
    const ids = [...(this.#spoken.get(connection) ?? [])];
    for (const id of ids) this.reads(connection, id);
    return ids;
  }

  has(conversationId: string): boolean {
    return this.#in.has(conversationId);
  }

  conversationIds(): Iterable<string> {
    return this.#in.keys();
  }
}
