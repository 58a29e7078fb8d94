import { problem } from "@clew/contract/problems";
import { expect, it } from "vitest";
import type { Chat } from "./chat.ts";
import { settle } from "./testing/fake-clock.ts";
import { fakeWorld } from "./testing/fake-world.ts";

const shown = (chat: Chat) => chat.state.get().timeline.flatMap((item) => (item.kind === "message" ? item.text : []));

/** A tab in a conversation whose network has just gone, with one word written into the dark. */
async function cutOff() {
  const world = fakeWorld();
  const { chat } = world.tab();
  void chat.boot();
  await world.run();
  void chat.start({ answers: [], message: "hello" });
  await world.run();
  world.network.down = true;
  world.network.newest()?.cut();
  void chat.send("one thing more");
  await world.run();
  return { world, chat };
}

it("[CM3] what is unsent when the conversation is left goes out to it, is not shown in the next one, and then it is quiet", async () => {
  const { world, chat } = await cutOff();
  expect(shown(chat)).toEqual(["hello", "one thing more"]);
  chat.newConversation();
  await world.run();
  expect(shown(chat)).toEqual([]);
  expect(chat.state.get().conversation).toBeNull();

  world.network.down = false;
  await world.clock.advance(60_000);
  await world.run();
  expect(world.server.log.at(-1)).toMatchObject({ type: "message.posted", text: "one thing more" });
  expect(chat.state.get()).toMatchObject({ connection: { name: "idle" }, draft: "", timeline: [] });
  expect([...world.disk.keys()].filter((key) => key.startsWith("outbox/"))).toEqual([]);
});

it("[CM3] it goes out, too, when the page is loaded anew before the network is back", async () => {
  const { world, chat } = await cutOff();
  chat.newConversation();
  await world.run();
  chat.close();
  const again = world.tab().chat;
  void again.boot();
  await world.run();
  expect(shown(again)).toEqual([]);
  world.network.down = false;
  await world.clock.advance(60_000);
  await world.run();
  expect(world.server.log.at(-1)).toMatchObject({ text: "one thing more" });
});

it("[CM4] words that the conversation does not take any more come back as the draft, behind what is there", async () => {
  const { world, chat } = await cutOff();
  world.server.refuseNext.push({ type: "message.post", problem: problem("conversation-closed") });
  void chat.send("and another");
  chat.setDraft("half a sen");
  world.server.refuseNext.push({ type: "message.post", problem: problem("conversation-closed") });
  chat.newConversation();
  world.network.down = false;
  await world.clock.advance(60_000);
  await world.run();
  expect(chat.state.get()).toMatchObject({ draft: "half a sen\none thing more\nand another", timeline: [] });
  expect([...world.disk.keys()].filter((key) => key.startsWith("outbox/"))).toEqual([]);
});

it("[CM4] words that were refused before the conversation is left come back as the draft", async () => {
  const world = fakeWorld();
  const { chat } = world.tab();
  void chat.boot();
  await world.run();
  void chat.start({ answers: [], message: "hello" });
  await world.run();
  world.server.refuseNext.push({ type: "message.post", problem: problem("conversation-closed") });
  void chat.send("too late");
  await world.run();
  expect(shown(chat)).toEqual(["hello", "too late"]);
  chat.newConversation();
  await world.run();
  expect(chat.state.get()).toMatchObject({ draft: "too late", timeline: [], connection: { name: "idle" } });
});

it("[CM5] a word composed before the tab knew where its start had led follows to the conversation that is there", async () => {
  const world = fakeWorld();
  const { chat } = world.tab();
  void chat.boot();
  await world.run();
  void chat.start({ answers: [], message: "the first start" });
  await world.run();
  chat.newConversation();
  await world.run();

  // The answer to the second start, that the open conversation is the one, is here as the word is on its way to the outbox.
  void chat.start({ answers: [] });
  await settle();
  const link = world.network.newest();
  link?.flushToServer();
  link?.flushToClient();
  await settle();
  link?.flushToServer();
  const word = chat.send("in the same breath");
  link?.flushToClient();
  await world.run();
  expect(await word).toMatchObject({ ok: true });
  const posts = world.server.commands.filter((command) => command.type === "message.post");
  expect(posts).toMatchObject([{ conversationId: world.server.conversationId }]);
});
