import type { ReconnectClocks, ReconnectTerms } from "@clew/contract/sessions";
import { expect, test } from "vitest";
import { agent, agentActor, configurationOf, id, queue, SYSTEM, TestWorld } from "../testing/test-world.ts";

const MINUTE = 60_000;
const CHANNEL: ReconnectTerms = {
  sessionWindow: 10 * MINUTE,
  sameAgentWindow: 5 * MINUTE,
  capacityHold: "full",
  holdFor: 2 * MINUTE,
  linkLife: 60 * MINUTE,
  whenAgentUnavailable: "team",
  portalUrl: null,
  redirectUrl: null,
};
const OWN: ReconnectClocks = {
  sessionWindow: 40 * MINUTE,
  sameAgentWindow: 30 * MINUTE,
  capacityHold: "part",
  holdFor: 20 * MINUTE,
};

/** Agent 1 serves conversation 1 of the first queue; the second has clocks of its own. */
function served(
  channel: { reconnect?: ReconnectTerms } = { reconnect: CHANNEL },
  first: Partial<ReconnectClocks> = {},
) {
  const own = { ...OWN, ...first };
  const queues = Object.keys(first).length > 0 ? [queue(1, { reconnect: own })] : [queue(1)];
  const world = new TestWorld(
    configurationOf({
      channel: { weight: 2, ...channel },
      agents: [agent(1, { capacity: 4 }), agent(2, { capacity: 4 })],
      queues: [...queues, queue(2, { reconnect: OWN })],
    }),
  );
  const conversationId = world.start();
  world.serve(conversationId, 1);
  const drop = () => world.must(SYSTEM, { type: "customer.gone", conversationId });
  const transfer = (to: { kind: "agent" | "queue"; id: string }) =>
    world.must(agentActor(1), { type: "session.transfer", conversationId, to });
  return { world, conversationId, drop, transfer };
}

const clocks = (world: TestWorld, conversationId: string) => {
  const { away, staff } = world.session(conversationId);
  const after = (at: number | null | undefined) => (at == null ? at : (at - world.now) / MINUTE);
  return {
    window: after(away?.windowUntil),
    agent: after(away?.sameAgentUntil),
    hold: [staff.hold?.weight, after(staff.hold?.until)],
  };
};

test("[CM11] a queue with clocks of its own goes by them, any other by the channel's", () => {
  const plain = served();
  plain.drop();
  expect(clocks(plain.world, plain.conversationId)).toEqual({ window: 10, agent: 5, hold: [2, 2] });
  const own = served({ reconnect: CHANNEL }, OWN);
  own.drop();
  expect(clocks(own.world, own.conversationId)).toEqual({ window: 40, agent: 30, hold: [1, 20] });
});

test("[CM11] a session that moves to another queue goes by the clocks of that one", () => {
  const { world, conversationId, drop, transfer } = served();
  transfer({ kind: "queue", id: id("queue", 2) });
  world.serve(conversationId, 2);
  drop();
  expect(clocks(world, conversationId)).toEqual({ window: 40, agent: 30, hold: [1, 20] });
});

test("[CM11] clocks that run are moved neither by a saved queue nor by a transfer, and nobody is promised past the window", () => {
  const { world, conversationId, drop, transfer } = served();
  drop();
  const running = clocks(world, conversationId);
  world.configuration = configurationOf({
    channel: { weight: 2, reconnect: CHANNEL },
    agents: [agent(1, { capacity: 4 }), agent(2, { capacity: 4 })],
    queues: [
      queue(1, { reconnect: { ...OWN, sessionWindow: MINUTE, sameAgentWindow: MINUTE } }),
      queue(2, { reconnect: OWN }),
    ],
  });
  expect(clocks(world, conversationId)).toEqual(running);
  transfer({ kind: "queue", id: id("queue", 2) });
  world.serve(conversationId, 2);
  expect(clocks(world, conversationId)).toMatchObject({ window: 10, agent: 10 });
});

test("[CM11] where the channel keeps no chats, a queue keeps none either", () => {
  const { world, conversationId, drop } = served({}, OWN);
  drop();
  expect(clocks(world, conversationId)).toEqual({ window: null, agent: null, hold: [undefined, undefined] });
});
