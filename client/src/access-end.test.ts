import { expect, it } from "vitest";
import type { Chat } from "./chat.ts";
import { settle } from "./testing/fake-clock.ts";
import { fakeWorld } from "./testing/fake-world.ts";

type World = ReturnType<typeof fakeWorld>;

/** A world with one tab in a started conversation. */
async function started() {
  const world = fakeWorld();
  const tab = world.tab();
  void tab.chat.boot();
  await world.run();
  void tab.chat.start({ answers: [], message: "hello" });
  await world.run();
  return { world, tab, chat: tab.chat };
}

/** The browser again, after a reload or a crash. */
async function again(world: World): Promise<Chat> {
  const { chat } = world.tab();
  void chat.boot();
  await world.run();
  return chat;
}

async function pass(world: World, ms: number, step = 250): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    await world.clock.advance(step);
    await world.run();
  }
}
const minutes = (world: World, count: number) => pass(world, count * 60_000, 2_000);

/** The server answers, and renews nothing until the result is called. */
function refusing({ server }: World): () => void {
  const { fetch } = server;
  server.fetch = async (input, init) =>
    String(input).endsWith("/identity/resume") ? new Response("no", { status: 503 }) : fetch(input, init);
  return () => {
    server.fetch = fetch;
  };
}

const endsAccess = ({ server }: World) => server.broadcast({ type: "bye", reason: "token-expired", retryAfter: null });
const renewals = ({ server }: World) => server.calls.filter((call) => call.endsWith("/identity/resume"));
const posts = ({ server }: World) =>
  server.log.flatMap((event) => (event.type === "message.posted" ? [event.text] : []));

it("[TE6] is back with new access at once; what was on its way goes once more and is stored once", async () => {
  const { world, chat } = await started();
  const seen = new Set<string>();
  chat.state.subscribe(() => seen.add(`${chat.state.get().connection.name} ${chat.state.get().lapsed}`));
  void chat.send("into the end");
  await settle();
  const [link] = world.network.links.slice(-1);
  endsAccess(world);
  // The server takes nothing more from it: what was sent behind the end is lost.
  link?.flushToClient();
  await pass(world, 1_000);
  expect(chat.state.get()).toMatchObject({ connection: { name: "live" }, lapsed: false });
  expect([...seen].filter((each) => !/^(connecting|catching-up|live) false$/.test(each))).toEqual([]);
  expect(renewals(world)).toHaveLength(1);
  expect(posts(world)).toEqual(["hello", "into the end"]);
});

it("[TE7] while nothing is renewed it is asked each quarter of a minute; with access the connection is back at once", async () => {
  const { world, chat } = await started();
  const renewing = refusing(world);
  await minutes(world, 11);
  endsAccess(world);
  void chat.send("waits");
  await minutes(world, 10);
  expect(chat.state.get()).toMatchObject({ connection: { name: "connecting" }, lapsed: true });
  expect(posts(world)).toEqual(["hello"]);
  renewing();
  const until = world.clock.now() + 15_000;
  while (chat.state.get().lapsed && world.clock.now() <= until) await pass(world, 250);
  expect(chat.state.get()).toMatchObject({ connection: { name: "live" }, lapsed: false });
  expect(posts(world)).toEqual(["hello", "waits"]);
  expect(renewals(world)).toHaveLength(1);
});

it("[TE8] is told after a reload as before it, and over when access is back", async () => {
  const { world, tab, chat } = await started();
  const renewing = refusing(world);
  await minutes(world, 11);
  expect(chat.state.get().lapsed).toBe(true);
  tab.crash();
  const reloaded = await again(world);
  expect(reloaded.state.get()).toMatchObject({ lapsed: true, conversation: { number: world.server.log.length } });
  renewing();
  await minutes(world, 1);
  expect(reloaded.state.get()).toMatchObject({ connection: { name: "live" }, lapsed: false });
});

it("[TE8] [TE7] where no conversation is left it is told as well, and asked again", async () => {
  const { world, tab, chat } = await started();
  chat.newConversation();
  await world.run();
  const renewing = refusing(world);
  tab.crash();
  await minutes(world, 11);
  const reloaded = await again(world);
  expect(reloaded.state.get()).toMatchObject({ lapsed: true, conversation: null });
  renewing();
  await pass(world, 15_000);
  expect(reloaded.state.get().lapsed).toBe(false);
});

it("[TE8] access that could still be good, and a server that does not answer, are no reason to say so", async () => {
  const { world, tab } = await started();
  const renewing = refusing(world);
  tab.crash();
  const soon = await again(world);
  expect(soon.state.get()).toMatchObject({ lapsed: false, connection: { name: "connecting" } });
  renewing();
  world.network.down = true;
  await minutes(world, 11);
  expect((await again(world)).state.get().lapsed).toBe(false);
});

it("[TE8] a copy from before its end was kept calls nothing over", async () => {
  const { world, tab } = await started();
  tab.crash();
  const { expiresAt: _, ...older } = world.disk.get("identity") as Record<string, unknown>;
  world.disk.set("identity", older);
  refusing(world);
  await minutes(world, 11);
  expect((await again(world)).state.get().lapsed).toBe(false);
});
