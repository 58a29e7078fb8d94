import type { ChannelSettings } from "@clew/contract/channels";
import type { FormField } from "@clew/contract/forms";
import type { Hours } from "@clew/contract/hours";
import { describe, expect, test } from "vitest";
import { opening } from "../hours/opening.ts";
import {
  agentActor,
  CHANNEL_SETTINGS,
  CUSTOMER,
  configurationOf,
  id,
  queue,
  TestWorld,
} from "../testing/test-world.ts";

const HOUR = 3_600_000;
/** Every day from `from` to `to` o'clock, in UTC. */
const daily = (number: number, from: number, to: number): Hours => ({
  id: id("hours", number),
  name: `Hours ${number}`,
  timeZone: "UTC",
  week: Array.from({ length: 7 }, () => [{ from: from * 60, to: to * 60 }]),
  exceptions: [],
  revision: 1,
});

/** It is 20:00; hours 1 are from 9 to 17, hours 2 from 12 to 22. */
function evening(channel: Partial<ChannelSettings>, queueHours: string | null = null): TestWorld {
  const queues = [queue(1, { hoursId: queueHours, maxWait: 60_000, overWait: { next: "end" } }), queue(2)];
  const hours = new Map([daily(1, 9, 17), daily(2, 12, 22)].map((one) => [one.id, one]));
  const world = new TestWorld({ ...configurationOf({ channel, queues }), hours });
  world.now = Date.parse("2026-11-21T20:00:00Z");
  return world;
}

const starting = (language = "en") => ({
  type: "conversation.start" as const,
  conversationId: id("conversation", 1),
  channelId: id("channel", 1),
  language,
  answers: [],
  files: [],
  customer: { id: id("customer", 1), kind: "guest" as const, name: null, email: null, subject: null },
});

describe("out of hours", () => {
  test("[AU1] what is written is left as a message and becomes the conversation that an agent takes up later", () => {
    const world = evening({ hoursId: id("hours", 1), outOfHours: "leave-message" });
    const conversation = world.start();
    expect(world.session(conversation)).toMatchObject({
      status: "waiting",
      leaveMessage: true,
      nextMessage: "leaves-message",
    });
    expect(world.say(CUSTOMER, conversation, "Please call me back.")).toEqual(["message.posted"]);
    expect(world.pass(14 * HOUR), "the maximum wait is for who waits here").toEqual([]);
    world.serve(conversation, 1);
    expect(world.session(conversation)).toMatchObject({
      number: 1,
      status: "active",
      leaveMessage: false,
      nextMessage: "joins-session",
    });
    expect(world.say(agentActor(1), conversation, "Good morning!")).toEqual(["message.posted"]);
  });

  test("[AU1] after an end, too, the next word is left in the same conversation", () => {
    const world = evening({ hoursId: id("hours", 1), outOfHours: "leave-message" });
    world.now -= 6 * HOUR;
    const conversation = world.start();
    expect(world.session(conversation).leaveMessage).toBe(false);
    world.serve(conversation, 1);
    world.must(agentActor(1), { type: "session.end", conversationId: conversation });
    world.now += 6 * HOUR;
    world.say(CUSTOMER, conversation, "One more thing");
    expect(world.session(conversation)).toMatchObject({ number: 2, leaveMessage: true, nextMessage: "leaves-message" });
  });

  test("[AU2] where the channel takes nothing then, a start and a next word are refused and leave no trace", () => {
    const world = evening({ hoursId: id("hours", 1), outOfHours: "refuse" });
    expect(world.give(CUSTOMER, starting())).toMatchObject({
      refused: "out-of-hours",
      extra: { retryAfter: 13 * 3600 },
    });
    world.now -= 6 * HOUR;
    const conversation = world.start();
    world.serve(conversation, 1);
    world.must(agentActor(1), { type: "session.end", conversationId: conversation });
    world.now += 6 * HOUR;
    const before = world.state(conversation);
    const text = {
      type: "message.post" as const,
      conversationId: conversation,
      text: "Hm",
      attachments: [],
      files: [],
    };
    expect(world.give(CUSTOMER, text)).toMatchObject({ refused: "out-of-hours" });
    expect(world.state(conversation)).toEqual(before);
  });

  test("[AU2] where it lets people wait, they wait as ever", () => {
    const world = evening({ hoursId: id("hours", 1), outOfHours: "queue" });
    expect(world.session(world.start())).toMatchObject({ leaveMessage: false, nextMessage: "joins-session" });
  });

  test("[AU3] the hours of the queue count as those of the channel do, for the session and for what is told before", () => {
    for (const [channelHours, queueHours, opensAt] of [
      [null, id("hours", 1), "2026-11-22T09:00:00.000Z"],
      [id("hours", 2), id("hours", 1), "2026-11-22T12:00:00.000Z"],
      [id("hours", 2), null, null],
    ] as const) {
      const world = evening({ hoursId: channelHours, outOfHours: "leave-message" }, queueHours);
      const settings = { ...CHANNEL_SETTINGS, hoursId: channelHours };
      const told = opening(world.configuration, settings, world.now);
      expect(told).toEqual({ open: opensAt === null, opensAt: opensAt && Date.parse(opensAt) });
      expect(world.session(world.start()).leaveMessage).toBe(opensAt !== null);
    }
  });

  test("[AU3] hours that are never open together promise nothing", () => {
    const world = evening({});
    const hours = new Map([daily(1, 9, 12), daily(2, 12, 22)].map((one) => [one.id, one]));
    const queues = new Map([[id("queue", 1), queue(1, { hoursId: id("hours", 2) })]]);
    const settings = { ...CHANNEL_SETTINGS, hoursId: id("hours", 1) };
    expect(opening({ hours, queues }, settings, world.now)).toEqual({ open: false, opensAt: null });
  });
});

test("[AU4] a word that would start a session without what is asked then is refused with the questions; a wrong answer with its fault", () => {
  const name: FormField = {
    key: "name",
    type: "email",
    label: { en: "E" },
    required: true,
    hidden: false,
    editable: true,
  };
  const preChat = { ask: { when: "session" as const }, fields: [name] };
  const world = new TestWorld(configurationOf({ channel: { preChat } }));
  const answer = (value: string) => [{ key: "name", value, how: "typed" as const }];
  expect(world.give(CUSTOMER, starting())).toMatchObject({
    refused: "answers-invalid",
    extra: { fields: { name: "required" } },
  });
  world.must(CUSTOMER, { ...starting(), answers: answer("ana@example.com") });
  const conversationId = id("conversation", 1);
  world.serve(conversationId, 1);
  world.must(agentActor(1), { type: "session.end", conversationId });
  const post = { type: "message.post" as const, conversationId, text: "Again", attachments: [], files: [] };
  expect(world.give(CUSTOMER, post)).toMatchObject({
    refused: "prechat-required",
    extra: { fields: { name: "required" } },
  });
  expect(world.give(CUSTOMER, { ...post, answers: answer("nobody") })).toMatchObject({
    refused: "answers-invalid",
    extra: { fields: { name: "not-an-email" } },
  });
  expect(world.must(CUSTOMER, { ...post, answers: answer("bo@example.com") })).toContain("session.started");
});
