import { describe, expect, it } from "vitest";
import type { Chat } from "./chat.ts";
import { settle } from "./testing/fake-clock.ts";
import { type FakeWorld, fakeWorld } from "./testing/fake-world.ts";
import type { MessageItem } from "./timeline/items.ts";

const texts = (chat: Chat) => messages(chat).map(({ text }) => text);
const messages = (chat: Chat) =>
  chat.state.get().timeline.filter((item): item is MessageItem => item.kind === "message");

/** A world with one tab in a started conversation. */
async function started(world: FakeWorld = fakeWorld()) {
  const tab = world.tab();
  void tab.chat.boot();
  await world.run();
  void tab.chat.start({ answers: [], message: "hello" });
  await world.run();
  return { world, tab, chat: tab.chat };
}

/** The newest link, greeted and with nothing else on its way to the client. */
async function greeted(world: FakeWorld) {
  await settle();
  const link = world.network.newest();
  if (!link) throw new Error("no connection was opened");
  link.flushToServer(1);
  link.flushToClient(1);
  await settle();
  link.toServer.splice(
    0,
    link.toServer.findIndex(({ type }) => type === "command"),
  );
  return link;
}

describe("a chat from start to answer", () => {
  it("[CL1] asks for no identity and no connection before the customer starts", async () => {
    const world = fakeWorld();
    const { chat } = world.tab();
    await Promise.all([chat.boot(), world.run()]);
    expect(chat.state.get().boot).toMatchObject({ name: "ready", fresh: true });
    expect(world.server.calls).toEqual([expect.stringContaining("/boot")]);
    expect(world.network.links).toHaveLength(0);
  });

  it("[CL18] asks for the channel anew when the window is opened, and each minute, while no connection tells of a new deployment", async () => {
    const world = fakeWorld();
    const { chat } = world.tab();
    await Promise.all([chat.boot(), world.run()]);
    const reads = () => world.server.calls.filter((call) => call.includes("/boot")).length;
    chat.setWindowOpen(true);
    await world.run();
    expect(reads()).toBe(2);
    await world.clock.advance(61_000);
    await world.run();
    expect(reads()).toBe(3);
    chat.setWindowOpen(false);
    await world.clock.advance(600_000);
    await world.run();
    expect(reads()).toBe(3);
  });

  it("[CL2] shows a message at once, and as sent when its event is back", async () => {
    const { world, chat } = await started();
    expect(messages(chat)).toMatchObject([{ text: "hello", mine: true, delivery: { state: "sent" }, number: 3 }]);
    void chat.send("and more");
    expect(messages(chat)[1]).toMatchObject({ text: "and more", delivery: { state: "sending" }, number: null });
    await world.run();
    expect(messages(chat)[1]).toMatchObject({ delivery: { state: "sent" }, number: 4 });
    expect(chat.state.get().connection).toEqual({ name: "live" });
  });

  it("[CL3] counts what the other side wrote as unread until it is read", async () => {
    const { world, chat } = await started();
    const heard: string[] = [];
    chat.onSignal((signal) => heard.push(signal.type));
    world.server.say("good morning");
    await world.run();
    expect(chat.state.get().unread).toBe(1);
    expect(heard).toEqual(["event", "sound"]);
    chat.markRead();
    await world.run();
    await world.clock.advance(500);
    await world.run();
    expect(chat.state.get().unread).toBe(0);
    const moves = world.server.commands.filter(({ type }) => type === "positions.move");
    expect(moves.at(-1)).toMatchObject({ delivered: 4, read: 4 });
  });

  it("[CL4] shows read receipts only forwards, whatever order they come in", async () => {
    const { world, chat } = await started();
    const conversationId = world.server.conversationId ?? "";
    const positions = { customerDelivered: 0, customerRead: 0, agentDelivered: 3, agentRead: 3 };
    world.server.broadcast({ type: "passing", passing: { type: "positions", conversationId, positions } });
    world.server.broadcast({
      type: "passing",
      passing: { type: "positions", conversationId, positions: { ...positions, agentRead: 0 } },
    });
    await world.run();
    expect(messages(chat)[0]?.delivery).toEqual({ state: "read" });
  });

  it("[CL5] gathers key presses into one word of typing every three seconds", async () => {
    const { world, chat } = await started();
    for (let key = 0; key < 10; key += 1) chat.typing(true);
    await world.run();
    const link = world.network.newest();
    for (let key = 0; key < 40; key += 1) {
      chat.typing(true);
      await world.clock.advance(100);
    }
    expect(link?.toServer.filter(({ type }) => type === "typing")).toHaveLength(1);
  });
});

describe("refusals", () => {
  it("[CL6] keeps a refused message with its reason, and sends it again under the same id", async () => {
    const { world, chat } = await started();
    const problem = { type: "", code: "session-not-open", status: 409, title: "x", retry: "no" } as const;
    world.server.refuseNext.push({ type: "message.post", problem });
    const answered = chat.send("once more");
    await world.run();
    expect(await answered).toEqual({ ok: false, problem });
    const failed = messages(chat)[1];
    expect(failed?.delivery).toEqual({ state: "failed", problem });
    chat.retry(failed?.key ?? "");
    await world.run();
    expect(messages(chat)[1]).toMatchObject({ key: failed?.key, delivery: { state: "sent" } });
    const ids = world.server.commands.filter(({ type }) => type === "message.post").map(({ id }) => id);
    expect(new Set(ids).size).toBe(1);
  });

  it("[CL7] never lets a later message overtake one that the server put off", async () => {
    const { world, chat } = await started();
    const problem = { type: "", code: "rate-limited", status: 429, title: "x", retry: "later", retryAfter: 5 } as const;
    world.server.refuseNext.push({ type: "message.post", problem });
    void chat.send("one");
    void chat.send("two");
    await world.run();
    expect(world.server.log).toHaveLength(3);
    await world.clock.advance(5_000);
    await world.run();
    expect(texts(chat)).toEqual(["hello", "one", "two"]);
    expect(messages(chat).map(({ number }) => number)).toEqual([3, 4, 5]);
  });

  it("[CL7] keeps the order of words also where two starts turn out to be one conversation", async () => {
    const world = fakeWorld();
    const { chat } = world.tab();
    void chat.boot();
    await world.run();
    void chat.start({ answers: [] });
    void chat.start({ answers: [], message: "one" });
    const link = await greeted(world);
    link.flushToServer(1);
    link.flushToClient(1);
    void chat.send("two");
    await settle();
    link.toServer.sort(({ type }) => (type === "subscribe" ? -1 : 1));
    link.flushToServer(1);
    link.flushToClient();
    await settle();
    void chat.send("three");
    await world.run();
    expect(texts(chat)).toEqual(["one", "two", "three"]);
  });

  it("[CL8] gives up a refused start with its reason and starts afresh", async () => {
    const world = fakeWorld();
    const { chat } = world.tab();
    void chat.boot();
    await world.run();
    const problem = { type: "", code: "answers-invalid", status: 422, title: "x", retry: "no" } as const;
    world.server.refuseNext.push({ type: "conversation.start", problem });
    void chat.start({ answers: [{ key: "name", value: "" }] });
    await world.run();
    expect(chat.state.get().starting).toEqual({ name: "failed", problem });
    void chat.start({ answers: [{ key: "name", value: "Ana" }] });
    await world.run();
    expect(chat.state.get()).toMatchObject({ starting: null, conversation: { status: "open" } });
  });
});

describe("reload and crash", () => {
  it("[CL9] paints from the local copy before the server said anything", async () => {
    const { world, tab } = await started();
    tab.crash();
    world.network.down = true;
    const again = world.tab().chat;
    void again.boot();
    await world.run();
    expect(texts(again)).toEqual(["hello"]);
    expect(again.state.get().boot).toMatchObject({ name: "ready", fresh: false });
  });

  it("[CL9] keeps view and cursor together: what came later is in the copy, too", async () => {
    const { world, tab } = await started();
    for (const word of ["one", "two", "three"]) {
      world.server.say(word);
      await world.run();
    }
    tab.crash();
    world.network.down = true;
    const again = world.tab().chat;
    void again.boot();
    await world.run();
    expect(texts(again)).toEqual(["hello", "one", "two", "three"]);
    expect(again.state.get().conversation?.number).toBe(6);
  });

  it("[CL10] sends the very first words of somebody whose tab died before the server had named them", async () => {
    const world = fakeWorld();
    const tab = world.tab();
    void tab.chat.boot();
    await world.run();
    world.network.down = true;
    void tab.chat.start({ answers: [], message: "hello" });
    await world.run();
    tab.crash();
    world.network.down = false;
    const again = world.tab();
    void again.chat.boot();
    await world.run();
    expect(world.server.log.flatMap((event) => ("text" in event ? event.text : []))).toEqual(["hello"]);
    expect(again.chat.state.get()).toMatchObject({ starting: null, connection: { name: "live" } });
  });

  it("[CL10] sends what was unsent when the tab died, once, in order, under the first ids", async () => {
    const { world, tab } = await started();
    world.network.down = true;
    world.network.newest()?.cut();
    void tab.chat.send("one");
    void tab.chat.send("two");
    await world.run();
    const keys = messages(tab.chat).map(({ key }) => key);
    tab.crash();
    world.network.down = false;
    const again = world.tab().chat;
    void again.boot();
    await world.run();
    expect(texts(again)).toEqual(["hello", "one", "two"]);
    expect(messages(again).map(({ key }) => key)).toEqual(keys);
    expect(world.server.log).toHaveLength(5);
  });

  it("[CL11] sends again what the server took and could not confirm, and it stays one message", async () => {
    const { world, chat } = await started();
    void chat.send("confirmed?");
    await world.clock.advance(0);
    const link = world.network.newest();
    link?.flushToServer();
    link?.cut();
    expect(world.server.log).toHaveLength(4);
    await world.clock.advance(1_000);
    await world.run();
    expect(texts(chat)).toEqual(["hello", "confirmed?"]);
    expect(world.server.log).toHaveLength(4);
    expect(messages(chat)[1]?.delivery).toEqual({ state: "sent" });
  });

  it("[CL12] keeps drafts and half-filled answers over a reload", async () => {
    const { world, tab } = await started();
    tab.chat.setDraft("half a sen");
    tab.chat.setPreChatDraft({ name: "An" });
    await world.clock.advance(1_000);
    tab.crash();
    const again = world.tab().chat;
    await world.run();
    expect(again.state.get()).toMatchObject({ draft: "half a sen", preChatDraft: { name: "An" } });
  });

  it("[CL13] drops what is broken on disk and keeps the rest", async () => {
    const { world, tab } = await started();
    world.network.down = true;
    world.network.newest()?.cut();
    void tab.chat.send("still here");
    await world.run();
    tab.crash();
    world.disk.set("view", { epoch: 7, snapshot: null });
    world.disk.set("outbox/broken", "garbage");
    world.network.down = false;
    const again = world.tab().chat;
    void again.boot();
    await world.run();
    expect(texts(again)).toEqual(["hello", "still here"]);
    expect(world.disk.has("outbox/broken")).toBe(false);
  });

  it("[CL14] says so when the browser keeps nothing", async () => {
    const { chat } = await started(fakeWorld({ durable: false }));
    expect(chat.state.get().storage).toBe("memory");
    expect(texts(chat)).toEqual(["hello"]);
  });

  it("[CL15] wipes this device when the customer signs out, and revokes even when the server is away", async () => {
    const { world, chat } = await started();
    world.network.down = true;
    void chat.signOut();
    await world.run();
    expect(chat.state.get()).toMatchObject({ identity: null, conversation: null, timeline: [] });
    expect(
      [...world.disk.keys()].filter((key) => !key.startsWith("revoke/") && !["format", "boot"].includes(key)),
    ).toEqual([]);
    expect(world.server.secrets.size).toBe(1);
    world.network.down = false;
    await world.clock.advance(60_000);
    await world.run();
    expect(world.server.secrets.size).toBe(0);
    expect([...world.disk.keys()].some((key) => key.startsWith("revoke/"))).toBe(false);
  });

  it("[CL17] leaves the next person nothing of the one before: not their words, not their half-filled answers", async () => {
    const { world, tab } = await started();
    tab.chat.setPreChatDraft({ email: "ana@example.org" });
    await world.clock.advance(1_000);
    world.server.secrets.clear();
    world.network.down = true;
    world.network.newest()?.cut();
    void tab.chat.send("for my eyes only");
    await world.run();
    tab.crash();
    world.network.down = false;
    const again = world.tab().chat;
    void again.boot();
    await world.run();
    expect(again.state.get()).toMatchObject({ timeline: [], preChatDraft: {}, draft: "" });
    expect([...world.disk.keys()].sort()).toEqual(["boot", "format"]);
    expect(world.server.log).toHaveLength(3);
  });

  it("[CL16] lets go of everything when the server no longer knows the device", async () => {
    const { world, tab } = await started();
    tab.crash();
    world.server.secrets.clear();
    const again = world.tab().chat;
    void again.boot();
    await world.run();
    expect(again.state.get()).toMatchObject({
      identity: null,
      conversation: null,
      identityProblem: { code: "unauthenticated", reason: "guest" },
    });
    expect([...world.disk.keys()].some((key) => key.startsWith("event/"))).toBe(false);
    void again.start({ answers: [] });
    await world.run();
    expect(again.state.get()).toMatchObject({ identity: { kind: "guest" }, identityProblem: null });
  });
});
