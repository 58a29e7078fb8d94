import { expect, test } from "vitest";
import { agent, agentActor, CUSTOMER, configurationOf, queue, TestWorld } from "../testing/test-world.ts";

test("[CO33] what waits unread is counted up to ninety-nine, the newest ones, until one of us answers", () => {
  const world = new TestWorld(configurationOf({ agents: [agent(1)], queues: [queue(1)] }));
  const conversation = world.start();
  world.serve(conversation, 1);
  world.say(agentActor(1), conversation, "hello");
  const first = world.state(conversation).snapshot.number + 1;
  const say = (times: number) => {
    for (let time = 0; time < times; time += 1) world.say(CUSTOMER, conversation, "one more");
  };
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

  say(99);
  expect(world.state(conversation).unread).toEqual(numbers(first, 99));
  say(3);
  expect(world.state(conversation).unread).toEqual(numbers(first + 3, 99));
  world.say(agentActor(1), conversation, "let me see");
  expect(world.state(conversation).unread).toEqual([]);
});
