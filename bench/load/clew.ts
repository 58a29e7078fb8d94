import { randomBytes } from "node:crypto";
import type { Agent } from "@clew/contract/agents";
import type { CustomerIdentity } from "@clew/contract/customers";
import { WINDOW } from "@clew/contract/limits";
import type { ClientMessage, ServerMessage } from "@clew/contract/stream";
import { uuidv7 } from "@clew/contract/uuid";
import { WebSocket } from "ws";
import { saveAgent, shopChannel, signIn, startGuest } from "./clew-api.ts";
import type { Connected, Heard, Target } from "./messages.ts";

/** The demo's agents who read and own the conversations, a quarter each. */
const AGENTS = ["amara", "ben", "chiyo", "supervisor"];
/** Acknowledge after so many events of a conversation, well before the window is full. */
const ACK_EVERY = WINDOW / 8;
/** Guests made at once while setting up. */
const AT_ONCE = 20;

/**
 * Connects to the product as its clients do: each customer has one conversation, subscribed and posted to over one
 * stream; each agent owns a quarter of them and reads them over one stream, with the inbox open if asked for.
 */
export async function connectClew(
  { url, conversations, inbox }: Extract<Target, { kind: "clew" }>,
  heard: Heard,
): Promise<Connected> {
  const admin = await signIn(url, "admin");
  const channelId = await shopChannel(url, admin);
  const people = await Promise.all(AGENTS.map((name) => signIn(url, name)));
  for (const { agent } of people) await saveAgent(url, admin, roomFor(agent, conversations));

  const linesOf = new Map<string, number>();
  const customers: Stream[] = [];
  const conversationIds = Array.from({ length: conversations }, newId);
  for (let from = 0; from < conversations; from += AT_ONCE) {
    const some = conversationIds.slice(from, from + AT_ONCE).map(async (conversationId, index) => {
      linesOf.set(conversationId, from + index);
      customers[from + index] = await openCustomer(url, { conversationId, channelId }, heard);
    });
    await Promise.all(some);
  }

  const supervisor = people.at(-1);
  if (!supervisor) throw new Error("nobody can assign");
  const desk = await Stream.open(url, { cookie: supervisor.cookie }, () => undefined);
  const readers = await Promise.all(
    people.map(async ({ agent, cookie }, place) => {
      const own = conversationIds.filter((_, line) => line % people.length === place);
      for (const conversationId of own)
        await desk.command({ type: "session.take", id: newId(), conversationId, agentId: agent.id });
      return openReader(url, { cookie, own, linesOf, inbox }, heard);
    }),
  );
  desk.close();

  return {
    lines: conversationIds.map((conversationId, line) => ({
      post: (id, text) =>
        customers[line]?.send({
          type: "command",
          command: { type: "message.post", id, conversationId, text, attachments: [] },
        }),
    })),
    close() {
      for (const stream of [...customers, ...readers]) stream.close();
    },
  };
}

const roomFor = (agent: Agent, conversations: number): Agent => ({ ...agent, capacity: Math.min(1000, conversations) });

async function openCustomer(
  url: string,
  { conversationId, channelId }: { conversationId: string; channelId: string },
  heard: Heard,
): Promise<Stream> {
  const identity: CustomerIdentity = await startGuest(url, channelId);
  const acknowledge = acknowledging();
  const stream = await Stream.open(url, { token: identity.accessToken }, (message, own) => {
    if (message.type === "answer") heard.answered(message.commandId, message.ok);
    else if (message.type === "events") acknowledge(own, message);
  });
  await stream.command({
    type: "conversation.start",
    id: newId(),
    conversationId,
    channelId,
    language: "en",
    answers: [
      { key: "name", value: "Ana", how: "typed" },
      { key: "email", value: "ana@clew.example", how: "typed" },
      { key: "topic", value: "advice", how: "typed" },
    ],
  });
  stream.send({ type: "subscribe", topic: { kind: "conversation", id: conversationId } });
  await stream.until((message) => message.type === "live");
  return stream;
}

async function openReader(
  url: string,
  { cookie, own, linesOf, inbox }: { cookie: string; own: string[]; linesOf: Map<string, number>; inbox: boolean },
  heard: Heard,
): Promise<Stream> {
  const acknowledge = acknowledging();
  const stream = await Stream.open(url, { cookie }, (message, by) => {
    if (message.type !== "events") return;
    for (const event of message.events) {
      const id = event.type === "message.posted" ? (event.commandId ?? null) : null;
      heard.seen(linesOf.get(event.conversationId) as number, event.number, id);
    }
    acknowledge(by, message);
  });
  for (const id of own) {
    stream.send({ type: "subscribe", topic: { kind: "conversation", id } });
    await stream.until(
      (message) => message.type === "live" && message.topic.kind === "conversation" && message.topic.id === id,
    );
  }
  if (inbox) {
    stream.send({ type: "subscribe", topic: { kind: "inbox" } });
    await stream.until((message) => message.type === "live" && message.topic.kind === "inbox");
  }
  return stream;
}

function acknowledging() {
  const acknowledged = new Map<string, number>();
  return (stream: Stream, { topic, events }: Extract<ServerMessage, { type: "events" }>) => {
    const number = events.at(-1)?.number ?? 0;
    if (topic.kind !== "conversation") return;
    const before = acknowledged.get(topic.id);
    if (before === undefined) acknowledged.set(topic.id, (events[0]?.number ?? 1) - 1);
    if (number - (before ?? 0) < ACK_EVERY) return;
    acknowledged.set(topic.id, number);
    stream.send({ type: "ack", topic, number });
  };
}

/** One connection to the stream. */
export class Stream {
  readonly #socket: WebSocket;
  readonly #waiting = new Set<(message: ServerMessage) => void>();

  constructor(socket: WebSocket, take: (message: ServerMessage, stream: Stream) => void) {
    this.#socket = socket;
    socket.on("message", (data) => {
      const message = JSON.parse(data.toString()) as ServerMessage;
      if (message.type === "bye") throw new Error(`the server said goodbye: ${message.reason}`);
      for (const waiting of this.#waiting) waiting(message);
      take(message, this);
    });
  }

  static async open(
    url: string,
    by: { token?: string; cookie?: string },
    take: (message: ServerMessage, stream: Stream) => void,
  ): Promise<Stream> {
    const socket = new WebSocket(`${url.replace("http", "ws")}/api/v1/stream`, {
      perMessageDeflate: false,
      headers: by.cookie ? { cookie: by.cookie } : {},
    });
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    const stream = new Stream(socket, take);
    const welcome = stream.until((message) => message.type === "welcome");
    stream.send({ type: "hello", protocol: 1, ...(by.token ? { token: by.token } : {}) });
    await welcome;
    return stream;
  }

  send(message: ClientMessage): void {
    this.#socket.send(JSON.stringify(message));
  }

  until(is: (message: ServerMessage) => boolean): Promise<ServerMessage> {
    return new Promise((resolve) => {
      const waiting = (message: ServerMessage) => {
        if (!is(message)) return;
        this.#waiting.delete(waiting);
        resolve(message);
      };
      this.#waiting.add(waiting);
    });
  }

  async command(command: Extract<ClientMessage, { type: "command" }>["command"]): Promise<void> {
    const answered = this.until((message) => message.type === "answer" && message.commandId === command.id);
    this.send({ type: "command", command });
    const answer = await answered;
    if (answer.type === "answer" && !answer.ok) throw new Error(`${command.type}: ${JSON.stringify(answer.problem)}`);
  }

  close(): void {
    this.#socket.terminate();
  }
}

function newId(): string {
  return uuidv7(Date.now(), randomBytes(10));
}
