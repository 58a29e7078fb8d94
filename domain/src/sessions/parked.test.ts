import type { ReconnectTerms } from "@clew/contract/sessions";
import { expect, test } from "vitest";
import { agentActor, CUSTOMER, configurationOf, id, queue, SYSTEM, TestWorld } from "../testing/test-world.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
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

/** Agent 1 has written to the customer, who puts the conversation aside; `away`: from another device, after a drop. */
function putAside({ away = false } = {}) {
  const world = new TestWorld(configurationOf({ channel: { reconnect: TERMS } }));
  const conversationId = world.start(1, "verified");
  world.serve(conversationId, 1);
  world.say(agentActor(1), conversationId, "one moment");
  if (away) world.must(SYSTEM, { type: "customer.gone", conversationId });
  const park = () => world.must(CUSTOMER, { type: "session.clear", conversationId, mode: "park" });
  expect(park()).toEqual(["session.cleared"]);
  const session = () => world.session(conversationId);
  const load = () => world.agent(1).work.reduce((sum, { weight }) => sum + weight, 0);
  return { world, conversationId, park, session, load };
}

test("[PK2] it stays with the agent; whoever was going to leave does, and no clock of theirs ends it", () => {
  const { world, conversationId, park, session, load } = putAside();
  expect(session()).toMatchObject({ status: "inactive", parked: world.now, agent: { id: id("agent", 1) } });
  expect(park()).toEqual([]);
  world.must(SYSTEM, { type: "customer.gone", conversationId });
  expect(session().away).toMatchObject({ windowUntil: null, sameAgentUntil: world.now + 5 * MINUTE });
  expect(load()).toBe(1);
  expect(world.pass(DAY)).toEqual(["hold.ended", "hold.ended"]);
  expect([load(), session().status, session().end]).toEqual([0, "inactive", null]);
});

test("[PK2] put aside after a drop, the window that ran is called off, and what is held is held no longer for it", () => {
  const { world, session, load } = putAside({ away: true });
  expect(session().away).toMatchObject({ windowUntil: null, sameAgentUntil: world.now + 5 * MINUTE });
  expect(session().staff.hold).toMatchObject({ until: world.now + 2 * MINUTE });
  expect(world.pass(DAY)).toEqual(["hold.ended", "hold.ended"]);
  expect([load(), session().status]).toEqual([0, "inactive"]);
});

test("[PK4] a word of the agent leaves it put aside; the customer's own takes it up, with the agent or with the next", () => {
  const { world, conversationId, session } = putAside();
  world.say(agentActor(1), conversationId, "Whenever you like.");
  expect(session()).toMatchObject({ status: "active", parked: world.now });
  expect(world.say(CUSTOMER, conversationId, "Back again")).toEqual(["message.posted", "session.resumed"]);
  expect(session()).toMatchObject({ status: "active", parked: null, agent: { id: id("agent", 1) } });

  const later = putAside({ away: true });
  later.world.pass(DAY);
  expect(later.session()).toMatchObject({ agent: null, parked: expect.any(Number) });
  later.world.say(CUSTOMER, later.conversationId, "Back again");
  expect(later.session()).toMatchObject({ status: "waiting", parked: null, away: null });
});

test("[PK4] coming back by the question, within the time of the same agent, is with the same agent", () => {
  const { world, conversationId, session } = putAside({ away: true });
  world.must(SYSTEM, { type: "customer.returned", conversationId, how: "prompt" });
  expect(session()).toMatchObject({ status: "active", parked: null, away: null, agent: { id: id("agent", 1) } });
});

test("[PK4] what the team hands on or ends is put aside no more", () => {
  const handed = putAside();
  const to = { kind: "queue" as const, id: queue(2).id };
  handed.world.must(agentActor(1), { type: "session.transfer", conversationId: handed.conversationId, to });
  expect(handed.session()).toMatchObject({ status: "waiting", parked: null });
  const ended = putAside();
  ended.world.must(agentActor(1), { type: "session.end", conversationId: ended.conversationId });
  expect(ended.session()).toMatchObject({ status: "ended", parked: null });
});
