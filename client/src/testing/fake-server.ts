import type { Boot } from "@clew/contract/channels";
import type { ClientCommand, ClientCommandOf, CommandAnswer } from "@clew/contract/commands";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { CustomerIdentity } from "@clew/contract/customers";
import type { ConversationEvent, EventOf } from "@clew/contract/events";
import type { FormEntry } from "@clew/contract/flows/entries";
import type { FormSay, FormView } from "@clew/contract/flows/form-live";
import type { Problem } from "@clew/contract/problems";
import type { ReconnectOutcome } from "@clew/contract/reconnect";
import type { ClientMessage, ServerMessage, Topic } from "@clew/contract/stream";
import type { Clock } from "../ports.ts";
import type { FakeEnd } from "./fake-network.ts";
import { firstEvents, messagePosted, snapshotAt } from "./samples.ts";

export type FakeServer = FakeEnd & {
  fetch: typeof fetch;
  epoch: string;
  /** The log of the one conversation that customers start. */
  log: ConversationEvent[];
  conversationId: string | null;
  /** Every command that arrived, repeats included. */
  commands: ClientCommand[];
  /** Secrets that resume; tests take them away. */
  secrets: Set<string>;
  /** Whom identities are made for. */
  kind: CustomerIdentity["kind"];
  /** Problems to answer commands of these types with, once each. */
  refuseNext: { type: ClientCommand["type"]; problem: Problem }[];
  hellos: number;
  /** A form is there, or is changed otherwise than by this customer. */
  putForm(form: FormEntry, how?: EventOf<"form.changed">["how"]): void;
  /** What whoever joins a form is shown of it. */
  formView: FormView | null;
  /** An agent writes. */
  say(text: string): void;
  /** Sends to all connections, passing messages for example. */
  broadcast(message: ServerMessage): void;
  calls: string[];
  /** What comes of opening a link; refused unless a test says otherwise. */
  openLink(token: string, identity: CustomerIdentity, opening: string): ReconnectOutcome;
};

/** A server of one conversation with a log, for tests of the client: same numbers, same answers to repeats. */
export function fakeServer(clock: Clock, boot: Boot): FakeServer {
  type Connection = { send(message: ServerMessage): void; reads: boolean; greeted: boolean };
  const connections = new Set<Connection>();
  const answers = new Map<string, CommandAnswer>();
  let secretCount = 0;

  const server: FakeServer = {
    epoch: "epoch-1",
    log: [],
    conversationId: null,
    commands: [],
    secrets: new Set(),
    kind: "guest",
    refuseNext: [],
    hellos: 0,
    calls: [],
    formView: null,
    putForm: (form, how) => append([formEvent(form, how)]),
    openLink: () => ({ outcome: "refused", because: "link-invalid" }),
    say: (text) =>
      append([
        messagePosted(server.conversationId ?? "", server.log.length + 1, {
          text,
          by: { who: "agent", name: "Ana" },
          at: clock.now(),
        }),
      ]),
    broadcast: (message) => {
      for (const connection of connections) if (connection.greeted) connection.send(message);
    },
    connected(link) {
      const connection: Connection = { send: link.send, reads: false, greeted: false };
      connections.add(connection);
      return { message: (message) => hear(connection, message), closed: () => connections.delete(connection) };
    },
    fetch: (async (input: string, init: RequestInit = {}) => {
      const path = new URL(input).pathname.replace("/api/v1", "");
      const body = init.body ? JSON.parse(String(init.body)) : {};
      server.calls.push(`${init.method} ${path}`);
      return respond(path, body);
    }) as typeof fetch,
  };

  function snapshot(): ConversationSnapshot {
    return snapshotAt(server.conversationId ?? "", server.log);
  }
  const topic = (): Topic => ({ kind: "conversation", id: server.conversationId ?? "" });

  function append(events: ConversationEvent[]): void {
    server.log.push(...events);
    for (const connection of connections)
      if (connection.reads) connection.send({ type: "events", topic: topic(), events });
  }

  function hear(connection: Connection, message: ClientMessage): void {
    switch (message.type) {
      case "hello":
        server.hellos += 1;
        connection.greeted = true;
        connection.send({ type: "welcome", protocol: 1, epoch: server.epoch, now: clock.now(), connectionId: "c" });
        break;
      case "subscribe": {
        if (message.topic.kind === "inbox") return;
        const { cursor } = message;
        const foreign = cursor && cursor.epoch !== server.epoch;
        const future = cursor && cursor.number > server.log.length;
        if (foreign || future)
          connection.send({ type: "resync", topic: topic(), because: foreign ? "epoch" : "future" });
        if (cursor && !foreign && !future) {
          const missed = server.log.slice(cursor.number);
          if (missed.length) connection.send({ type: "events", topic: topic(), events: missed });
        } else {
          connection.send({
            type: "snapshot",
            topic: topic(),
            epoch: server.epoch,
            snapshot: snapshot(),
            events: server.log.slice(-50),
          });
        }
        connection.reads = true;
        connection.send({ type: "live", topic: topic(), number: server.log.length });
        break;
      }
      case "command":
        server.commands.push(message.command);
        execute(connection, message.command);
        break;
      case "form": {
        const { conversationId, formId, act } = message;
        const say = (said: FormSay) => connection.send({ type: "form", conversationId, formId, say: said });
        if (act.act === "join" && server.formView) say({ say: "view", view: server.formView });
        if (act.act === "set") say({ say: "ack", op: act.op, seq: 9 });
        break;
      }
      case "ping":
        connection.send({ type: "pong", at: message.at, now: clock.now() });
        break;
      default:
        break;
    }
  }

  function execute(connection: Connection, command: ClientCommand): void {
    const refusal = server.refuseNext.findIndex(({ type }) => type === command.type);
    const [refused] = refusal >= 0 ? server.refuseNext.splice(refusal, 1) : [];
    if (refused) {
      connection.send({ type: "answer", commandId: command.id, ok: false, problem: refused.problem });
      return;
    }
    const known = answers.get(command.id);
    if (command.type === "form.submit" && !known && !openForm(command)) {
      const problem = { type: "", code: "form-closed", status: 409, title: "over", retry: "no" } as const;
      connection.send({ type: "answer", commandId: command.id, ok: false, problem });
      return;
    }
    const answer = known ?? carryOut(command);
    answers.set(command.id, answer);
    connection.send({ type: "answer", commandId: command.id, ok: true, answer });
  }

  function carryOut(command: ClientCommand): CommandAnswer {
    const at = clock.now();
    const by = { who: "customer" as const };
    const number = server.log.length + 1;
    if (command.type === "conversation.start") {
      const first = server.conversationId === null;
      server.conversationId ??= command.conversationId;
      const id = server.conversationId;
      const events = first ? firstEvents(id, at) : [];
      const message = command.message;
      if (message)
        events.push(messagePosted(id, number + events.length, { text: message.text, by, at, commandId: message.id }));
      append(events);
    } else if (command.type === "message.post") {
      append([messagePosted(command.conversationId, number, { text: command.text, by, at, commandId: command.id })]);
    } else if (command.type === "form.submit") {
      const form = openForm(command);
      if (form) append([{ ...formEvent({ ...form, state: "submitted" }, "submitted"), commandId: command.id }]);
    }
    return { commandId: command.id, conversationId: server.conversationId, number, at };
  }

  function openForm({ formId, revision }: ClientCommandOf<"form.submit">): FormEntry | undefined {
    const form = snapshot().forms?.find(({ id }) => id === formId);
    return form?.state === "open" && form.revision === revision ? form : undefined;
  }

  function formEvent(form: FormEntry, how?: EventOf<"form.changed">["how"]): ConversationEvent {
    const [conversationId, number] = [server.conversationId ?? "", server.log.length + 1];
    const common = { conversationId, number, at: clock.now(), by: { who: "system" }, audience: "all", form } as const;
    return how ? { ...common, type: "form.changed", how } : { ...common, type: "form.opened" };
  }

  function respond(path: string, body: { resumeSecret?: string; token?: string; opening?: string }): Response {
    if (path.endsWith("/boot")) return Response.json({ ...boot, now: clock.now(), epoch: server.epoch });
    if (path === "/identity/sign-out") {
      server.secrets.delete(body.resumeSecret ?? "");
      return new Response(null, { status: 204 });
    }
    if (path === "/identity/clear") {
      server.secrets.clear();
      server.conversationId = null;
      server.log.length = 0;
      return new Response(null, { status: 204 });
    }
    if (path === "/reconnect/open")
      return Response.json(server.openLink(body.token ?? "", identity(), body.opening ?? ""));
    if (path === "/identity/resume" && !server.secrets.delete(body.resumeSecret ?? ""))
      return refusal("unauthenticated", 401);
    if (path.startsWith("/identity/")) return Response.json(identity());
    if (path.endsWith("/events"))
      return Response.json({ events: server.log, first: 1, last: server.log.length, more: false });
    return refusal("not-found", 404);
  }

  function identity(): CustomerIdentity {
    secretCount += 1;
    const resumeSecret = `secret-${secretCount}`.padEnd(43, "x");
    server.secrets.add(resumeSecret);
    return {
      customerId: "00000000-0000-7000-8000-00000000c001",
      kind: server.kind,
      name: null,
      accessToken: `token-${secretCount}`,
      accessExpiresAt: clock.now() + 600_000,
      resumeSecret,
      conversations: server.conversationId ? [snapshot()] : [],
    };
  }

  return server;
}

function refusal(code: string, status: number): Response {
  return Response.json({ type: "", code, status, title: code, retry: "no" }, { status });
}
