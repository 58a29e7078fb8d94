import type { ConversationEvent } from "@clew/contract/events";
import type { Passing } from "@clew/contract/presence";
import type { Changed, Committed } from "../commands/committed.ts";
import type { Elsewhere } from "./elsewhere.ts";
import { NewEvents } from "./frames.ts";
import type { Listener } from "./listener.ts";

/**
 * Who listens to what in this process. Wake-ups come from the door of this process with the events at hand, and from the
 * follower for what other processes committed; passing messages go as they come.
 */
export class Hub {
  readonly #connections = new Set<Listener>();
  readonly #readers = new Map<string, Set<Listener>>();
  /** Connections with an inbox open. */
  readonly #inboxes = new Set<Listener>();
  readonly #alone: boolean;
  readonly #elsewhere: Elsewhere | undefined;

  /** `alone`: nobody but this process commits. `elsewhere`: other processes are told what passes here. */
  constructor({ alone, elsewhere }: { alone: boolean; elsewhere?: Elsewhere }) {
    this.#alone = alone;
    this.#elsewhere = elsewhere;
  }

  add(connection: Listener): void {
    this.#connections.add(connection);
  }

  remove(connection: Listener): void {
    this.#connections.delete(connection);
    this.#inboxes.delete(connection);
    for (const conversationId of connection.conversationIds()) this.unread(conversationId, connection);
  }

  read(conversationId: string, connection: Listener): void {
    let readers = this.#readers.get(conversationId);
    if (!readers) {
      readers = new Set();
      this.#readers.set(conversationId, readers);
    }
    readers.add(connection);
  }

  unread(conversationId: string, connection: Listener): void {
    const readers = this.#readers.get(conversationId);
    readers?.delete(connection);
    if (readers?.size === 0) this.#readers.delete(conversationId);
  }

  /** Whether a connection wants to be told of every conversation that changes. */
  follow(connection: Listener, on: boolean): void {
    if (on) this.#inboxes.add(connection);
    else this.#inboxes.delete(connection);
  }

  /** The connections that read a conversation. */
  readersOf(conversationId: string): Iterable<Listener> {
    return this.#readers.get(conversationId) ?? [];
  }

  hasReaders(conversationId: string): boolean {
    return this.#readers.has(conversationId);
  }

  get connections(): Iterable<Listener> {
    return this.#connections;
  }

  /** What the door of this process has just committed. */
  committed({ done, changed }: Committed): void {
    const events = new Map<string, ConversationEvent[]>();
    for (const one of done) {
      if (!one.conversationId || one.events.length === 0 || !this.#readers.has(one.conversationId)) continue;
      const known = events.get(one.conversationId);
      if (known) known.push(...one.events);
      else events.set(one.conversationId, [...one.events]);
    }
    for (const [conversationId, list] of events) {
      const made = new NewEvents(conversationId, list);
      for (const connection of this.readersOf(conversationId)) connection.events(made);
    }
    for (const { before, after } of done) {
      if (after && before && before.snapshot.positions !== after.snapshot.positions) {
        const { id, positions } = after.snapshot;
        this.pass({ type: "positions", conversationId: id, positions });
      }
    }
    if (this.#inboxes.size === 0 || changed.size === 0) return;
    const all = [...changed.values()];
    // An earlier change of another process may not have been read yet. These are told all the same, but no inbox may go
    // on behind them: how far all is told, the follower says, who reads the changes of all in their order.
    const upTo = this.#alone ? (all.at(-1)?.change ?? 0) : 0;
    for (const connection of this.#inboxes) connection.changed(all, upTo);
  }

  /** What another process has committed. */
  changedElsewhere(changed: Changed): void {
    for (const connection of this.#connections) connection.changedElsewhere(changed);
    const { id, positions } = changed.state.snapshot;
    if (this.hasReaders(id)) this.pass({ type: "positions", conversationId: id, positions });
  }

  /** A passing message about a conversation to everybody who reads it, but `except`. */
  pass(passing: Passing & { conversationId: string }, except?: Listener): void {
    const told = this.#elsewhere?.telling(passing) ?? passing;
    for (const connection of this.readersOf(passing.conversationId)) if (connection !== except) connection.pass(told);
  }

  /** What passed at another process, to those whom it concerns here. */
  passFromElsewhere(passing: Passing): void {
    const inConversation = "conversationId" in passing;
    const concerned = inConversation ? this.readersOf(passing.conversationId) : this.#connections;
    for (const connection of concerned) if (inConversation || connection.isStaff) connection.pass(passing);
  }

  /** A passing message to all staff. */
  passToStaff(passing: Passing): void {
    this.#elsewhere?.telling(passing);
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
