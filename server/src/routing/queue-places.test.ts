import type { Passing } from "@clew/contract/presence";
import { configurationOf, queue } from "@clew/domain/testing/test-world";
import { expect, test } from "vitest";
import { agentStateStore } from "../presence/store.ts";
import type { Hub } from "../stream/hub.ts";
import { openDoor } from "../testing/store.ts";
import { queuePlaces } from "./queue-places.ts";

type Told = Extract<Passing, { type: "queue-place" }>;

async function line() {
  const here = await openDoor("sqlite");
  here.world.configuration = configurationOf({ queues: [queue(1)] });
  const told: Told[] = [];
  let reads = 0;
  const hub = { hasReaders: () => true, pass: (passing: Told) => told.push(passing) } as unknown as Hub;
  const store = {
    ...here.store,
    waitingIn(queueIds: readonly string[]) {
      reads += 1;
      return here.store.waitingIn(queueIds);
    },
  };
  const places = queuePlaces({
    store,
    agentStates: agentStateStore(here.database),
    configuration: () => here.world.configuration,
    clock: { now: () => here.time.now },
    hub,
  });
  /** What each of the conversations is told when its customer begins to look. */
  const look = async (ids: readonly string[]) => {
    told.length = 0;
    for (const id of ids) {
      const state = await here.store.state(id);
      if (state) await places.tellOne(state);
    }
    return ids.map((id) => told.filter((one) => one.conversationId === id).map((one) => one.place));
  };
  return { ...here, look, reads: () => reads, told };
}

test("a crowd that comes back is told its places from one reading of the line, each only their own", async () => {
  const { start, time, look, reads, told, close } = await line();
  try {
    const ids: string[] = [];
    for (let number = 1; number <= 5; number += 1) {
      ids.push(await start(number));
      time.now += 10;
    }
    expect(await look(ids)).toEqual([[1], [2], [3], [4], [5]]);
    expect([reads(), told.length]).toEqual([1, 5]);
  } finally {
    await close();
  }
});

test("who joined after the line was read is told their place too, and an old reading is read anew", async () => {
  const { start, time, look, reads, close } = await line();
  try {
    const first = await start(1);
    time.now += 10;
    await look([first]);
    const second = await start(2);
    time.now += 10;
    expect(await look([second])).toEqual([[2]]);
    expect(reads()).toBe(2);
    time.now += 2_000;
    await look([first]);
    expect(reads()).toBe(3);
  } finally {
    await close();
  }
});
