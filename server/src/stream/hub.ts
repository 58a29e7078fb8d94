import type { ConversationEvent } from "@clew/contract/events";
import type { Passing } from "@clew/contract/presence";
import type { Committed } from "../commands/execute.ts";
import type { Changed } from "../commands/save.ts";
import type { StreamConnection } from "./connection.ts";

/**
 * Who listens to what in this process. Wake-ups come from the door of this process with the events at hand, and from the
 * follower for what other processes committed; passing messages go as they come.
 */
export class Hub {
  readonly #connections = new Set<StreamConnection>();
  readonly #readers = new Map<string, Set<StreamConnection>>();
  add(connection: StreamConnection): void {
    this.#connections.add(connection);
  }

  remove(connection: StreamConnection): void {
    this.#connections.delete(connection);
    for (const conversationId of connection.conversationIds()) this.unread(conversationId, connection);
  }

  read(conversationId: string, connection: StreamConnection): void {
    let readers = this.#readers.get(conversationId);
    if (!readers) {
      readers = new Set();
      this.#readers.set(conversationId, readers);
    }
    readers.add(connection);
  }

  unread(conversationId: string, connection: StreamConnection): void {
    const readers = this.#readers.get(conversationId);
    readers?.delete(connection);
    if (readers?.size === 0) this.#readers.delete(conversationId);
  }

  /** The connections that read a conversation. */
  readersOf(conversationId: string): Iterable<StreamConnection> {
    return this.#readers.get(conversationId) ?? [];
  }

  hasReaders(conversationId: string): boolean {
    return this.#readers.has(conversationId);
  }

  get connections(): Iterable<StreamConnection> {
    return this.#connections;
  }

  /** What the door of this process has just committed. */
  committed({ done, changed }: Committed): void {
    const events = new Map<string, ConversationEvent[]>();
    for (const one of done) {
      if (!one.conversationId || one.events.length === 0) continue;
      const known = events.get(one.conversationId);
      if (known) known.push(...one.events);
      else events.set(one.conversationId, [...one.events]);
    }
    for (const [conversationId, list] of events) {
      for (const connection of this.readersOf(conversationId)) connection.events(conversationId, list);
    }
    for (const { before, after } of done) {
      if (after && before && before.snapshot.positions !== after.snapshot.positions) {
        const { id, positions } = after.snapshot;
        this.pass({ type: "positions", conversationId: id, positions });
      }
    }
    for (const one of [...changed.values()]) {
      for (const connection of this.#connections) connection.changed(one);
    }
  }

  /** What another process has committed. */
  changedElsewhere(changed: Changed): void {
    for (const connection of this.#connections) connection.changedElsewhere(changed);
    const { id, positions } = changed.state.snapshot;
    if (this.hasReaders(id)) this.pass({ type: "positions", conversationId: id, positions });
  }

  /** A passing message about a conversation to everybody who reads it, but `except`. */
  pass(passing: Passing & { conversationId: string }, except?: StreamConnection): void {
    for (const connection of this.readersOf(passing.conversationId))
      if (connection !== except) connection.pass(passing);
  }

  /** A passing message to all staff. */
  passToStaff(passing: Passing): void {
    for (const connection of this.#connections) if (connection.isStaff) connection.pass(passing);
  }

  /** A passing message to everybody of a channel, staff too. */
  passToChannel(channelId: string, passing: Passing): void {
    for (const connection of this.#connections)
      if (connection.isStaff || connection.channelId === channelId) connection.pass(passing);
  }

  byeAll(reason: "restarting", retryAfter: number): void {
    for (const connection of [...this.#connections]) connection.bye(reason, retryAfter);
  }
}
