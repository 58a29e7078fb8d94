import type { Configuration } from "@clew/domain/configuration";
import type { ConversationState } from "@clew/domain/conversations/state";
import { termsFor } from "@clew/domain/reconnect/clocks";
import type { Committed } from "../commands/committed.ts";
import type { Elsewhere } from "./elsewhere.ts";
import type { Hub } from "./hub.ts";
import type { Listener } from "./listener.ts";
import { Speakers } from "./speakers.ts";

/** `prompt`: asked on a device that knew nothing of the conversation, they chose to go on with it. */
export type Arrival = "same-browser" | "prompt";
type TypingMessage = { conversationId: string; on: boolean; text?: string };
type Parts = {
  hub: Hub;
  configuration: () => Configuration;
  /** Who of a conversation is at other processes. */
  elsewhere?: Pick<Elsewhere, "ask" | "hasCustomer">;
  /** The first and the last connection of an agent or of a customer to a conversation. */
  agentConnected(agentId: string, connected: boolean): void;
  /** Any connection of staff. */
  staffArrived(connection: Listener): void;
  customerConnected(state: ConversationState, how: Arrival): void;
  customerDisconnected(conversationId: string): void;
  /** What is shown while waiting, asked for when somebody starts to look. */
  queuePlace(state: ConversationState): void;
};

/** Typing, who looks at what, who is there: passing messages, never stored, the newest wins. */
export class PassingMessages {
  readonly #parts: Parts;
  readonly #typists = new Map<string, Set<string>>();
  /** Each agent's connections; to look for them among all would make a crowd slow. */
  readonly #agents = new Map<string, Set<Listener>>();
  /** Each conversation's connections of its customer, once they have been told where it stands. */
  readonly #customers = new Map<string, Set<Listener>>();
  readonly #speakers = new Speakers();
  /** What each of them was told of how long they are waited for. */
  readonly #kept = new WeakMap<Listener, string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  typing(from: Listener, { conversationId, on, text }: TypingMessage): void {
    const { caller } = from;
    if (caller.who === "customer") {
      const channel = this.#parts.configuration().channels.get(caller.channelId);
      const preview = channel?.settings.livePreview && text !== undefined ? { text } : {};
      this.#parts.hub.pass(
        { type: "typing", conversationId, who: "customer", id: caller.customerId, on, ...preview },
        from,
      );
    } else if (caller.who === "staff") {
      const name = this.#parts.configuration().agents.get(caller.agentId)?.publicName ?? caller.name;
      this.#parts.hub.pass({ type: "typing", conversationId, who: "agent", id: caller.agentId, name, on }, from);
      const typists = this.#typists.get(conversationId) ?? new Set();
      if (on) typists.add(caller.agentId);
      else typists.delete(caller.agentId);
      this.#typists.set(conversationId, typists);
      this.viewersChanged(conversationId);
    }
  }

  /** Tells the staff who read a conversation which of them have it open. */
  viewersChanged(conversationId: string | null): void {
    const touched = conversationId ? [conversationId] : this.#viewed();
    for (const id of touched) {
      const agents = new Map<string, { id: string; name: string; typing: boolean }>();
      for (const connection of this.#parts.hub.readersOf(id)) {
        const { caller } = connection;
        if (caller.who !== "staff" || connection.viewing !== id) continue;
        agents.set(caller.agentId, {
          id: caller.agentId,
          name: caller.name,
          typing: this.#typists.get(id)?.has(caller.agentId) ?? false,
        });
      }
      this.#parts.hub.pass({ type: "viewers", conversationId: id, agents: [...agents.values()] });
    }
  }

  #viewed(): string[] {
    const ids = new Set<string>();
    for (const connection of this.#parts.hub.connections)
      if (connection.isStaff) for (const id of connection.conversationIds()) ids.add(id);
    return [...ids];
  }

  arrived(connection: Listener): void {
    const { caller } = connection;
    if (caller.who !== "staff") return;
    const own = this.#agents.get(caller.agentId) ?? new Set();
    this.#agents.set(caller.agentId, own.add(connection));
    this.#parts.staffArrived(connection);
    if (own.size === 1) this.#parts.agentConnected(caller.agentId, true);
  }

  left(connection: Listener): void {
    const { caller } = connection;
    for (const id of this.#speakers.left(connection)) if (!this.isThere(id)) this.#parts.customerDisconnected(id);
    if (caller.who !== "staff") return;
    for (const typists of this.#typists.values()) typists.delete(caller.agentId);
    if (connection.viewing) this.viewersChanged(connection.viewing);
    const own = this.#agents.get(caller.agentId);
    // One that was cut while it was greeted has never arrived.
    if (!own?.delete(connection) || own.size > 0) return;
    this.#agents.delete(caller.agentId);
    this.#parts.agentConnected(caller.agentId, false);
  }

  /** A command of a customer's connection about the conversation is committed. */
  spoke(connection: Listener, conversationId: string): void {
    if (!this.#customers.get(conversationId)?.has(connection)) this.#speakers.add(connection, conversationId);
  }

  /** `holdsCopy`: the connection goes on from what its device has already. */
  subscribed(connection: Listener, state: ConversationState, holdsCopy: boolean): void {
    const { id, customer } = state.snapshot;
    // It may have closed while it was told where the conversation stands.
    if (![...this.#parts.hub.readersOf(id)].includes(connection)) return;
    if (connection.caller.who === "customer") {
      const own = this.#customers.get(id) ?? new Set();
      this.#customers.set(id, own.add(connection));
      this.#speakers.reads(connection, id);
      if (own.size === 1) {
        this.#parts.hub.pass({ type: "customer-connected", conversationId: id, connected: true });
        // Guests have no way but their own browser and links; who signed in where nothing was kept has been asked.
        this.#parts.customerConnected(state, customer.subject !== null && !holdsCopy ? "prompt" : "same-browser");
      }
      if (state.snapshot.session?.status === "waiting") this.#parts.queuePlace(state);
      this.#kept.delete(connection);
      this.#tellKept(connection, state);
      return;
    }
    const connected = this.hasCustomer(id) || (this.#parts.elsewhere?.hasCustomer(id) ?? false);
    connection.pass({ type: "customer-connected", conversationId: id, connected });
    this.#parts.elsewhere?.ask(id);
  }

  /** A commit of this process: another session or queue may wait for its customer for another time. */
  committed({ done }: Pick<Committed, "done">): void {
    for (const { before, after } of done) {
      const [was, is] = [before?.snapshot, after?.snapshot];
      const same = was?.staff?.queueId === is?.staff?.queueId && was?.session?.id === is?.session?.id;
      if (after && !same) this.changed(after);
    }
  }

  /** A conversation as another process left it, or this one where that matters. */
  changed(state: ConversationState): void {
    for (const connection of this.#customers.get(state.snapshot.id) ?? []) this.#tellKept(connection, state);
  }

  #tellKept(connection: Listener, { snapshot: { id, session, staff } }: ConversationState): void {
    if (!session || !staff || session.status === "ended") return;
    const window = termsFor(staff, this.#parts.configuration())?.sessionWindow ?? null;
    const told = `${id} ${window}`;
    if (this.#kept.get(connection) === told) return;
    this.#kept.set(connection, told);
    connection.pass({ type: "kept", conversationId: id, for: window });
  }

  unsubscribed(connection: Listener, conversationId: string): void {
    const own = this.#customers.get(conversationId);
    if (own?.delete(connection) && own.size === 0) {
      this.#customers.delete(conversationId);
      this.#parts.hub.pass({ type: "customer-connected", conversationId, connected: false });
      this.#parts.customerDisconnected(conversationId);
    }
    if (connection.isStaff) this.viewersChanged(conversationId);
  }

  /** Whether the conversation's customer reads it at this process. */
  hasCustomer(conversationId: string): boolean {
    return this.#customers.has(conversationId);
  }

  /** The same, counting one who has spoken and does not read it yet. */
  isThere(conversationId: string): boolean {
    return this.hasCustomer(conversationId) || this.#speakers.has(conversationId);
  }

  /** The conversations whose customers are connected to this process. */
  customersHere(): Iterable<string> {
    return [...this.#customers.keys(), ...this.#speakers.conversationIds()];
  }

  /** The same, counting a connection whose subscription is only beginning. */
  awaitsCustomer(conversationId: string): boolean {
    for (const { caller } of this.#parts.hub.readersOf(conversationId)) if (caller.who === "customer") return true;
    return false;
  }
}
