import { describe, expect, test } from "vitest";
import { agent, agentActor, configurationOf, id, queue, SYSTEM, TestWorld } from "../testing/test-world.ts";

describe("offers", () => {
  test("[S27] an open offer reserves capacity", () => {
    const world = new TestWorld(configurationOf({ agents: [agent(1, { capacity: 1 }), agent(2)] }));
    const first = world.start(1);
    const second = world.start(2);
    world.offer(first, 1);
    expect(world.agent(1).work).toMatchObject([{ conversationId: first, kind: "offered", weight: 1 }]);
    const sessionId = world.session(second).id;
    expect(
      world.give(SYSTEM, { type: "session.offer", conversationId: second, sessionId, agentId: id("agent", 1) }),
    ).toMatchObject({ refused: "no-capacity" });
  });

  test("[S28] an offer ends at its deadline and the session waits on", () => {
    const world = new TestWorld();
    const conversation = world.start();
    world.offer(conversation, 1);
    expect(world.pass(30_000)).toEqual(["session.offer-ended"]);
    expect(world.session(conversation)).toMatchObject({
      status: "waiting",
      staff: { offer: null, declined: [{ agentId: id("agent", 1), why: "timed-out" }] },
    });
    expect(world.agent(1).work).toEqual([]);
  });

  test("[S29] nobody else can accept or decline it, nor after it has ended", () => {
    const world = new TestWorld();
    const conversation = world.start();
    world.offer(conversation, 1);
    const offerId = world.session(conversation).staff.offerId ?? "";
    expect(world.give(agentActor(2), { type: "offer.accept", conversationId: conversation, offerId })).toMatchObject({
      refused: "offer-gone",
    });
    world.must(agentActor(1), { type: "offer.decline", conversationId: conversation, offerId, why: "Lunch" });
    expect(world.give(agentActor(1), { type: "offer.accept", conversationId: conversation, offerId })).toMatchObject({
      refused: "offer-gone",
    });
  });

  test("[S30] going busy names the offers to withdraw, and withdrawing frees them", () => {
    const world = new TestWorld();
    const conversation = world.start();
    world.offer(conversation, 1);
    const outcome = world.give(agentActor(1), {
      type: "presence.set",
      agentId: id("agent", 1),
      status: "busy",
      reason: null,
    });
    if (!("performed" in outcome)) throw new Error("refused");
    expect(outcome.performed.followUps).toEqual([
      { conversationId: conversation, agentId: id("agent", 1), why: "busy" },
    ]);
    world.must(SYSTEM, { type: "offer.withdraw", conversationId: conversation, agentId: id("agent", 1), why: "busy" });
    expect(world.session(conversation).staff).toMatchObject({ offer: null, declined: [] });
  });

  test("[S30] who chose to be available and left is offline: that is why the offer is withdrawn", () => {
    const world = new TestWorld();
    const conversation = world.start();
    world.offer(conversation, 1);
    const outcome = world.give(SYSTEM, { type: "presence.drop", agentId: id("agent", 1) });
    if (!("performed" in outcome)) throw new Error("refused");
    expect(outcome.performed.followUps).toMatchObject([{ conversationId: conversation, why: "offline" }]);
  });

  test("[S31] one owner: a second agent cannot take it, a supervisor can", () => {
    const world = new TestWorld();
    const conversation = world.start();
    world.must(agentActor(1), { type: "session.take", conversationId: conversation });
    expect(world.give(agentActor(2), { type: "session.take", conversationId: conversation })).toMatchObject({
      refused: "session-taken",
    });
    const other = world.start(2);
    const give = { type: "session.take" as const, conversationId: other, agentId: id("agent", 2) };
    expect(world.give(agentActor(1), give)).toMatchObject({ refused: "forbidden" });
    world.must(agentActor(9), { type: "session.take", conversationId: conversation, agentId: id("agent", 2) });
    expect(world.session(conversation).agent?.id).toBe(id("agent", 2));
    expect([world.agent(1).work, world.agent(2).work.length]).toEqual([[], 1]);
  });

  test("[S34] auto-accept gives the session without an offer", () => {
    const world = new TestWorld(configurationOf({ queues: [queue(1, { autoAccept: true }), queue(2)] }));
    const conversation = world.start();
    world.offer(conversation, 1);
    expect(world.session(conversation)).toMatchObject({ status: "active", agent: { id: id("agent", 1) } });
  });
});

describe("transfer", () => {
  const served = () => {
    const world = new TestWorld(
      configurationOf({ agents: [agent(1), agent(2, { capacity: 1 }), agent(9, { role: "supervisor" })] }),
    );
    const conversation = world.start();
    world.serve(conversation, 1);
    return { world, conversation };
  };

  test("[S24] to an agent: offered to them alone, and to all when they decline", () => {
    const { world, conversation } = served();
    expect(
      world.must(agentActor(1), {
        type: "session.transfer",
        conversationId: conversation,
        to: { kind: "agent", id: id("agent", 2) },
        note: "knows plants",
      }),
    ).toEqual(["session.transferred", "session.offered"]);
    expect(world.session(conversation).staff).toMatchObject({
      targetAgentId: id("agent", 2),
      offer: { agentId: id("agent", 2) },
      previousAgentId: id("agent", 1),
    });
    expect(world.agent(1).work).toEqual([]);
    world.must(agentActor(2), {
      type: "offer.decline",
      conversationId: conversation,
      offerId: world.session(conversation).staff.offerId ?? "",
      why: "busy",
    });
    expect(world.session(conversation)).toMatchObject({ status: "waiting", staff: { targetAgentId: null } });
  });

  test("[S25] to an agent without room, away, or unknown: refused", () => {
    const { world, conversation } = served();
    const other = world.start(2);
    world.serve(other, 2);
    const to = (kind: "agent", number: number) =>
      world.give(agentActor(1), {
        type: "session.transfer",
        conversationId: conversation,
        to: { kind, id: id("agent", number) },
      });
    expect(to("agent", 2)).toMatchObject({ refused: "no-capacity" });
    expect(to("agent", 7)).toMatchObject({ refused: "not-found" });
    world.must(agentActor(9), { type: "presence.set", agentId: id("agent", 9), status: "away", reason: null });
    expect(to("agent", 9)).toMatchObject({ refused: "no-capacity" });
    expect(world.session(conversation).agent?.id).toBe(id("agent", 1));
  });

  test("[S26] to a queue: it waits there and capacity is free", () => {
    const { world, conversation } = served();
    world.must(agentActor(1), {
      type: "session.transfer",
      conversationId: conversation,
      to: { kind: "queue", id: id("queue", 2) },
    });
    expect(world.session(conversation)).toMatchObject({
      status: "waiting",
      agent: null,
      staff: { queueId: id("queue", 2) },
    });
    expect(world.agent(1).work).toEqual([]);
  });
});

test("[S32] an agent's work is exactly what the states claim", () => {
  const world = new TestWorld();
  const first = world.start(1);
  const second = world.start(2);
  world.serve(first, 1);
  world.offer(second, 1);
  expect(world.agent(1).work.map((work) => [work.conversationId, work.kind])).toEqual([
    [first, "active"],
    [second, "offered"],
  ]);
});
