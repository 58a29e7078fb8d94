import type { Positions } from "@clew/contract/conversations";
import type { FormSay } from "@clew/contract/flows/form-live";
import type { Passing } from "@clew/contract/presence";
import type { ProblemCode } from "@clew/contract/problems";
import { type ClientMessage, DEAD_AFTER_MS, type ServerMessage, type Topic } from "@clew/contract/stream";
import { OLDEST_SERVED, PROTOCOL_VERSION } from "@clew/contract/version";
import type { Changed } from "../commands/committed.ts";
import type { Caller } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { maySee, personOf } from "./access.ts";
import { ConversationSubscription } from "./conversation-subscription.ts";
import type { NewEvents } from "./frames.ts";
import { InboxSubscription } from "./inbox-subscription.ts";
import type { Listener } from "./listener.ts";
import { parseClientMessage } from "./parse.ts";
import type { Opening, Page, StreamParts } from "./parts.ts";
import { toRefused } from "./to-refused.ts";

type ByeReason = Parameters<Listener["bye"]>[0];
/** What carries frames: a WebSocket, or server-sent events with POST. */
export type Socket = { send(text: string): void; close(code: number, reason: string): void };

/** Conversations one connection may read at once; a console keeps its open ones, a widget has one. */
const MOST_TOPICS = 300;
/** A client that owes acknowledgements and makes no progress for this long is told goodbye, in milliseconds. */
const STALLED_MS = 60_000;
/**
 * How long a stream outlives the access it was opened with, in milliseconds. Clients renew a minute before the end; one
 * that a background tab makes late, or whose clock is a little off, is not cut for that.
 */
export const ACCESS_GRACE_MS = 30_000;
/** Why nobody is let in where it is not that they are unknown. */
const REFUSED_FOR: Partial<Record<ProblemCode, ByeReason>> = {
  "token-expired": "token-expired",
  unavailable: "restarting",
  internal: "restarting",
};

/**
 * One client connection. States: greeting (only `hello` is understood) → open → closed. Messages are handled one after
 * the other, in the order they came, except commands: those go to the door at once and are answered when committed.
 */
export class StreamConnection implements Listener {
  readonly id: string;
  readonly #parts: StreamParts;
  readonly #socket: Socket;
  readonly #cookie: string | undefined;
  readonly #page: Page;
  readonly #from: Opening["from"];
  readonly #conversations = new Map<string, ConversationSubscription>();
  /** Conversations whose first answer is under way, with the positions moved meanwhile. */
  readonly #starting = new Map<string, Positions | null>();
  #inbox: InboxSubscription | null = null;
  #caller: Caller = { who: "public" };
  /** When the caller's access ends. */
  #until = Number.POSITIVE_INFINITY;
  #order: Promise<void> = Promise.resolve();
  #closed = false;
  #heardAt: number;
  #stalledSince: number | null = null;
  #viewing: string | null = null;
  #connected = new Set<string>();

  constructor(parts: StreamParts, socket: Socket, opening: Opening) {
    this.#parts = parts;
    this.#socket = socket;
    this.#cookie = opening.cookie;
    this.#page = opening.page;
    this.#from = opening.from;
    this.id = opening.id;
    this.#heardAt = parts.clock.now();
  }

  get caller(): Caller {
    return this.#caller;
  }

  get isStaff(): boolean {
    return this.#caller.who === "staff";
  }

  get channelId(): string | null {
    return this.#caller.who === "customer" ? this.#caller.channelId : null;
  }

  get viewing(): string | null {
    return this.#viewing;
  }

  conversationIds(): string[] {
    return [...this.#conversations.keys()];
  }

  /** A sign of life below the frames: the browser answers pings also where a page's timers are throttled. */
  heard(): void {
    this.#heardAt = this.#parts.clock.now();
  }

  /** A frame from the client. `from`: whence, where it came by a request of its own. */
  receive(text: string, from = this.#from): void {
    this.#heardAt = this.#parts.clock.now();
    const parsed = parseClientMessage(text);
    if ("refused" in parsed) {
      const { problem } = parsed.refused;
      if (parsed.commandId === null) this.send({ type: "refused", topic: null, problem });
      else this.send({ type: "answer", commandId: parsed.commandId, ok: false, problem });
      return;
    }
    const { message } = parsed;
    if (message.type === "command" && this.#caller.who !== "public" && !this.#isOver(this.#heardAt)) {
      this.#command(message.command, from);
      return;
    }
    this.#order = this.#order.then(() => this.#handle(message, from)).catch((error: unknown) => this.#failed(error));
  }

  async #handle(message: ClientMessage, from: Opening["from"]): Promise<void> {
    if (this.#closed) return;
    if (message.type === "hello") return this.#hello(message);
    if (message.type === "ping") return this.send({ type: "pong", at: message.at, now: this.#parts.clock.now() });
    if (this.#caller.who === "public") return this.bye("unauthenticated", null);
    if (message.type === "token") return this.#authenticate(message.token);
    if (!(await this.#mayStay(this.#heardAt))) return;
    switch (message.type) {
      case "subscribe":
        return this.#subscribe(message.topic, message.cursor);
      case "unsubscribe":
        return this.#unsubscribe(message.topic);
      case "ack":
        if (message.topic.kind === "conversation") this.#conversations.get(message.topic.id)?.ack(message.number);
        return;
      case "typing":
        if (this.#conversations.has(message.conversationId)) this.#parts.passing.typing(this, message);
        return;
      case "view":
        this.#viewing = message.conversationId;
        if (this.isStaff) this.#parts.passing.viewersChanged(message.conversationId);
        return;
      case "form":
        return this.#form(message);
      case "command":
        return this.#command(message.command, from);
    }
  }

  async #hello(message: Extract<ClientMessage, { type: "hello" }>): Promise<void> {
    if (message.protocol < OLDEST_SERVED) return this.bye("too-old", null);
    if (this.#caller.who !== "public") return this.bye("protocol", null);
    await this.#authenticate(message.token);
    if (this.#closed) return;
    const { database, clock, hub } = this.#parts;
    hub.add(this);
    this.#parts.passing.arrived(this);
    this.send({
      type: "welcome",
      protocol: PROTOCOL_VERSION,
      epoch: database.epoch,
      now: clock.now(),
      connectionId: this.id,
    });
  }

  async #authenticate(token: string | undefined): Promise<void> {
    try {
      const { caller, until } = await this.#parts.authenticate({ cookieHeader: this.#cookie, token });
      if (caller.who === "public" || !this.#parts.mayUse(caller, this.#page)) return this.bye("unauthenticated", null);
      const known = this.#caller;
      if (known.who !== "public" && personOf(known) !== personOf(caller)) return this.bye("superseded", null);
      this.#caller = caller;
      this.#until = until ?? Number.POSITIVE_INFINITY;
    } catch (error) {
      const { problem } = toRefused(error, this.#parts.log);
      this.bye(REFUSED_FOR[problem.code] ?? (this.isStaff ? "signed-out" : "unauthenticated"), null);
    }
  }

  #isOver(now: number): boolean {
    return now > this.#until + ACCESS_GRACE_MS;
  }

  /** Ends the stream with the access; a cookie is asked once more, because other use may have prolonged its session. */
  async #mayStay(now: number): Promise<boolean> {
    if (!this.#closed && this.#isOver(now)) {
      if (this.isStaff) await this.#authenticate(undefined);
      else this.bye("token-expired", null);
    }
    return !this.#closed;
  }

  async #subscribe(topic: Topic, cursor: { epoch: string; number: number } | undefined): Promise<void> {
    if (topic.kind === "inbox") return this.#subscribeInbox(cursor);
    const { database, store, configuration, hub } = this.#parts;
    if (this.#conversations.size >= MOST_TOPICS && !this.#conversations.has(topic.id)) {
      return this.send({
        type: "refused",
        topic,
        problem: new Refused("rate-limited", { detail: "too many subscriptions", retryAfter: 1 }).problem,
      });
    }
    this.#unsubscribe(topic);
    const subscription = new ConversationSubscription({
      database,
      conversationId: topic.id,
      forCustomer: !this.#seesStaffParts(),
      state: () => store.state(topic.id),
      send: (message) => this.send(message),
      sendText: (text) => this.#sendText(text),
      failed: (error) => this.#failed(error),
    });
    // Registered before the state is read: whatever commits in between wakes the subscription, which reads it from the log.
    this.#conversations.set(topic.id, subscription);
    this.#starting.set(topic.id, null);
    hub.read(topic.id, this);
    const state = await store.state(topic.id);
    if (!maySee(this.#caller, state, configuration())) {
      this.#unsubscribe(topic);
      return this.send({ type: "refused", topic, problem: new Refused("not-found").problem });
    }
    await subscription.start(state, cursor);
    this.#tellPositions(topic.id, cursor ? state.snapshot.positions : null);
    this.#connected.add(topic.id);
    this.#parts.passing.subscribed(this, state, cursor !== undefined);
  }

  async #subscribeInbox(cursor: { epoch: string; number: number } | undefined): Promise<void> {
    const caller = this.#caller;
    if (caller.who !== "staff")
      return this.send({ type: "refused", topic: { kind: "inbox" }, problem: new Refused("forbidden").problem });
    const { database, store, configuration, hub } = this.#parts;
    this.#inbox?.close();
    const seesAll = () => this.#caller.who === "staff" && this.#caller.role !== "agent";
    this.#inbox = new InboxSubscription({
      agentId: caller.agentId,
      epoch: database.epoch,
      store,
      sees: (state) => maySee(this.#caller, state, configuration()),
      queueIds: () =>
        [...configuration().queues.values()]
          .filter((queue) => queue.members.includes(caller.agentId))
          .map((queue) => queue.id),
      seesAll,
      send: (message) => this.send(message),
      sendText: (text) => this.#sendText(text),
    });
    // Told before the inbox is read: whatever commits in between waits in the subscription.
    hub.follow(this, true);
    await this.#inbox.start(cursor);
  }

  #unsubscribe(topic: Topic): void {
    if (topic.kind === "inbox") {
      this.#inbox?.close();
      this.#inbox = null;
      this.#parts.hub.follow(this, false);
      return;
    }
    this.#conversations.get(topic.id)?.close();
    this.#conversations.delete(topic.id);
    this.#starting.delete(topic.id);
    this.#parts.hub.unread(topic.id, this);
    this.#parts.forms.left(this, topic.id);
    if (this.#connected.delete(topic.id)) this.#parts.passing.unsubscribed(this, topic.id);
  }

  /** What is done to a form waits for nothing but the joining: the door of drafts keeps the order. */
  async #form({ conversationId, formId, act }: Extract<ClientMessage, { type: "form" }>): Promise<void> {
    const acted = this.#parts.forms.act(this, { conversationId, formId, act }).catch((error: unknown) => {
      const { problem } = toRefused(error, this.#parts.log);
      this.say(conversationId, formId, { say: "refused", problem });
    });
    if (act.act === "join") await acted;
  }

  #command(command: Extract<ClientMessage, { type: "command" }>["command"], from: Opening["from"]): void {
    const failed = (error: unknown) => {
      const { problem } = toRefused(error, this.#parts.log);
      this.send({ type: "answer", commandId: command.id, ok: false, problem });
    };
    try {
      this.#parts.count(this.#caller);
    } catch (error) {
      failed(error);
      return;
    }
    this.#parts
      .command(command, this.#caller, from, { connected: this.#caller.who === "customer" })
      .then((answer) => {
        if (answer.conversationId && this.#caller.who === "customer" && !this.#closed)
          this.#parts.passing.spoke(this, answer.conversationId);
        this.send({ type: "answer", commandId: command.id, ok: true, answer });
      })
      .catch(failed);
  }

  events(events: NewEvents): void {
    this.#conversations.get(events.conversationId)?.wake(events);
  }

  changed(changed: readonly Changed[], upTo: number): void {
    this.#inbox?.changed(changed, upTo);
  }

  changedElsewhere(changed: Changed): void {
    this.#conversations.get(changed.state.snapshot.id)?.wakeTo(changed.state.snapshot.number);
    this.#inbox?.changed([changed], changed.change);
  }

  /** Positions are in no event: who resumes is told them, and a move during the start comes behind the snapshot. */
  #tellPositions(conversationId: string, asOfStart: Positions | null): void {
    const positions = this.#starting.get(conversationId) ?? asOfStart;
    this.#starting.delete(conversationId);
    if (positions) this.pass({ type: "positions", conversationId, positions });
  }

  pass(passing: Passing): void {
    if (passing.type === "positions" && this.#starting.has(passing.conversationId)) {
      this.#starting.set(passing.conversationId, passing.positions);
      return;
    }
    if (passing.type === "typing" && passing.text !== undefined && !this.isStaff) return;
    if (passing.type === "viewers" && !this.isStaff) return;
    this.send({ type: "passing", passing });
  }

  say(conversationId: string, formId: string, say: FormSay): void {
    this.send({ type: "form", conversationId, formId, say });
  }

  send(message: ServerMessage): void {
    this.#sendText(JSON.stringify(message));
  }

  #sendText(text: string): void {
    if (!this.#closed) this.#socket.send(text);
  }

  /** Called now and then by the server's watch: says goodbye to the dead, the stalled, and those without access. */
  check(now: number): void {
    if (now - this.#heardAt > DEAD_AFTER_MS) {
      this.#close(1001, "silent");
      return;
    }
    const stalled = [...this.#conversations.values()].some((subscription) => subscription.stalled);
    this.#stalledSince = stalled ? (this.#stalledSince ?? now) : null;
    if (this.#stalledSince !== null && now - this.#stalledSince > STALLED_MS) this.bye("too-slow", 1000);
    if (this.#isOver(now)) this.#order = this.#order.then(async () => void (await this.#mayStay(now)));
  }

  /** Permission is checked again when something was revoked or configured anew. */
  async recheck(): Promise<void> {
    if (this.#caller.who === "public" || this.#closed) return;
    if (!(await this.#parts.stillValid(this.#caller))) return this.bye("revoked", null);
    for (const [id, subscription] of this.#conversations) {
      const state = await this.#parts.store.state(id);
      if (maySee(this.#caller, state, this.#parts.configuration())) continue;
      this.#unsubscribe(subscription.topic);
      this.send({ type: "refused", topic: subscription.topic, problem: new Refused("not-found").problem });
    }
  }

  /** `retryAfter` in milliseconds; null: do not come back with the same credentials. */
  bye(reason: ByeReason, retryAfter: number | null): void {
    this.send({ type: "bye", reason, retryAfter });
    this.#close(retryAfter === null ? 4000 : 1012, reason);
  }

  #failed(error: unknown): void {
    const { problem } = toRefused(error, this.#parts.log);
    this.send({ type: "refused", topic: null, problem });
    if (problem.status >= 500) this.bye("restarting", 1000);
  }

  #seesStaffParts(): boolean {
    return this.#caller.who === "staff" || this.#caller.who === "key";
  }

  #close(code: number, reason: string): void {
    if (this.#closed) return;
    this.#socket.close(code, reason);
    this.gone();
  }

  /** The socket has closed. */
  gone(): void {
    if (this.#closed) return;
    this.#closed = true;
    const ids = this.conversationIds();
    this.#parts.hub.remove(this);
    this.#parts.forms.left(this, null);
    this.#inbox?.close();
    for (const subscription of this.#conversations.values()) subscription.close();
    this.#conversations.clear();
    for (const id of ids) if (this.#connected.has(id)) this.#parts.passing.unsubscribed(this, id);
    this.#connected.clear();
    if (this.#caller.who !== "public") this.#parts.passing.left(this);
  }
}
