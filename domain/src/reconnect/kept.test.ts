import type { ReconnectTerms } from "@clew/contract/sessions";
import { describe, expect, test } from "vitest";
import { ABSENT_AFTER_MS, loadOf } from "../presence/agent-state.ts";
import { presenceOf } from "../presence/presence.ts";
import { candidatesFrom } from "../routing/candidate.ts";
import { route } from "../routing/route.ts";
import { whyNot } from "../routing/why-not.ts";
import { waitingSession } from "../testing/model-world.ts";
import { agent, agentActor, CUSTOMER, configurationOf, id, queue, SYSTEM, TestWorld } from "../testing/test-world.ts";

const MINUTE = 60_000;
const TERMS: ReconnectTerms = {
  sessionWindow: 30 * MINUTE,
  sameAgentWindow: 10 * MINUTE,
  capacityHold: "none",
  holdFor: 5 * MINUTE,
  linkLife: 60 * MINUTE,
  whenAgentUnavailable: "hold",
  portalUrl: null,
  redirectUrl: null,
};

type Given = { terms?: Partial<ReconnectTerms>; weight?: number; capacity?: number };

/** Customer 1 of agent 1 has dropped. */
function dropped({ terms = {}, weight = 1, capacity = 1 }: Given = {}) {
  const world = new TestWorld(
    configurationOf({
      channel: { weight, reconnect: { ...TERMS, ...terms } },
      agents: [agent(1, { capacity }), agent(2, { capacity: 9 }), agent(3), agent(9, { role: "supervisor" })],
      queues: [queue(1), queue(2)],
    }),
  );
  const conversation = world.start();
  world.serve(conversation, 1);
  world.must(SYSTEM, { type: "customer.gone", conversationId: conversation });
  const status = (chosen: "available" | "busy" | "away", number = 1) =>
    world.must(agentActor(number), {
      type: "presence.set",
      agentId: id("agent", number),
      status: chosen,
      reason: null,
    });
  const back = (conversationId = conversation) => {
    const given = world.give(SYSTEM, { type: "customer.returned", conversationId, how: "same-browser" });
    const [event] = "performed" in given ? given.performed.events : [];
    return event?.type === "customer.returned" ? event : undefined;
  };
  const kept = (conversationId = conversation) => world.session(conversationId).staff.kept ?? null;
  const routed = () => {
    const waiting = [...world.world.conversations.values()].flatMap(waitingSession);
    const agents = candidatesFrom(world.configuration, world.world.agents);
    return route({ waiting, agents, queues: world.configuration.queues, now: world.now }).map(
      ({ conversationId, agentId, because }) => [conversationId, agentId, because],
    );
  };
  return { world, conversation, status, back, kept, routed };
}

/** Customer 1 is back, while customer 2 has taken the one place of agent 1. */
function keptByNext(given: Given = {}) {
  const stage = dropped(given);
  const other = stage.world.start(2);
  stage.world.serve(other, 1);
  expect(stage.back()).toMatchObject({ outcome: "other-agent", because: "at-capacity" });
  return { ...stage, other };
}

/** Customer 1 is back to agent 1, who is away and has held their place. */
function keptByHeld() {
  const stage = dropped({ terms: { capacityHold: "full" } });
  stage.status("away");
  expect(stage.back()).toMatchObject({ outcome: "other-agent", because: "agent-away" });
  expect(stage.kept()).not.toBeNull();
  return stage;
}

const [ONE, TWO] = [id("agent", 1), id("agent", 2)];

describe("a place is kept", () => {
  test("[KP1] the customer waits for the agent from before alone, for as long as they were promised, and both sides can see it", () => {
    const { world, conversation, routed } = keptByHeld();
    const until = world.now + 10 * MINUTE;
    expect(world.session(conversation)).toMatchObject({
      ...{ status: "waiting", agent: null, keptUntil: until },
      staff: { targetAgentId: ONE, kept: { agentId: ONE, weight: 1, until } },
    });
    expect(routed()).toEqual([]);
    const sessionId = world.session(conversation).id;
    const offer = { type: "session.offer" as const, conversationId: conversation, sessionId };
    expect(world.give(SYSTEM, { ...offer, agentId: TWO })).toMatchObject({ refused: "offer-gone" });
  });

  test("[KP2] what was held stays held, in full or in part, and counts as load", () => {
    for (const [capacityHold, held] of [
      ["full", 3],
      ["part", 2],
      ["none", 0],
    ] as const) {
      const { world, status, back, kept } = dropped({ terms: { capacityHold }, weight: 3, capacity: 5 });
      status("away");
      back();
      expect([kept()?.weight, loadOf(world.agent(1))], capacityHold).toEqual([held, held]);
      expect(presenceOf(world.agent(1), 5, world.now).load, capacityHold).toBe(3);
    }
  });

  test("[KP3] the agent's next free capacity is the customer's: it is offered, passed and picked by nobody else's hand", () => {
    const { world, conversation, other, routed } = keptByNext();
    const third = world.start(3);
    expect(routed()).toEqual([[third, TWO, "strategy"]]);
    world.must(agentActor(1), { type: "session.end", conversationId: other });
    expect(presenceOf(world.agent(1), 1, world.now)).toMatchObject({ load: 1, capacity: 1 });
    const sessionId = world.session(third).id;
    const refused = { refused: "no-capacity" };
    const about = { conversationId: third };
    expect(world.give(SYSTEM, { type: "session.offer", ...about, sessionId, agentId: ONE })).toMatchObject(refused);
    expect(world.give(agentActor(1), { type: "session.take", ...about })).toMatchObject(refused);
    expect(world.give(agentActor(9), { type: "session.take", ...about, agentId: ONE })).toMatchObject(refused);
    const to = { kind: "agent" as const, id: ONE };
    expect(world.give(agentActor(9), { type: "session.transfer", ...about, to })).toMatchObject(refused);
    expect(routed()).toEqual([
      [conversation, ONE, "target"],
      [third, TWO, "strategy"],
    ]);
    world.serve(conversation, 1);
    expect(world.session(conversation)).toMatchObject({ status: "active", agent: { id: ONE }, keptUntil: null });
    expect(loadOf(world.agent(1))).toBe(1);
  });

  test("[KP3] more is put together piece by piece, and never more is used than there is", () => {
    const { world, conversation, status, back, routed } = dropped({
      ...{ weight: 2, capacity: 4, terms: { capacityHold: "part" } },
    });
    const [second] = [world.start(2)];
    world.serve(second, 1);
    const small = configurationOf({
      channel: { weight: 1, reconnect: TERMS },
      agents: [...world.configuration.agents.values()],
    });
    world.configuration = small;
    const third = world.start(3);
    world.serve(third, 1);
    expect(loadOf(world.agent(1))).toBe(4);
    status("busy");
    expect(back()).toMatchObject({ because: "at-capacity" });
    status("available");
    expect(routed()).toEqual([]);
    world.must(agentActor(1), { type: "session.end", conversationId: third });
    const fourth = world.start(4);
    expect(routed()).toEqual([
      [conversation, ONE, "target"],
      [fourth, TWO, "strategy"],
    ]);
  });

  test("[KP4] whoever came back first is first, and what one holds no other is given", () => {
    const { world, conversation, other, routed, back, kept } = keptByNext();
    world.must(SYSTEM, { type: "customer.gone", conversationId: other });
    world.now += 1;
    // The one place is the first one's, who has waited for it: the next one waits in turn.
    expect(back(other)).toMatchObject({ because: "at-capacity" });
    expect([kept()?.agentId, kept(other)?.agentId]).toEqual([ONE, ONE]);
    expect(routed()).toEqual([[conversation, ONE, "target"]]);
    expect(world.give(agentActor(1), { type: "session.take", conversationId: other })).toMatchObject({
      refused: "no-capacity",
    });
    world.serve(conversation, 1);
    world.must(agentActor(1), { type: "session.end", conversationId: conversation });
    expect(routed()).toEqual([[other, ONE, "target"]]);
  });

  test("[KP5] it is kept through an agent's reload, their pause and an offer that they could not take after all", () => {
    const { world, conversation, status, kept, routed } = keptByHeld();
    world.must(SYSTEM, { type: "presence.drop", agentId: ONE });
    expect(routed()).toEqual([]);
    world.must(SYSTEM, { type: "presence.renew", agentId: ONE, lease: MINUTE });
    status("available");
    world.offer(conversation, 1);
    world.must(SYSTEM, { type: "offer.withdraw", conversationId: conversation, agentId: ONE, why: "busy" });
    expect(kept()).toMatchObject({ agentId: ONE, weight: 1 });
    expect(loadOf(world.agent(1))).toBe(1);
  });

  test("[KP5] a customer who drops once more while waiting keeps the place, and is not promised anything anew", () => {
    const { world, conversation, back, kept } = keptByHeld();
    const before = kept();
    world.must(SYSTEM, { type: "customer.gone", conversationId: conversation });
    world.now += MINUTE;
    expect(back()).toMatchObject({ outcome: "waiting" });
    expect(kept()).toEqual(before);
  });
});

test.each(["wait", "hold"] as const)(
  "[KP5] with %s, how long a flow wanted this agent asked at first does not end the wait for them",
  (whenAgentUnavailable) => {
    const world = new TestWorld(configurationOf({ channel: { reconnect: { ...TERMS, whenAgentUnavailable } } }));
    const conversationId = world.start();
    const sessionId = world.session(conversationId).id;
    const to = { kind: "agent" as const, agentId: ONE };
    world.must(SYSTEM, { type: "flow.route", conversationId, sessionId, to, waitMax: MINUTE });
    world.serve(conversationId, 1);
    world.must(SYSTEM, { type: "customer.gone", conversationId });
    world.pass(2 * MINUTE);
    world.must(agentActor(1), { type: "presence.set", agentId: ONE, status: "away", reason: null });
    world.must(SYSTEM, { type: "customer.returned", conversationId, how: "same-browser" });
    expect(world.pass(MINUTE)).toEqual([]);
    expect(world.session(conversationId).staff.targetAgentId).toBe(ONE);
  },
);

describe("a place is kept no longer", () => {
  const about = ({ conversation }: { conversation: string }) => ({ conversationId: conversation });

  test("[KP6] at the time for which the agent was promised the session goes to the team, and the place is free", () => {
    const stage = keptByHeld();
    const { world, conversation, routed } = stage;
    world.must(SYSTEM, { type: "presence.set", agentId: TWO, status: "busy", reason: null });
    expect(world.pass(10 * MINUTE - 1)).toEqual([]);
    expect(world.pass(1)).toEqual(["hold.ended"]);
    expect(world.session(conversation)).toMatchObject({
      ...{ status: "waiting", keptUntil: null },
      staff: { kept: null, targetAgentId: null, previousAgentId: ONE },
    });
    expect(world.agent(1).work).toEqual([]);
    world.must(SYSTEM, { type: "presence.set", agentId: TWO, status: "available", reason: null });
    expect(routed()).toEqual([[conversation, TWO, "strategy"]]);
    expect(world.pass(60 * MINUTE)).toEqual([]);
  });

  type Stage = ReturnType<typeof keptByHeld>;
  const ways: Record<string, (stage: Stage) => unknown> = {
    "the supervisor ends the session": (stage) =>
      stage.world.must(agentActor(9), { type: "session.end", ...about(stage) }),
    "the customer ends it": (stage) => stage.world.must(CUSTOMER, { type: "session.end", ...about(stage) }),
    "the customer clears the window": (stage) =>
      stage.world.must(CUSTOMER, { type: "session.clear", ...about(stage), mode: "end" }),
    "the customer puts it aside": (stage) =>
      stage.world.must(CUSTOMER, { type: "session.clear", ...about(stage), mode: "park" }),
    "it is passed on to a queue": (stage) =>
      stage.world.must(agentActor(9), {
        ...{ type: "session.transfer", ...about(stage), to: { kind: "queue", id: id("queue", 2) } },
      }),
    "a colleague takes it": (stage) => stage.world.must(agentActor(2), { type: "session.take", ...about(stage) }),
    "the agent lets go": (stage) => stage.world.must(agentActor(1), { type: "hold.release", ...about(stage) }),
    "a supervisor lets go": (stage) => stage.world.must(agentActor(9), { type: "hold.release", ...about(stage) }),
    "the agent has left for good": (stage) =>
      stage.world.must(SYSTEM, { type: "agent.left", ...about(stage), agentId: ONE }),
    "the agent has been gone for too long": (stage) => {
      stage.world.must(SYSTEM, { type: "presence.drop", agentId: ONE });
      stage.world.must(SYSTEM, { type: "agent.absent", ...about(stage), agentId: ONE });
      expect(stage.kept()).not.toBeNull();
      stage.world.now += ABSENT_AFTER_MS;
      stage.world.must(SYSTEM, { type: "agent.absent", ...about(stage), agentId: ONE });
    },
    "the agent declines": (stage) => {
      stage.status("available");
      stage.world.offer(stage.conversation, 1);
      const offerId = stage.world.session(stage.conversation).staff.offerId ?? "";
      const told = stage.world.must(agentActor(1), { type: "offer.decline", ...about(stage), offerId, why: "no" });
      // Customers see nothing of offers: they are told as well.
      expect(told).toEqual(["session.offer-ended", "hold.ended"]);
    },
    "the agent lets the offer pass": (stage) => {
      stage.status("available");
      stage.world.offer(stage.conversation, 1);
      expect(stage.world.pass(30_000)).toEqual(["session.offer-ended", "hold.ended"]);
    },
  };
  test.each(Object.keys(ways))("[KP7] in the transaction in which %s", (way) => {
    const stage = keptByHeld();
    const waits = stage.world.session(stage.conversation).waitingSince;
    ways[way]?.(stage);
    expect(stage.kept()).toBeNull();
    expect(stage.world.session(stage.conversation).keptUntil).toBeNull();
    expect(stage.world.agent(1).work).toEqual([]);
    expect(stage.world.state(stage.conversation).armed).not.toHaveProperty("same-agent");
    const { status, staff, waitingSince } = stage.world.session(stage.conversation);
    if (status === "waiting") expect([staff.targetAgentId, waitingSince]).toEqual([null, waits]);
  });

  test("[KP8] who closed, whose time is over, who has left or is gone for long keeps no place: the team is asked at once", () => {
    const terms = { capacityHold: "full" as const };
    const closed = dropped({ terms });
    closed.world.must(agentActor(1), { type: "session.close", conversationId: closed.conversation });
    const late = dropped({ terms });
    late.world.pass(11 * MINUTE);
    const absent = dropped({ terms });
    absent.world.must(SYSTEM, { type: "presence.drop", agentId: ONE });
    absent.world.now += ABSENT_AFTER_MS;
    for (const [stage, because] of [
      [closed, "agent-closed"],
      [late, "window-over"],
      [absent, "agent-away"],
    ] as const) {
      expect(stage.back(), because).toMatchObject({ because, staff: { targetAgentId: null } });
      expect([stage.kept(), stage.world.agent(1).work], because).toEqual([null, []]);
    }
  });

  test("[KP9] only who keeps the place and supervisors may let go of it, and they see the conversation wherever it waits", () => {
    const { world, conversation, kept } = keptByHeld();
    for (const number of [2, 3])
      expect(world.give(agentActor(number), { type: "hold.release", conversationId: conversation })).toHaveProperty(
        "refused",
      );
    expect(kept()).not.toBeNull();
    const members = (numbers: number[]) => numbers.map((number) => id("agent", number));
    const queues = new Map([[id("queue", 1), queue(1, { members: members([2]) })]]);
    world.configuration = { ...world.configuration, queues };
    expect(
      world.must(agentActor(1), {
        type: "note.post",
        conversationId: conversation,
        text: "mine",
        attachments: [],
        files: [],
      }),
    ).toEqual(["note.posted"]);
  });

  test("[KP9] why somebody waits names the agent whose place it is as the only one who is asked", () => {
    const { world } = keptByNext();
    const [session] = [...world.world.conversations.values()].flatMap(waitingSession);
    if (!session) throw new Error("somebody waits");
    const agents = candidatesFrom(world.configuration, world.world.agents);
    expect(whyNot(session, { agents, queues: world.configuration.queues, now: world.now })).toMatchObject({
      agents: [
        { agentId: ONE, obstacle: "no-capacity" },
        { agentId: TWO, obstacle: "waits-for-another" },
      ],
    });
  });
});
