import type { InboxItem } from "@clew/contract/inbox";
import type { ClientMessage, ServerMessage } from "@clew/contract/stream";
import { describe, expect, it } from "vitest";
import { ownProblem } from "../results.ts";
import { fakeClock, settle } from "../testing/fake-clock.ts";
import { fakeNetwork } from "../testing/fake-network.ts";
import { fakeRandom } from "../testing/fake-random.ts";
import { memoryStorage } from "../testing/memory-storage.ts";
import { firstEvents, snapshotAt } from "../testing/samples.ts";
import { createDesk } from "./create-desk.ts";
import type { DeskSignal } from "./desk.ts";

const ME = "00000000-0000-7000-8000-0000000a0001";
const ONE = "00000000-0000-7000-8000-00000000c0f1";

/** An inbox line; `offered` names the offer to this agent. */
function line(change: { unread?: number; offered?: string; updatedAt?: number } = {}): InboxItem {
  const { session } = snapshotAt(ONE, firstEvents(ONE, 1));
  const offer = change.offered ? { agentId: ME, madeAt: 1, dueAt: 60_000 } : null;
  return {
    conversationId: ONE,
    title: "Ana",
    unread: change.unread ?? 0,
    updatedAt: change.updatedAt ?? 1,
    session,
    staff: { offer, offerId: change.offered ?? null },
  } as InboxItem;
}

/** A desk against a far end that answers only what the test says. */
async function seated() {
  const clock = fakeClock();
  const disk = new Map<string, unknown>();
  const heard: ClientMessage[] = [];
  const log = firstEvents(ONE, 1);
  const refused = new Set<string>();
  let speak: (message: ServerMessage) => void = () => {};
  const network = fakeNetwork({
    connected(link) {
      speak = link.send;
      return {
        closed: () => {},
        message(message) {
          heard.push(message);
          if (message.type === "hello")
            link.send({ type: "welcome", protocol: 1, epoch: "e", now: clock.now(), connectionId: "c" });
          if (message.type === "subscribe" && message.topic.kind === "inbox")
            link.send({ type: "live", topic: message.topic, number: 0 });
          if (message.type === "subscribe" && message.topic.kind === "conversation") {
            if (refused.has(message.topic.id))
              return link.send({ type: "refused", topic: message.topic, problem: ownProblem("not-found", 404, "") });
            if (!message.cursor)
              link.send({
                type: "snapshot",
                topic: message.topic,
                epoch: "e",
                snapshot: snapshotAt(ONE, log),
                events: log,
              });
            link.send({ type: "live", topic: message.topic, number: log.length });
          }
        },
      };
    },
  });
  const me = { agent: { id: ME, publicName: "Bo" }, csrf: "token", queues: [], epoch: "e" };
  const run = async () => {
    for (let round = 0; round < 8; round += 1) {
      await settle();
      network.flush();
    }
  };
  const headers: (string | null)[] = [];
  const sit = async () => {
    const desk = createDesk({
      server: "https://chat.example",
      ports: {
        clock,
        random: fakeRandom(7),
        transport: network.transport,
        hints: { online: () => true, visible: () => true, onWake: () => () => {} },
        fetch: (async (url: string, init: RequestInit = {}) => {
          headers.push(new Headers(init.headers).get("x-clew-csrf"));
          return Response.json(url.endsWith("/me") ? me : { items: [] });
        }) as typeof fetch,
        openStorage: async () => memoryStorage(disk, "durable"),
        locks: null,
      },
    });
    void desk.boot();
    await run();
    return desk;
  };
  return {
    desk: await sit(),
    sit,
    clock,
    disk,
    heard,
    refused,
    headers,
    network,
    run,
    say: (message: ServerMessage) => speak(message),
  };
}

describe("an agent's desk", () => {
  it("[WF16] keeps nothing of a form that the agent sent and the server refused: it was told to whoever pressed", async () => {
    const { desk, disk, heard, say, run } = await seated();
    const handle = desk.open(ONE);
    await run();
    const pressed = handle.submitForm(ONE, 1);
    await run();
    const [commandId = ""] = heard.flatMap((one) => (one.type === "command" ? [one.command.id] : []));
    const problem = ownProblem("form-closed", 409, "over");
    say({ type: "answer", commandId, ok: false, problem });
    await run();
    expect(await pressed).toEqual({ ok: false, problem });
    expect(desk.state.get().unfinished).toEqual([]);
    expect([...disk.keys()].filter((key) => key.startsWith("outbox/"))).toEqual([]);
  });

  it("[CL62] shows the newest state of each conversation, and drops a repeat", async () => {
    const { desk, say, run } = await seated();
    say({ type: "inbox", changes: [{ number: 5, conversationId: ONE, item: line({ unread: 1 }) }], number: 5 });
    say({ type: "inbox", changes: [{ number: 4, conversationId: ONE, item: null }], number: 5 });
    await run();
    expect(desk.state.get()).toMatchObject({ inboxReady: true, inbox: [{ unread: 1 }], connection: { name: "live" } });
    say({ type: "inbox", changes: [{ number: 6, conversationId: ONE, item: null }], number: 6 });
    await run();
    expect(desk.state.get().inbox).toEqual([]);
  });

  it("[CL63] tells of an offer once, and of what customers write while it happens", async () => {
    const { desk, say, run } = await seated();
    const signals: DeskSignal["type"][] = [];
    desk.onSignal((signal) => signals.push(signal.type));
    const offered = line({ offered: ME });
    say({ type: "inbox", changes: [{ number: 1, conversationId: ONE, item: offered }], number: 1 });
    say({ type: "inbox", changes: [{ number: 2, conversationId: ONE, item: { ...offered, unread: 1 } }], number: 2 });
    await run();
    expect(desk.state.get().offers).toMatchObject([{ conversationId: ONE, offerId: ME, dueAt: 60_000 }]);
    expect(signals).toEqual(["offer", "sound", "message"]);
  });

  it("[CL64] asks for the inbox after its cursor when the connection is back", async () => {
    const { say, run, heard, network, clock } = await seated();
    say({ type: "inbox", changes: [{ number: 9, conversationId: ONE, item: line() }], number: 9 });
    await run();
    network.newest()?.cut();
    await clock.advance(1_000);
    await run();
    const subscriptions = heard.filter((message) => message.type === "subscribe");
    expect(subscriptions.map(({ cursor }) => cursor)).toEqual([undefined, { epoch: "e", number: 9 }]);
  });

  it("[CL65] keeps drafts and unsent words of an agent over a reload, and names where they are", async () => {
    const { desk, sit, run, clock, heard, disk } = await seated();
    const open = desk.open(ONE);
    await run();
    open.setDraft("Dear An");
    void open.send("on its way");
    await run();
    await clock.advance(1_000);
    expect([...disk.keys()].some((key) => key.startsWith("outbox/"))).toBe(true);
    desk.close();
    const again = await sit();
    expect(again.state.get().unfinished).toEqual([ONE]);
    const reopened = again.open(ONE);
    await run();
    expect(reopened.state.get()).toMatchObject({ draft: "Dear An", ready: "live" });
    expect(reopened.state.get().timeline.at(-1)).toMatchObject({ text: "on its way", delivery: { state: "sending" } });
    const sent = heard.flatMap((message) => (message.type === "command" ? [message.command.id] : []));
    expect(sent.length).toBeGreaterThan(1);
    expect(new Set(sent).size).toBe(1);
  });

  it("[CL65] keeps no draft of what was sent, though the page goes in the same moment", async () => {
    const { desk, sit, run, clock } = await seated();
    const open = desk.open(ONE);
    await run();
    open.setDraft("on its way");
    await clock.advance(1_000);
    void open.send("on its way");
    open.setDraft("");
    await run();
    const again = await sit();
    const reopened = again.open(ONE);
    await run();
    expect(reopened.state.get()).toMatchObject({ draft: "" });
    expect(reopened.state.get().timeline.at(-1)).toMatchObject({ text: "on its way", delivery: { state: "sending" } });
  });

  it("[CL66] tells the server which conversation is looked at, and guards its requests against forgery", async () => {
    const { desk, run, heard, headers } = await seated();
    const open = desk.open(ONE);
    await run();
    open.leave();
    await run();
    const views = heard.flatMap((message) => (message.type === "view" ? [message.conversationId] : []));
    expect(views.slice(-2)).toEqual([ONE, null]);
    await desk.request("listQueues");
    expect(headers.at(-1)).toBe("token");
  });

  it("[CL67] is up although an open conversation is refused, and shows it once the inbox tells of it", async () => {
    const { desk, run, say, network, clock, refused, heard } = await seated();
    refused.add(ONE);
    const open = desk.open(ONE);
    await run();
    expect(open.state.get()).toMatchObject({ problem: { code: "not-found" }, conversation: null });
    network.newest()?.cut();
    await clock.advance(1_000);
    await run();
    expect(heard.filter(({ type }) => type === "hello")).toHaveLength(2);
    expect(desk.state.get().connection).toEqual({ name: "live" });
    refused.clear();
    say({ type: "inbox", changes: [{ number: 1, conversationId: ONE, item: line() }], number: 1 });
    await run();
    expect(open.state.get()).toMatchObject({ problem: null, ready: "live", conversation: { id: ONE } });
  });

  it("[CL68] that is booted again, at once or later, still sends", async () => {
    const { desk, run, heard } = await seated();
    const posts = () => heard.filter((message) => message.type === "command").length;
    void desk.boot();
    void desk.boot();
    await run();
    await run();
    void desk.open(ONE).send("after two");
    await run();
    expect(posts()).toBe(1);
  });
});
