import type { Queue } from "@clew/contract/routing";
import { expect, test } from "vitest";
import { agentActor, CUSTOMER, configurationOf, id, queue, SYSTEM, TestWorld } from "../testing/test-world.ts";

const MINUTE = 60_000;

function world(first: Partial<Queue>, second: Partial<Queue>, third: Partial<Queue> = {}): TestWorld {
  return new TestWorld(configurationOf({ queues: [queue(1, first), queue(2, second), queue(3, third)] }));
}
const to = (number: number) => ({ kind: "queue" as const, id: id("queue", number) });

test("[AU20] after an overflow the next queue lets wait as long as it says, from the arrival there on", () => {
  const shop = world(
    { maxWait: 5 * MINUTE, overWait: { next: "queue", queueId: id("queue", 2) } },
    { maxWait: 3 * MINUTE, overWait: { next: "end" } },
  );
  const conversation = shop.start();
  const since = shop.session(conversation).waitingSince;
  expect(shop.pass(5 * MINUTE)).toEqual(["session.over-waited"]);
  expect(shop.session(conversation)).toMatchObject({
    waitingSince: since,
    staff: { queueId: id("queue", 2), overflowed: [id("queue", 1)] },
  });
  expect(shop.pass(3 * MINUTE - 1)).toEqual([]);
  expect(shop.pass(1)).toContain("session.ended");
  expect(shop.session(conversation).end).toMatchObject({ by: "system", why: "queue-limit" });
});

test("[AU20] a queue without a maximum wait lets who overflowed into it wait on", () => {
  const shop = world({ maxWait: MINUTE, overWait: { next: "queue", queueId: id("queue", 2) } }, { maxWait: null });
  const conversation = shop.start();
  expect(shop.pass(60 * MINUTE)).toEqual(["session.over-waited"]);
  expect(shop.session(conversation).status).toBe("waiting");
});

test("[AU21] through however many queues there is no circle: where it has been, it can leave a message", () => {
  const shop = world(
    { maxWait: MINUTE, overWait: { next: "queue", queueId: id("queue", 2) } },
    { maxWait: MINUTE, overWait: { next: "queue", queueId: id("queue", 3) } },
    { maxWait: MINUTE, overWait: { next: "queue", queueId: id("queue", 1) } },
  );
  const conversation = shop.start();
  expect(shop.pass(60 * MINUTE)).toEqual(Array(3).fill("session.over-waited"));
  expect(shop.session(conversation)).toMatchObject({ leaveMessage: true, staff: { queueId: id("queue", 3) } });
});

test("[AU22] a transfer goes by the clock of the queue it leads to, not by that of the one it comes from", () => {
  for (const [before, after, outcome] of [
    [2 * MINUTE, 9 * MINUTE, 9 * MINUTE],
    [null, 4 * MINUTE, 4 * MINUTE],
    [2 * MINUTE, null, null],
  ] as const) {
    const shop = world(
      { maxWait: before, overWait: { next: "leave-message" } },
      { maxWait: after, overWait: { next: "end" } },
    );
    const conversation = shop.start();
    shop.serve(conversation, 1);
    shop.must(agentActor(1), { type: "session.transfer", conversationId: conversation, to: to(2) });
    expect(shop.pass((outcome ?? 60 * MINUTE) - 1)).toEqual([]);
    expect(shop.pass(1)).toEqual(outcome === null ? [] : ["session.ended"]);
    if (outcome === null) expect(shop.say(CUSTOMER, conversation, "Still here")).toEqual(["message.posted"]);
  }
});

test("[IN8] nobody took it over in time is another end than nobody came in time", () => {
  const ends = { maxWait: MINUTE, overWait: { next: "end" } } as const;
  const why = (before: (shop: TestWorld, conversation: string) => void) => {
    const shop = world(ends, ends);
    const conversation = shop.start();
    before(shop, conversation);
    shop.pass(MINUTE);
    return shop.session(conversation).end;
  };
  expect(why(() => undefined)).toMatchObject({ by: "system", why: "queue-limit" });
  const handedOn = why((shop, conversation) => {
    shop.serve(conversation, 1);
    shop.must(agentActor(1), { type: "session.transfer", conversationId: conversation, to: to(2) });
  });
  expect(handedOn).toMatchObject({ by: "system", why: "transfer-failed" });
});

test("[AU22] so does a session that a flow sends to another queue", () => {
  const shop = world(
    { maxWait: 2 * MINUTE, overWait: { next: "end" } },
    { maxWait: 6 * MINUTE, overWait: { next: "end" } },
  );
  const conversation = shop.start();
  shop.now += MINUTE;
  const { id: sessionId } = shop.session(conversation);
  const route = { kind: "queue" as const, queueId: id("queue", 2) };
  shop.must(SYSTEM, { type: "flow.route", conversationId: conversation, sessionId, to: route });
  expect(shop.pass(6 * MINUTE - 1)).toEqual([]);
  expect(shop.pass(1)).toEqual(["session.ended"]);
});
