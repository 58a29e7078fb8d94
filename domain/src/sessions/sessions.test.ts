import { applyEvent } from "@clew/contract/apply-event";
import { describe, expect, test } from "vitest";
import { eventForCustomer, snapshotForCustomer } from "../conversations/for-customer.ts";
import { titleOf } from "../conversations/inbox-item.ts";
import { agent, agentActor, CUSTOMER, configurationOf, id, queue, SYSTEM, TestWorld } from "../testing/test-world.ts";

const sessionBased = () => new TestWorld(configurationOf({ channel: { kind: "session-based" } }));

test("[S1] a started conversation waits in its channel's queue", () => {
  const world = new TestWorld();
  const conversation = world.start();
  const session = world.session(conversation);
  expect(session).toMatchObject({ number: 1, status: "waiting", nextMessage: "joins-session" });
  expect(session.staff.queueId).toBe(id("queue", 1));
});

test("[S2] starting again with a message posts it in the open conversation", () => {
  const world = new TestWorld();
  const conversation = world.start();
  const types = world.must(CUSTOMER, {
    type: "conversation.start",
    conversationId: conversation,
    channelId: id("channel", 1),
    language: "en",
    answers: [],
    files: [],
    customer: world.state(conversation).snapshot.customer,
    message: { id: id("command", 900), text: "hello again", attachments: [] },
  });
  expect(types).toEqual(["message.posted"]);
  expect(world.state(conversation).sessions).toBe(1);
});

test("[S3] a running session keeps the timers it began with", () => {
  const world = new TestWorld();
  const conversation = world.start();
  world.configuration = configurationOf({
    channel: { inactivity: { inactiveAfter: 1, warnAfter: 1, endAfterWarning: 1 } },
  });
  expect(world.session(conversation).staff.terms.warnAfter).toBe(120_000);
});

test("[S4] a message without text or file is refused", () => {
  const world = new TestWorld();
  const conversation = world.start();
  expect(
    world.give(CUSTOMER, {
      type: "message.post",
      conversationId: conversation,
      text: "  ",
      attachments: [],
      files: [],
    }),
  ).toMatchObject({ refused: "invalid" });
});

describe("asynchronous", () => {
  test("[S5] [S9] after the agent's end the customer's word starts a new session in the same conversation", () => {
    const world = new TestWorld();
    const conversation = world.start();
    world.serve(conversation, 1);
    world.must(agentActor(1), { type: "session.end", conversationId: conversation });
    expect(world.session(conversation)).toMatchObject({
      status: "ended",
      nextMessage: "starts-session",
      end: { by: "agent", why: "ended" },
    });
    expect(world.state(conversation).snapshot.status).toBe("open");
    expect(world.say(CUSTOMER, conversation, "one more thing")).toEqual([
      "session.started",
      "session.waiting",
      "message.posted",
    ]);
    expect(world.session(conversation)).toMatchObject({ number: 2, status: "waiting" });
    expect(world.session(conversation).staff.queueId).toBe(id("queue", 1));
  });

  test("[S10] a guest's own end closes, a verified customer's does not", () => {
    const world = new TestWorld();
    const guest = world.start(1, "guest");
    world.must(CUSTOMER, { type: "session.end", conversationId: guest });
    expect(world.state(guest).snapshot.status).toBe("closed");
    const verified = world.start(2, "verified");
    world.must(
      { who: "customer", id: id("customer", 2), name: null },
      { type: "session.end", conversationId: verified },
    );
    expect(world.state(verified).snapshot.status).toBe("open");
    expect(world.session(verified).nextMessage).toBe("starts-session");
  });
});

test("[S11] [S6] in a session-based channel the end closes, and the next message is refused by the server", () => {
  for (const [actor, by] of [
    [agentActor(1), "agent"] as const,
    [CUSTOMER, "customer"] as const,
    [SYSTEM, "system"] as const,
  ]) {
    const world = sessionBased();
    const conversation = world.start();
    world.serve(conversation, 1);
    world.must(actor, { type: "session.end", conversationId: conversation });
    expect(world.session(conversation)).toMatchObject({ end: { by, why: "ended" }, nextMessage: "refused" });
    expect(
      world.give(CUSTOMER, {
        type: "message.post",
        conversationId: conversation,
        text: "hello?",
        attachments: [],
        files: [],
      }),
    ).toMatchObject({ refused: "conversation-closed" });
  }
});

test("[S7] staff cannot write after the end", () => {
  const world = new TestWorld();
  const conversation = world.start();
  world.serve(conversation, 1);
  world.must(agentActor(1), { type: "session.end", conversationId: conversation });
  expect(
    world.give(agentActor(1), {
      type: "message.post",
      conversationId: conversation,
      text: "still there?",
      attachments: [],
      files: [],
    }),
  ).toMatchObject({ refused: "session-not-open" });
});

test("[S12] [S13] a supervisor who does not serve the session ends it as closed-by-admin", () => {
  const world = new TestWorld();
  const conversation = world.start();
  world.serve(conversation, 1);
  world.must(agentActor(9), { type: "session.end", conversationId: conversation });
  expect(world.session(conversation).end).toMatchObject({
    by: "supervisor",
    why: "closed-by-admin",
    name: "Agent 9",
    at: world.now,
  });
});

test("[S14] ending what is over changes nothing", () => {
  const world = new TestWorld();
  const conversation = world.start(1, "verified");
  world.must(CUSTOMER, { type: "session.end", conversationId: conversation });
  expect(world.must(CUSTOMER, { type: "session.end", conversationId: conversation })).toEqual([]);
});

test("[S15] where customers may not end, their end is refused", () => {
  const world = new TestWorld(configurationOf({ channel: { customerMayEnd: false } }));
  const conversation = world.start();
  expect(world.give(CUSTOMER, { type: "session.end", conversationId: conversation })).toMatchObject({
    refused: "forbidden",
  });
});

test("[S8] [S16] [S17] an opt-out ends the session only, in both kinds, and can be undone for a minute", () => {
  for (const kind of ["asynchronous", "session-based"] as const) {
    const world = new TestWorld(
      configurationOf({ channel: { kind, optOut: { on: true, keywords: { en: ["stop"] } } } }),
    );
    const conversation = world.start();
    world.serve(conversation, 1);
    world.say(CUSTOMER, conversation, "Stop");
    expect(world.session(conversation)).toMatchObject({
      status: "ended",
      end: { by: "customer", why: "optout" },
      nextMessage: "starts-session",
      countdown: { what: "undo-optout", at: world.now + 60_000 },
    });
    expect(world.state(conversation).snapshot.status).toBe("open");
    expect(world.agent(1).work).toEqual([]);
    world.now += 59_000;
    world.must(CUSTOMER, { type: "optout.undo", conversationId: conversation });
    expect(world.session(conversation)).toMatchObject({ number: 1, status: "waiting", end: null });
    world.serve(conversation, 1);
    world.say(CUSTOMER, conversation, "stop");
    world.now += 60_001;
    expect(world.give(CUSTOMER, { type: "optout.undo", conversationId: conversation })).toMatchObject({
      refused: "undo-too-late",
    });
  }
});

test("[S17] what a reset has closed since the opt-out does not come back by undoing it", () => {
  const world = new TestWorld(configurationOf({ channel: { optOut: { on: true, keywords: { en: ["stop"] } } } }));
  const conversation = world.start();
  world.say(CUSTOMER, conversation, "stop");
  world.must(CUSTOMER, { type: "session.clear", conversationId: conversation, mode: "end" });
  const undo = world.give(CUSTOMER, { type: "optout.undo", conversationId: conversation });
  expect(undo).toMatchObject({ refused: "conversation-closed" });
});

test("[S16] the word is ordinary while opt-out is off, and inside a sentence", () => {
  const off = new TestWorld();
  const first = off.start();
  off.say(CUSTOMER, first, "stop");
  expect(off.session(first).status).toBe("waiting");
});

test("[S36] staff matters reach customers masked, the numbers without holes", () => {
  const world = new TestWorld();
  const conversation = world.start();
  const outcome = world.give(agentActor(9), {
    type: "note.post",
    conversationId: conversation,
    text: "secret",
    attachments: [],
    files: [],
  });
  if (!("performed" in outcome)) throw new Error("refused");
  const [note] = outcome.performed.events;
  expect(eventForCustomer(note as never)).toEqual({
    type: "hidden",
    conversationId: conversation,
    number: note?.number,
    at: world.now,
    by: { who: "system" },
    audience: "all",
  });
  const seen = JSON.stringify(snapshotForCustomer(world.state(conversation).snapshot));
  expect(seen).not.toContain("queueId");
});

test("[S37] snapshot and events make the fresh snapshot, for both sides", () => {
  const world = new TestWorld(
    configurationOf({ queues: [queue(1, { autoAccept: true }), queue(2)], agents: [agent(1), agent(2)] }),
  );
  const conversation = world.start();
  const before = world.state(conversation).snapshot;
  const sessionId = before.session?.id ?? "";
  const outcome = world.give(SYSTEM, {
    type: "session.offer",
    conversationId: conversation,
    sessionId,
    agentId: id("agent", 1),
  });
  if (!("performed" in outcome)) throw new Error("refused");
  const { events } = outcome.performed;
  expect(events.map((event) => event.type)).toEqual(["session.assigned"]);
  const after = world.state(conversation).snapshot;
  expect(events.reduce(applyEvent, before as never)).toEqual(after);
  expect(events.map(eventForCustomer).reduce(applyEvent, snapshotForCustomer(before))).toEqual(
    snapshotForCustomer(after),
  );
});

test("[S39] the title of a conversation names the choice, not its value", () => {
  const topic = {
    key: "topic",
    type: "choice" as const,
    label: { en: "Topic" },
    required: true,
    hidden: false,
    editable: true,
    choices: [{ value: "r", label: { de: "Eine Rücksendung", en: "A return" } }],
  };
  const world = new TestWorld(
    configurationOf({ channel: { preChat: { ask: { when: "conversation" }, fields: [topic] } } }),
  );
  const conversationId = id("conversation", 1);
  world.must(CUSTOMER, {
    type: "conversation.start",
    conversationId,
    channelId: id("channel", 1),
    language: "de",
    answers: [{ key: "topic", value: "r", how: "typed" }],
    files: [],
    customer: { id: id("customer", 1), kind: "guest", name: "Ana", email: null, subject: null },
  });
  expect(titleOf(world.state(conversationId))).toBe("Ana · A return");
  expect(JSON.stringify(snapshotForCustomer(world.state(conversationId).snapshot).facts)).not.toContain("A return");
});
