import { describe, expect, it } from "vitest";
import type { Chat } from "../chat.ts";
import { type FakeWorld, fakeWorld } from "../testing/fake-world.ts";
import { memoryStorage } from "../testing/memory-storage.ts";

const texts = (chat: Chat) => chat.state.get().timeline.flatMap((item) => (item.kind === "message" ? [item.text] : []));
const alive = (world: FakeWorld) => world.network.links.filter((link) => link.alive()).length;

/** Two tabs of one browser; the first leads and has started a conversation. */
async function twoTabs(options: { locks?: boolean } = {}) {
  const world = fakeWorld(options);
  const first = world.tab();
  void first.chat.boot();
  await world.run();
  void first.chat.start({ answers: [], message: "hello" });
  await world.run();
  const second = world.tab();
  void second.chat.boot();
  await world.run();
  return { world, first, second };
}

describe("several tabs of one browser", () => {
  it("[CL40] share one connection and show the same", async () => {
    const { world, first, second } = await twoTabs();
    expect(alive(world)).toBe(1);
    world.server.say("for both");
    await world.run();
    expect(texts(first.chat)).toEqual(["hello", "for both"]);
    expect(second.chat.state.get().timeline).toEqual(first.chat.state.get().timeline);
    expect(second.chat.state.get().unread).toBe(1);
  });

  it("[CL41] send through the one that leads, and each hears its own answer", async () => {
    const { world, first, second } = await twoTabs();
    const answered = second.chat.send("from the second");
    expect(texts(second.chat)).toEqual(["hello", "from the second"]);
    await world.run();
    expect(await answered).toMatchObject({ ok: true });
    expect(texts(first.chat)).toEqual(["hello", "from the second"]);
    expect(world.server.log).toHaveLength(4);
  });

  it("[CL42] make one conversation when Start is pressed in both", async () => {
    const world = fakeWorld();
    const tabs = [world.tab(), world.tab()];
    for (const { chat } of tabs) void chat.boot();
    await world.run();
    const answers = tabs.map(({ chat }, index) => chat.start({ answers: [], message: `from ${index}` }));
    await world.run();
    const [one, two] = await Promise.all(answers);
    expect(one?.ok && two?.ok && one.value.conversationId === two.value.conversationId).toBe(true);
    for (const { chat } of tabs) expect(texts(chat).sort()).toEqual(["from 0", "from 1"]);
    expect(world.server.log.filter(({ type }) => type === "conversation.started")).toHaveLength(1);
  });

  it("[CL43] do not notice the death of the leader, and lose nothing that was under way", async () => {
    const { world, first, second } = await twoTabs();
    const answered = second.chat.send("just before");
    first.crash();
    await world.run();
    expect(await answered).toMatchObject({ ok: true });
    expect(texts(second.chat)).toEqual(["hello", "just before"]);
    expect(second.chat.state.get().connection.name).toBe("live");
    expect(alive(world)).toBe(1);
    world.server.say("still here");
    await world.run();
    expect(texts(second.chat)).toEqual(["hello", "just before", "still here"]);
  });

  it("[CL43] ask the next leader again for what the dead one left unanswered", async () => {
    const { world, first, second } = await twoTabs();
    const third = world.tab();
    await world.run();
    world.network.down = true;
    world.network.newest()?.cut();
    const answered = third.chat.send("from the third");
    await world.run();
    first.crash();
    world.network.down = false;
    await world.run();
    expect(await answered).toMatchObject({ ok: true });
    expect(texts(second.chat)).toEqual(["hello", "from the third"]);
    expect(texts(third.chat)).toEqual(["hello", "from the third"]);
  });

  it("[CL49] send what another one said that was closed before it was on its disk", async () => {
    const { world, first } = await twoTabs();
    const storage = memoryStorage(world.disk, "durable");
    const openStorage = async () => ({ ...storage, write: () => new Promise<void>(() => {}) });
    const leaving = world.tab({ ports: { openStorage } });
    await world.run();
    void leaving.chat.send("on my way out");
    await Promise.resolve();
    leaving.crash();
    await world.run();
    expect(texts(first.chat)).toEqual(["hello", "on my way out"]);
    expect(world.server.log.at(-1)).toMatchObject({ text: "on my way out" });
  });

  it("[CL44] hand over when the leader closes", async () => {
    const { world, first, second } = await twoTabs();
    first.chat.close();
    await world.run();
    expect(second.chat.state.get().connection.name).toBe("live");
    expect(alive(world)).toBe(1);
  });

  it("[CL45] sound once, and each hears of the event", async () => {
    const { world, first, second } = await twoTabs();
    const heard: string[] = [];
    first.chat.onSignal(({ type }) => heard.push(`first ${type}`));
    second.chat.onSignal(({ type }) => heard.push(`second ${type}`));
    world.server.say("ding");
    await world.run();
    expect(heard.filter((one) => one.endsWith("sound"))).toHaveLength(1);
    expect(heard.filter((one) => one.endsWith("event")).sort()).toEqual(["first event", "second event"]);
  });

  it("[CL46] share draft, answers begun and whether the window is open", async () => {
    const { world, first, second } = await twoTabs();
    second.chat.setDraft("typed here");
    second.chat.setWindowOpen(true);
    await world.run();
    expect(first.chat.state.get()).toMatchObject({ draft: "typed here", windowOpen: true });
  });

  it("[CL47] are all wiped when one signs out", async () => {
    const { world, first, second } = await twoTabs();
    first.chat.setDraft("secret");
    await world.run();
    void second.chat.signOut();
    await world.run();
    await world.clock.advance(1_000);
    for (const { chat } of [first, second]) {
      expect(chat.state.get()).toMatchObject({ identity: null, conversation: null, timeline: [], draft: "" });
    }
    expect([...world.disk.keys()].filter((key) => !["format", "boot"].includes(key))).toEqual([]);
  });

  it("[BA4] do without a leader that the browser put to sleep; it follows when it wakes up, and nothing is lost or doubled", async () => {
    const { world, first, second } = await twoTabs();
    const third = world.tab();
    void third.chat.boot();
    await world.run();
    const wakeUp = first.sleep();
    const answered = second.chat.send("while it sleeps");
    await world.clock.advance(11_000);
    await world.run();
    expect(await answered).toMatchObject({ ok: true });
    world.server.say("I hear you");
    await world.run();
    const said = ["hello", "while it sleeps", "I hear you"];
    for (const { chat } of [second, third]) expect(texts(chat)).toEqual(said);

    wakeUp();
    await world.run();
    expect(texts(first.chat)).toEqual(said);
    const awake = first.chat.send("awake again");
    await world.run();
    expect(await awake).toMatchObject({ ok: true });
    for (const { chat } of [first, second, third]) expect(texts(chat)).toEqual([...said, "awake again"]);
    expect(alive(world)).toBe(1);
    expect(world.server.log.filter(({ type }) => type === "message.posted")).toHaveLength(4);
  });

  it("[BA4] begin by themselves where the leader has slept since before they were opened", async () => {
    const { world, first, second } = await twoTabs();
    second.crash();
    first.sleep();
    const late = world.tab();
    void late.chat.boot();
    await world.clock.advance(6_000);
    await world.run();
    expect(texts(late.chat)).toEqual(["hello"]);
    expect(late.chat.state.get().connection.name).toBe("live");
  });

  it("[BA4] leave the lead where it is while whoever has it answers, or nobody looks", async () => {
    const visible = { now: false };
    const { world, first, second } = await twoTabs();
    const hidden = world.tab({
      ports: { hints: { online: () => true, visible: () => visible.now, onWake: () => () => undefined } },
    });
    const pass = async (seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        await world.clock.advance(1_000);
        await world.run();
      }
    };
    await pass(60);
    expect(world.network.links).toHaveLength(1);
    second.crash();
    first.sleep();
    await pass(60);
    expect(world.network.links).toHaveLength(1);
    void hidden.chat.send("somebody looks again");
    visible.now = true;
    await pass(11);
    expect(world.network.links).toHaveLength(2);
    expect(texts(hidden.chat)).toEqual(["hello", "somebody looks again"]);
    expect(world.server.log.at(-1)).toMatchObject({ text: "somebody looks again" });
  });

  it("[CL48] keep a connection each where the browser has no locks", async () => {
    const { world, first, second } = await twoTabs({ locks: false });
    await world.run();
    expect(alive(world)).toBe(2);
    world.server.say("to both");
    await world.run();
    expect(texts(second.chat)).toEqual(texts(first.chat));
  });
});
