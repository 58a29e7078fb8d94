import fc from "fast-check";
import { expect, it } from "vitest";
import { type FakeTab, fakeWorld } from "../testing/fake-world.ts";
import type { MessageItem } from "./items.ts";

/** What a network, a person and a server may do to a conversation, in any order. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.constant("write" as const) },
  { weight: 3, arbitrary: fc.constant("say" as const) },
  { weight: 3, arbitrary: fc.constant("flush-up" as const) },
  { weight: 4, arbitrary: fc.constant("flush-down" as const) },
  fc.constant("cut" as const),
  fc.constant("vanish" as const),
  fc.constant("duplicate" as const),
  fc.constant("swap" as const),
  fc.constant("reload" as const),
  fc.constant("second-tab" as const),
  fc.constant("restart" as const),
  { weight: 4, arbitrary: fc.constant("wait" as const) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function live(steps: readonly Step[], seed: number) {
  const world = fakeWorld({ seed });
  let tabs: FakeTab[] = [world.tab()];
  const written: string[] = [];
  const [first] = tabs;
  void first?.chat.boot();
  await world.run();
  void first?.chat.start({ answers: [], message: "start" });
  await world.run();

  const check = () => {
    for (const { chat } of tabs) {
      const numbers = chat.state.get().timeline.flatMap((item) => item.number ?? []);
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      const keys = chat.state.get().timeline.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
    }
  };
  for (const [index, one] of steps.entries()) {
    const tab = tabs[index % tabs.length];
    const link = world.network.newest();
    if (one === "write") {
      written.push(`w${index}`);
      void tab?.chat.send(`w${index}`);
    } else if (one === "say") world.server.say(`s${index}`);
    else if (one === "flush-up") link?.flushToServer(1);
    else if (one === "flush-down") link?.flushToClient(1);
    else if (one === "cut") link?.cut();
    else if (one === "vanish") link?.vanish();
    else if (one === "duplicate") link?.toClient.push(...structuredClone(link.toClient.slice(-1)));
    else if (one === "swap") link?.toClient.reverse();
    else if (one === "restart") for (const open of world.network.links) open.cut();
    else if (one === "second-tab" && tabs.length < 3) tabs = [...tabs, world.tab()];
    else if (one === "reload") {
      // What a person wrote counts from the moment it is on disk.
      await world.clock.advance(0);
      tab?.crash();
      tabs = [...tabs.filter((other) => other !== tab), world.tab()];
    } else await world.clock.advance(700);
    for (const { chat } of tabs) void chat.boot();
    await world.clock.advance(0);
    check();
  }
  for (let second = 0; second < 90; second += 1) {
    await world.clock.advance(1_000);
    world.network.flush();
  }
  await world.run();
  check();
  return { world, tabs, written };
}

it("[CL37] shows every event once and in order, and sends every message once, through any cuts, repeats, reorderings, reloads", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), fc.nat(1_000), async (steps, seed) => {
      const { world, tabs, written } = await live(steps, seed);
      const stored = world.server.log.flatMap((event) => (event.type === "message.posted" ? [event] : []));
      const mine = stored.filter(({ by }) => by.who === "customer").map(({ text }) => text);
      expect(mine).toHaveLength(new Set(mine).size);
      expect([...mine].sort()).toEqual(["start", ...written].sort());
      for (const { chat } of tabs) {
        const messages = chat.state.get().timeline.filter((item): item is MessageItem => item.kind === "message");
        expect(messages.map(({ text }) => text)).toEqual(stored.map(({ text }) => text));
        expect(messages.every(({ delivery }) => delivery === null || delivery.state === "sent")).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);
