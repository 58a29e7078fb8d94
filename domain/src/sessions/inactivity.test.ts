import { describe, expect, test } from "vitest";
import { ABSENT_AFTER_MS } from "../presence/agent-state.ts";
import { agentActor, CUSTOMER, configurationOf, id, queue, SYSTEM, TestWorld } from "../testing/test-world.ts";

describe("inactivity", () => {
  test("[S18] no clock runs while the agent owes a word", () => {
    const world = new TestWorld();
    const conversation = world.start();
    world.serve(conversation, 1);
    world.say(agentActor(1), conversation, "hello");
    world.say(CUSTOMER, conversation, "my order?");
    expect(world.pass(3_600_000)).toEqual([]);
  });

  test("[S19] silence makes it inactive, a word wakes it", () => {
    const world = new TestWorld();
    const conversation = world.start();
    world.serve(conversation, 1);
    world.say(agentActor(1), conversation, "hello");
    expect(world.pass(60_000)).toEqual(["session.inactive"]);
    expect(world.say(CUSTOMER, conversation, "here")).toEqual(["message.posted", "session.resumed"]);
    expect(world.session(conversation).status).toBe("active");
  });

  test("[S20] a warning counts down for both sides; a word takes it back; silence ends the session", () => {
    const world = new TestWorld();
    const conversation = world.start();
    world.serve(conversation, 1);
    world.say(agentActor(1), conversation, "hello");
    expect(world.pass(120_000)).toEqual(["session.inactive", "session.warned"]);
    expect(world.session(conversation).countdown).toEqual({
      what: "inactivity-end",
      from: world.now,
      at: world.now + 60_000,
    });
    world.say(CUSTOMER, conversation, "wait");
    expect(world.session(conversation).countdown).toBeNull();
    world.say(agentActor(1), conversation, "sure");
    expect(world.pass(180_000)).toEqual(["session.inactive", "session.warned", "session.ended"]);
    expect(world.session(conversation).end).toMatchObject({ by: "system", why: "inactivity" });
    expect(world.agent(1).work).toEqual([]);
  });
});

describe("close", () => {
  const closing = (onClose: "keep" | "park" | "requeue") => {
    const world = new TestWorld(configurationOf({ queues: [queue(1, { onClose }), queue(2)] }));
    const conversation = world.start();
    world.serve(conversation, 1);
    world.must(agentActor(1), { type: "session.close", conversationId: conversation });
    return { world, conversation };
  };

  test("[S21] it can be taken back for ten seconds and is not the end", () => {
    const { world, conversation } = closing("park");
    expect(world.session(conversation)).toMatchObject({ status: "inactive", end: null });
    world.now += 9_000;
    world.must(agentActor(1), { type: "session.undo-close", conversationId: conversation });
    expect(world.session(conversation)).toMatchObject({ status: "active", agent: { id: id("agent", 1) } });
    expect(world.pass(60_000)).toEqual([]);
  });

  test("[S22] keep leaves it with the agent", () => {
    const { world, conversation } = closing("keep");
    world.pass(60_000);
    expect(world.session(conversation).agent?.id).toBe(id("agent", 1));
    expect(world.agent(1).work).toHaveLength(1);
  });

  test("[S22] requeue lets it wait again after the time to undo", () => {
    const { world, conversation } = closing("requeue");
    expect(world.pass(10_000)).toEqual(["session.waiting"]);
    expect(world.session(conversation)).toMatchObject({ status: "waiting", agent: null });
    expect(world.give(agentActor(1), { type: "session.undo-close", conversationId: conversation })).toHaveProperty(
      "refused",
    );
  });

  test("[S22] [S23] a parked session costs no capacity and waits when the customer writes", () => {
    const { world, conversation } = closing("park");
    expect(world.pass(10_000)).toEqual(["session.inactive"]);
    expect(world.agent(1).work).toEqual([]);
    expect(world.say(CUSTOMER, conversation, "back")).toEqual(["message.posted", "session.waiting"]);
    expect(world.session(conversation).staff.previousAgentId).toBe(id("agent", 1));
  });

  test("[S22] a customer who writes within the time to undo waits for somebody instead of lying in a park", () => {
    const { world, conversation } = closing("park");
    world.now += 1;
    world.say(CUSTOMER, conversation, "one thing");
    expect(world.pass(10_000)).toEqual(["session.waiting"]);
  });
});

describe("maximum wait", () => {
  const waits = (overWait: Parameters<typeof queue>[1]) => {
    const world = new TestWorld(configurationOf({ queues: [queue(1, { maxWait: 300_000, ...overWait }), queue(2)] }));
    return { world, conversation: world.start() };
  };

  test("[S35] a message is sent once", () => {
    const { world, conversation } = waits({ overWait: { next: "message", text: { en: "Still looking" } } });
    expect(world.pass(300_000)).toEqual(["session.over-waited", "message.posted"]);
    expect(world.pass(3_000_000)).toEqual([]);
    expect(world.state(conversation).lastMessage?.text).toBe("Still looking");
  });

  test("[S35] another queue takes it", () => {
    const { world, conversation } = waits({ overWait: { next: "queue", queueId: id("queue", 2) } });
    world.pass(300_000);
    expect(world.session(conversation).staff.queueId).toBe(id("queue", 2));
  });

  test("[S35] a message can be left", () => {
    const { world, conversation } = waits({ overWait: { next: "leave-message" } });
    world.pass(300_000);
    expect(world.session(conversation)).toMatchObject({
      status: "waiting",
      leaveMessage: true,
      nextMessage: "leaves-message",
    });
  });

  test("[S35] the system ends it", () => {
    const { world, conversation } = waits({ overWait: { next: "end" } });
    world.offer(conversation, 1);
    world.now += 299_000;
    world.pass(300_000);
    expect(world.session(conversation).end).toMatchObject({ by: "system", why: "queue-limit" });
    expect(world.agent(1).work).toEqual([]);
  });
});

test("[S33] a deactivated agent's session waits for somebody else", () => {
  const world = new TestWorld();
  const conversation = world.start();
  world.serve(conversation, 1);
  world.must(SYSTEM, { type: "agent.left", conversationId: conversation, agentId: id("agent", 1) });
  expect(world.session(conversation)).toMatchObject({ status: "waiting", agent: null });
  expect(world.agent(1).work).toEqual([]);
});

describe("an absent agent", () => {
  const absent = (lastWord: "customer" | "agent") => {
    const world = new TestWorld();
    const conversation = world.start();
    world.serve(conversation, 1);
    world.say(agentActor(1), conversation, "hello");
    if (lastWord === "customer") world.say(CUSTOMER, conversation, "my order?");
    world.world.agents.set(id("agent", 1), { ...world.agent(1), lease: world.now });
    const look = () =>
      world.must(SYSTEM, { type: "agent.absent", conversationId: conversation, agentId: id("agent", 1) });
    return { world, conversation, look };
  };

  test("[S38] whoever waits for their word goes to somebody else, after the time a crash takes", () => {
    const { world, conversation, look } = absent("customer");
    world.now += ABSENT_AFTER_MS - 1;
    expect(look()).toEqual([]);
    world.now += 1;
    expect(look()).toEqual(["session.waiting"]);
    expect(world.session(conversation)).toMatchObject({ agent: null, staff: { previousAgentId: id("agent", 1) } });
    expect(world.agent(1).work).toEqual([]);
  });

  test("[S38] who has been answered stays, until writing again", () => {
    const { world, conversation, look } = absent("agent");
    world.now += ABSENT_AFTER_MS;
    expect(look()).toEqual([]);
    expect(world.say(CUSTOMER, conversation, "and now?")).toEqual(["message.posted", "session.waiting"]);
  });
});
