import { expect, test } from "vitest";
import { overWait } from "./over-wait.ts";

const queues = new Map([
  ["a", 1],
  ["b", 1],
]);

test("[RO19] the queue's next step happens at its maximum wait", () => {
  expect(overWait({ overWait: { next: "end" } }, { queues, visited: ["a"] })).toEqual({ next: "end" });
  expect(overWait({ overWait: { next: "queue", queueId: "b" } }, { queues, visited: ["a"] })).toEqual({
    next: "queue",
    queueId: "b",
  });
});

test("[RO19] an overflow in a circle, or into a queue that is gone, becomes a message left", () => {
  expect(overWait({ overWait: { next: "queue", queueId: "b" } }, { queues, visited: ["b", "a"] })).toEqual({
    next: "leave-message",
  });
  expect(overWait({ overWait: { next: "queue", queueId: "gone" } }, { queues, visited: ["a"] })).toEqual({
    next: "leave-message",
  });
});
