import type { ReconnectTerms } from "@clew/contract/sessions";
import { describe, expect, test } from "vitest";
import { agent, agentActor, CUSTOMER, configurationOf, id, queue, SYSTEM, TestWorld } from "../testing/test-world.ts";

const MINUTE = 60_000;
const TERMS: ReconnectTerms = {
  sessionWindow: 10 * MINUTE,
  sameAgentWindow: 5 * MINUTE,
  capacityHold: "full",
  holdFor: 2 * MINUTE,
  linkLife: 60 * MINUTE,
  whenAgentUnavailable: "team",
  portalUrl: null,
  redirectUrl: null,
};

/** Agent 1, who can hold two, serves conversation 1, whose customer has just dropped. */
function dropped(terms: Partial<ReconnectTerms> = {}) {
  const channel = { reconnect: { ...TERMS, ...terms } };
  const agents = [agent(1), agent(2), agent(9, { role: "supervisor" as const })];
  const world = new TestWorld(configurationOf({ channel, agents, queues: [queue(1), queue(2)] }));
  const conversation = world.start();
  world.serve(conversation, 1);
  world.say(agentActor(1), conversation, "one moment");
  world.must(SYSTEM, { type: "customer.gone", conversationId: conversation });
  const back = () =>
    world.must(SYSTEM, { type: "customer.returned", conversationId: conversation, how: "same-browser" });
  const outcome = () => {
    const before = world.state(conversation);
    const answer = world.give(SYSTEM, { type: "customer.returned", conversationId: conversation, how: "same-browser" });
    if (!("performed" in answer)) throw new Error("refused");
    const [event] = answer.performed.events;
    return event?.type === "customer.returned" ? { ...event, before } : undefined;
  };
  return { world, conversation, back, outcome };
}
const load = (world: TestWorld, number: number) => world.agent(number).work.reduce((sum, work) => sum + work.weight, 0);

describe("four clocks", () => {
  test("[RC1] a drop starts the clocks, and both sides can see when they strike", () => {
    const { world, conversation } = dropped();
    const session = world.session(conversation);
    expect(session.away).toEqual({
      since: world.now,
      windowUntil: world.now + 10 * MINUTE,
      sameAgentUntil: world.now + 5 * MINUTE,
    });
    expect(session.staff.hold).toEqual({ weight: 1, until: world.now + 2 * MINUTE });
    expect(world.must(SYSTEM, { type: "customer.gone", conversationId: conversation })).toEqual([]);
  });

  test("[RC2] capacity is held in full, in part or not at all", () => {
    const weigh = (capacityHold: ReconnectTerms["capacityHold"]) => {
      const world = new TestWorld(
        configurationOf({
          channel: { weight: 3, reconnect: { ...TERMS, capacityHold } },
          agents: [agent(1, { capacity: 3 }), agent(2)],
        }),
      );
      const conversation = world.start();
      world.serve(conversation, 1);
      world.must(SYSTEM, { type: "customer.gone", conversationId: conversation });
      return load(world, 1);
    };
    expect([weigh("full"), weigh("part"), weigh("none")]).toEqual([3, 2, 0]);
  });

  test("[RC3] the clocks strike one after the other: capacity, the same agent, the session", () => {
    const { world, conversation } = dropped();
    expect(world.pass(2 * MINUTE)).toEqual(["hold.ended"]);
    expect([load(world, 1), world.session(conversation).agent?.id]).toEqual([0, id("agent", 1)]);
    expect(world.pass(3 * MINUTE)).toEqual(["hold.ended"]);
    expect(world.session(conversation)).toMatchObject({
      agent: null,
      status: "inactive",
      staff: { previousAgentId: id("agent", 1) },
    });
    expect(world.agent(1).work).toEqual([]);
    expect(world.pass(5 * MINUTE)).toEqual(["session.ended"]);
    expect(world.session(conversation).end).toMatchObject({ by: "system", why: "disconnect" });
    expect(world.pass(60 * MINUTE)).toEqual([]);
  });

  test("[RC4] while somebody is waited for, silence is not held against them", () => {
    const { world } = dropped();
    expect(world.pass(MINUTE)).toEqual([]);
    const without = new TestWorld();
    const other = without.start();
    without.serve(other, 1);
    without.say(agentActor(1), other, "hello");
    without.must(SYSTEM, { type: "customer.gone", conversationId: other });
    expect(without.session(other).away).toMatchObject({ windowUntil: null, sameAgentUntil: null });
    expect(without.pass(2 * MINUTE)).toEqual(["session.inactive", "session.warned"]);
  });

  test("[RC5] End, Close and expiry release what is held, in the same transaction", () => {
    const end = dropped();
    end.world.must(agentActor(1), { type: "session.end", conversationId: end.conversation });
    expect(end.world.agent(1).work).toEqual([]);
    expect(end.outcome()).toBeUndefined();
    const close = dropped();
    close.world.must(agentActor(1), { type: "session.close", conversationId: close.conversation });
    expect(close.outcome()).toMatchObject({ outcome: "other-agent", because: "agent-closed" });
    expect(close.world.agent(1).work).toEqual([]);
  });
});

describe("coming back", () => {
  test("[RC6] in time: same session, same agent, nothing asked, capacity as it was", () => {
    const { world, conversation, back } = dropped();
    world.now += MINUTE;
    expect(back()).toEqual(["customer.returned"]);
    expect(world.session(conversation)).toMatchObject({
      number: 1,
      status: "active",
      away: null,
      agent: { id: id("agent", 1) },
      staff: { hold: null },
    });
    expect(load(world, 1)).toBe(1);
    expect(world.pass(MINUTE - 1)).toEqual([]);
  });

  test("[RC7] after the same-agent window: waits for anyone, the previous one preferred, because window-over", () => {
    const { world, conversation, outcome } = dropped();
    world.pass(6 * MINUTE);
    expect(outcome()).toMatchObject({ outcome: "other-agent", because: "window-over" });
    expect(world.session(conversation)).toMatchObject({
      status: "waiting",
      away: null,
      staff: { previousAgentId: id("agent", 1), hold: null },
    });
  });

  test("[RC7] after the agent let go it waits, too; a session parked before the drop stays parked until a word", () => {
    const released = dropped();
    released.world.must(agentActor(1), { type: "hold.release", conversationId: released.conversation });
    expect(released.outcome()).toMatchObject({ outcome: "other-agent", because: "agent-closed" });
    expect(released.world.session(released.conversation).status).toBe("waiting");

    const taken = dropped();
    taken.world.pass(6 * MINUTE);
    taken.world.must(agentActor(2), { type: "session.take", conversationId: taken.conversation });
    expect([load(taken.world, 1), load(taken.world, 2)]).toEqual([0, 1]);
    expect(taken.outcome()).toMatchObject({ outcome: "same-agent", session: { agent: { id: id("agent", 2) } } });

    const parked = new TestWorld(
      configurationOf({ channel: { reconnect: TERMS }, queues: [queue(1, { onClose: "park" }), queue(2)] }),
    );
    const conversation = parked.start();
    parked.serve(conversation, 1);
    parked.must(agentActor(1), { type: "session.close", conversationId: conversation });
    parked.pass(10_000);
    parked.must(SYSTEM, { type: "customer.gone", conversationId: conversation });
    parked.must(SYSTEM, { type: "customer.returned", conversationId: conversation, how: "same-browser" });
    expect(parked.session(conversation)).toMatchObject({ status: "inactive", agent: null });
    expect(parked.say(CUSTOMER, conversation, "hello?")).toEqual(["message.posted", "session.waiting"]);
  });

  test("[RC8] the previous agent is full, away, busy or gone: policy decides and the reason is recorded", () => {
    const full = dropped({ capacityHold: "none" });
    for (const number of [2, 3]) full.world.serve(full.world.start(number), 1);
    expect(full.outcome()).toMatchObject({ outcome: "other-agent", because: "at-capacity" });
    expect(load(full.world, 1)).toBe(2);

    const away = dropped({ whenAgentUnavailable: "wait" });
    away.world.must(agentActor(1), { type: "presence.set", agentId: id("agent", 1), status: "away", reason: null });
    expect(away.outcome()).toMatchObject({ because: "agent-away", staff: { targetAgentId: id("agent", 1) } });

    const busy = dropped({ capacityHold: "none" });
    busy.world.must(agentActor(1), { type: "presence.set", agentId: id("agent", 1), status: "busy", reason: null });
    expect(busy.outcome()).toMatchObject({ because: "agent-busy", staff: { targetAgentId: null } });

    const busyButHeld = dropped();
    busyButHeld.world.must(agentActor(1), {
      type: "presence.set",
      agentId: id("agent", 1),
      status: "busy",
      reason: null,
    });
    expect(busyButHeld.outcome()).toMatchObject({ outcome: "same-agent" });

    const left = dropped();
    left.world.must(SYSTEM, { type: "agent.left", conversationId: left.conversation, agentId: id("agent", 1) });
    expect(left.outcome()).toMatchObject({ outcome: "waiting" });
  });

  test("[RC9] who writes is back, whatever the connections say", () => {
    const { world, conversation } = dropped();
    expect(world.say(CUSTOMER, conversation, "I am here")).toEqual(["customer.returned", "message.posted"]);
    expect(world.session(conversation).away).toBeNull();
  });

  test("[RC10] a customer who dropped while waiting keeps their place and the window runs", () => {
    const world = new TestWorld(configurationOf({ channel: { reconnect: TERMS } }));
    const conversation = world.start();
    const { waitingSince } = world.session(conversation);
    world.must(SYSTEM, { type: "customer.gone", conversationId: conversation });
    world.now += MINUTE;
    world.must(SYSTEM, { type: "customer.returned", conversationId: conversation, how: "same-browser" });
    expect(world.session(conversation)).toMatchObject({ status: "waiting", waitingSince, away: null });
  });
});

describe("the agent's hand", () => {
  test("[RC11] wait longer moves all clocks, release now lets go at once", () => {
    const { world, conversation } = dropped();
    world.must(agentActor(1), { type: "hold.extend", conversationId: conversation, by: 5 * MINUTE });
    expect(world.session(conversation)).toMatchObject({
      away: { windowUntil: world.now + 15 * MINUTE, sameAgentUntil: world.now + 10 * MINUTE },
      staff: { hold: { until: world.now + 7 * MINUTE } },
    });
    expect(world.pass(6 * MINUTE)).toEqual([]);
    world.must(agentActor(1), { type: "hold.release", conversationId: conversation });
    expect(world.agent(1).work).toEqual([]);
    expect(world.session(conversation)).toMatchObject({ agent: null, away: { sameAgentUntil: null } });
  });

  test("[RC12] a transfer while the customer is away gives the promise up", () => {
    const { world, conversation } = dropped();
    world.must(agentActor(1), {
      type: "session.transfer",
      conversationId: conversation,
      to: { kind: "queue", id: id("queue", 2) },
    });
    expect(world.session(conversation)).toMatchObject({
      status: "waiting",
      away: { sameAgentUntil: null },
      staff: { hold: null },
    });
    world.must(agentActor(2), { type: "session.take", conversationId: conversation });
    expect(world.session(conversation).staff.hold).toMatchObject({ weight: 1 });
    expect(world.session(conversation).away?.sameAgentUntil).toBe(world.now + 5 * MINUTE);
  });
});

describe("the reset", () => {
  test("[RC13] it ends session and conversation, says so, and repeating it changes nothing", () => {
    const { world, conversation } = dropped();
    expect(world.must(CUSTOMER, { type: "session.clear", conversationId: conversation, mode: "end" })).toEqual([
      "session.cleared",
      "session.ended",
      "conversation.closed",
    ]);
    expect(world.session(conversation).end).toMatchObject({ by: "customer", why: "reset" });
    expect(world.must(CUSTOMER, { type: "session.clear", conversationId: conversation, mode: "end" })).toEqual([]);
    expect(world.agent(1).work).toEqual([]);
  });

  test("[RC14] parked, the session stays with the agent to follow up", () => {
    const { world, conversation } = dropped();
    world.must(CUSTOMER, { type: "session.clear", conversationId: conversation, mode: "park" });
    expect(world.session(conversation)).toMatchObject({
      status: "inactive",
      parked: world.now,
      agent: { id: id("agent", 1) },
    });
    expect(world.state(conversation).snapshot.status).toBe("open");
  });
});
