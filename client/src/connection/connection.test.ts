import { DEAD_AFTER_MS } from "@clew/contract/limits";
import type { ServerMessage } from "@clew/contract/stream";
import { describe, expect, it } from "vitest";
import { type FakeWorld, fakeWorld } from "../testing/fake-world.ts";
import { messagePosted } from "../testing/samples.ts";
import { BACKOFF_BASE_MS, BACKOFF_CAP_MS, backoff } from "./backoff.ts";

async function connected() {
  const world = fakeWorld();
  const tab = world.tab();
  void tab.chat.boot();
  await world.run();
  void tab.chat.start({ answers: [], message: "hello" });
  await world.run();
  expect(tab.chat.state.get().connection.name).toBe("live");
  return { world, tab, chat: tab.chat };
}
const conversation = (world: FakeWorld) => ({ kind: "conversation" as const, id: world.server.conversationId ?? "" });
const say = (world: FakeWorld, message: ServerMessage) => {
  world.network.newest()?.toClient.push(message);
  world.network.newest()?.flushToClient();
};

describe("back-off", () => {
  it("[CL20] waits a random part of a span that doubles from 250 ms to 30 s", () => {
    expect([0, 1, 2, 3].map((tries) => backoff(tries, 1))).toEqual([250, 500, 1000, 2000]);
    expect(backoff(60, 1)).toBe(BACKOFF_CAP_MS);
    expect(backoff(5, 0)).toBe(0);
    expect(backoff(0, 0.5)).toBe(BACKOFF_BASE_MS / 2);
  });

  it("[CL21] goes on trying while the server is away, and ever more rarely", async () => {
    const { world, chat } = await connected();
    world.network.down = true;
    world.network.newest()?.cut();
    await world.clock.advance(60_000);
    const inFirstMinute = world.network.links.length;
    await world.clock.advance(60_000);
    const inSecond = world.network.links.length - inFirstMinute;
    expect(inFirstMinute).toBeGreaterThan(5);
    expect(inSecond).toBeGreaterThan(0);
    expect(inSecond).toBeLessThan(inFirstMinute);
    expect(chat.state.get().connection.name).toBe("offline");
  });

  it("[CL22] tries at once when the network is back or the page in sight again", async () => {
    const { world, tab } = await connected();
    world.network.down = true;
    world.network.newest()?.cut();
    await world.clock.advance(120_000);
    world.network.down = false;
    tab.wake();
    await world.run();
    expect(tab.chat.state.get().connection.name).toBe("live");
  });

  it("[CL23] counts tries on until a connection has been stable for a while", async () => {
    const { world, chat } = await connected();
    const spans: number[] = [];
    for (let cut = 0; cut < 12; cut += 1) {
      world.network.newest()?.cut();
      const before = world.clock.elapsed();
      while (chat.state.get().connection.name !== "live") {
        await world.clock.advance(50);
        await world.run();
      }
      spans.push(world.clock.elapsed() - before);
    }
    const average = (list: number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
    expect(average(spans.slice(6))).toBeGreaterThan(average(spans.slice(0, 3)) * 4);
    await world.clock.advance(11_000);
    await world.run();
    world.network.newest()?.cut();
    await world.clock.advance(BACKOFF_BASE_MS);
    await world.run();
    expect(chat.state.get().connection.name).toBe("live");
  });
});

describe("a connection that is dead and does not say so", () => {
  it("[CL24] is found by its unanswered ping, and replaced", async () => {
    const { world, chat } = await connected();
    world.network.newest()?.vanish();
    await world.clock.advance(DEAD_AFTER_MS + 1_000);
    await world.run();
    expect(world.network.links).toHaveLength(2);
    expect(chat.state.get().connection.name).toBe("live");
  });

  it("[CL25] is found when it still brings events and takes nothing of ours", async () => {
    const { world } = await connected();
    const [link] = world.network.links;
    for (let second = 0; second < 40; second += 1) {
      if (second % 5 === 0) world.server.say(`still talking ${second}`);
      if (link) link.toServer.length = 0;
      link?.flushToClient();
      await world.clock.advance(1_000);
    }
    expect(world.network.links.length).toBeGreaterThan(1);
  });

  it("[CL26] is found within seconds when the page wakes up", async () => {
    const { world, tab } = await connected();
    world.network.newest()?.vanish();
    tab.wake();
    await world.clock.advance(6_000);
    await world.run();
    expect(tab.chat.state.get().connection.name).toBe("live");
  });

  it("[CL27] is not seen in a clock that was set forward or back", async () => {
    const { world } = await connected();
    for (const jump of [86_400_000, -172_800_000]) {
      world.clock.jump(jump);
      for (let second = 0; second < 60; second += 1) {
        await world.clock.advance(1_000);
        await world.run();
      }
    }
    expect(world.network.links.filter((link) => link.alive())).toHaveLength(1);
    expect(world.network.links).toHaveLength(1);
  });
});

describe("what the server says of the connection", () => {
  it("[CL28] comes back after a bye within the time it was given", async () => {
    const { world, chat } = await connected();
    say(world, { type: "bye", reason: "restarting", retryAfter: 4_000 });
    expect(chat.state.get().connection.name).toBe("connecting");
    await world.clock.advance(4_000);
    await world.run();
    expect(chat.state.get().connection.name).toBe("live");
  });

  it("[CL29] stays away after a bye that says so, and tells why", async () => {
    const { world, chat } = await connected();
    say(world, { type: "bye", reason: "superseded", retryAfter: null });
    await world.clock.advance(120_000);
    await world.run();
    expect(chat.state.get().connection).toEqual({ name: "closed", reason: "superseded" });
    expect(world.network.links).toHaveLength(1);
  });

  it("[CL30] gets a new token by the resume secret when the old one has expired", async () => {
    const { world, chat } = await connected();
    const before = [...world.server.secrets];
    say(world, { type: "bye", reason: "token-expired", retryAfter: null });
    await world.clock.advance(1_000);
    await world.run();
    expect(chat.state.get().connection.name).toBe("live");
    expect([...world.server.secrets]).not.toEqual(before);
    expect(world.disk.get("identity")).toMatchObject({ resumeSecret: [...world.server.secrets][0] });
  });

  it("[CL31] renews the token in time and tells the server over the same connection", async () => {
    const { world } = await connected();
    for (let minute = 0; minute < 11; minute += 1) {
      for (let ten = 0; ten < 6; ten += 1) {
        await world.clock.advance(10_000);
        await world.run();
      }
    }
    expect(world.server.calls.filter((call) => call.endsWith("/identity/resume"))).toHaveLength(1);
    expect(world.network.links).toHaveLength(1);
  });
});

describe("numbers", () => {
  it("[CL32] applies the next event only; a repeat is dropped", async () => {
    const { world, chat } = await connected();
    const [, , third] = world.server.log;
    if (third) say(world, { type: "events", topic: conversation(world), events: [third] });
    expect(chat.state.get().timeline).toHaveLength(3);
    expect(world.network.links).toHaveLength(1);
  });

  it("[CL33] closes and resumes at a gap, and never shows what lies behind it first", async () => {
    const { world, chat } = await connected();
    const ahead = messagePosted(conversation(world).id, 6, { text: "too early", by: { who: "agent" }, at: 1 });
    say(world, { type: "events", topic: conversation(world), events: [ahead] });
    expect(chat.state.get().conversation?.number).toBe(3);
    world.server.say("in order");
    await world.clock.advance(1_000);
    await world.run();
    expect(world.network.links).toHaveLength(2);
    expect(chat.state.get().conversation?.number).toBe(4);
  });

  it("[CL34] resumes when catching up ends before the number it should", async () => {
    const { world } = await connected();
    say(world, { type: "live", topic: conversation(world), number: 9 });
    await world.clock.advance(1_000);
    expect(world.network.links).toHaveLength(2);
  });

  it("[CL35] goes on after its cursor, and asks for no more than it missed", async () => {
    const { world, chat } = await connected();
    world.network.newest()?.cut();
    for (let count = 0; count < 300; count += 1) world.server.say(`missed ${count}`);
    await world.clock.advance(1_000);
    await world.run();
    expect(chat.state.get().conversation?.number).toBe(303);
    expect(chat.state.get().timeline).toHaveLength(303);
  });

  it("[CL36] takes a fresh snapshot in place of a copy from another epoch, and shows the old one until it is here", async () => {
    const { world, chat } = await connected();
    world.server.epoch = "epoch-2";
    world.server.log.pop();
    world.network.newest()?.cut();
    await world.clock.advance(1_000);
    const link = world.network.newest();
    link?.flushToServer();
    link?.flushToClient(1);
    link?.flushToServer();
    while (link?.toClient.some(({ type }) => type === "resync")) link.flushToClient(1);
    expect(link?.toClient[0]?.type).toBe("snapshot");
    expect(chat.state.get().timeline).toHaveLength(3);
    await world.run();
    expect(chat.state.get().timeline).toHaveLength(2);
  });
});
