import type { QueueSettings } from "@clew/contract/routing";
import { expect, test } from "vitest";
import { filled } from "../dev/fixtures.ts";
import { checkQueue } from "./check-queue.ts";

test("[CM12] a queue's own clock that is longer than the one around it is refused at its field, before anything is sent", () => {
  const queue = filled().queues[0] as QueueSettings;
  const clocks = { sessionWindow: 60_000, sameAgentWindow: 120_000, capacityHold: "full", holdFor: 180_000 } as const;
  expect(Object.keys(checkQueue({ ...queue, reconnect: clocks }))).toEqual([
    "/reconnect/sameAgentWindow",
    "/reconnect/holdFor",
  ]);
  expect(checkQueue({ ...queue, reconnect: { ...clocks, sessionWindow: null, capacityHold: "none" } })).toEqual({});
});
