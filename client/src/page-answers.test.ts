import type { ConversationEvent } from "@clew/contract/events";
import { problem } from "@clew/contract/problems";
import type { NextMessage } from "@clew/contract/sessions";
import { expect, it } from "vitest";
import { fakeWorld } from "./testing/fake-world.ts";

/** A tab whose customer has begun, after the page said what it has to say. */
async function begun(said: Record<string, string>[] = [{ plan: "gold" }]) {
  const world = fakeWorld();
  const { chat } = world.tab();
  void chat.boot();
  await world.run();
  for (const values of said) chat.setHiddenFields(values);
  void chat.start({ answers: [{ key: "name", value: "Ana" }], message: "hello" });
  await world.run();
  /** What went along with the newest command of that type. */
  const answers = (type: "conversation.start" | "message.post") => {
    const command = world.server.commands.findLast((one) => one.type === type);
    return command && "answers" in command ? command.answers : undefined;
  };
  /** The session is over, and the next word does that. */
  const ends = async (nextMessage: NextMessage) => {
    const { server } = world;
    const [, first] = server.log;
    if (first?.type !== "session.started") throw new Error("no session");
    const number = server.log.length + 1;
    const session = { ...first.session, status: "ended" as const, nextMessage };
    const event = { ...first, type: "session.ended", number, session, previousStatus: "active" } as ConversationEvent;
    server.log.push(event);
    const topic = { kind: "conversation" as const, id: server.conversationId ?? "" };
    server.broadcast({ type: "events", topic, events: [event] });
    await world.run();
  };
  const looks = () => world.server.calls.filter((call) => call.includes("/boot")).length;
  return { world, chat, answers, ends, looks };
}

const hidden = (key: string, value: string) => ({ key, value, how: "hidden" });

it("[AU10] what the page says of hidden fields adds up, and goes along with the start beside what was typed", async () => {
  const { answers } = await begun([{ plan: "gold", cart: "129" }, { cart: "131" }]);
  expect(answers("conversation.start")).toEqual([
    { key: "name", value: "Ana", how: "typed" },
    hidden("plan", "gold"),
    hidden("cart", "131"),
  ]);
});

it("[AU10] a field that the page shows fixed is sent as the page's word", async () => {
  const { world, chat, answers } = await begun([]);
  chat.newConversation();
  void chat.start({ answers: [{ key: "email", value: "ana@example.com", how: "hidden" }] });
  await world.run();
  expect(answers("conversation.start")).toEqual([hidden("email", "ana@example.com")]);
});

it("[AU11] it goes along again with the word that starts the next session, and with no other", async () => {
  const { world, chat, answers, ends } = await begun();
  void chat.send("and more");
  await world.run();
  expect(answers("message.post")).toBeUndefined();
  chat.setHiddenFields({ cart: "7" });
  await ends("starts-session");
  void chat.send("once more", { answers: [{ key: "cart", value: "typed", how: "typed" }] });
  await world.run();
  expect(answers("message.post")).toEqual([{ key: "cart", value: "typed", how: "typed" }, hidden("plan", "gold")]);
});

it("[AU12] signing out forgets what the page said of the one before, at once", async () => {
  const { world, chat, answers } = await begun();
  chat.prefill({ name: "Ana" }, { editable: false });
  void chat.signOut();
  expect(chat.state.get()).toMatchObject({ hiddenFields: {}, prefill: { values: {}, editable: true } });
  chat.prefill({ name: "Bo" }, { editable: true });
  await world.run();
  expect(chat.state.get().prefill.values).toEqual({ name: "Bo" });
  void chat.start({ answers: [] });
  await world.run();
  expect(answers("conversation.start")).toEqual([]);
});

it("[AU6] a start that comes too late in the day is not tried again all night, but told, and the channel is asked for", async () => {
  const world = fakeWorld();
  const { chat } = world.tab();
  void chat.boot();
  await world.run();
  chat.setWindowOpen(true);
  chat.setPreChatDraft({ name: "Ana" });
  world.server.refuseNext.push({
    type: "conversation.start",
    problem: problem("out-of-hours", { retryAfter: 40_000 }),
  });
  const looks = () => world.server.calls.filter((call) => call.includes("/boot")).length;
  const started = chat.start({ answers: [{ key: "name", value: "Ana" }] });
  await world.run();
  expect(await started).toMatchObject({ ok: false, problem: { code: "out-of-hours" } });
  expect(chat.state.get()).toMatchObject({ starting: { name: "failed" }, preChatDraft: { name: "Ana" } });
  expect(looks()).toBe(3);
});

it("[AU5] once a session is over an open window asks anew whether anybody is there, then each minute; while one runs it does not", async () => {
  const { world, chat, ends, looks } = await begun();
  chat.setWindowOpen(true);
  await world.run();
  await world.clock.advance(130_000);
  await world.run();
  expect(looks()).toBe(1);
  await ends("starts-session");
  expect(looks()).toBe(2);
  await world.clock.advance(61_000);
  await world.run();
  expect(looks()).toBe(3);
});
