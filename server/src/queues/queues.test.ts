import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES, expectRefused, openConfigurationStore, QUEUE } from "../testing/configuration.ts";

describe.each(ENGINES)("queues on %s", (engine) => {
  let store: Awaited<ReturnType<typeof openConfigurationStore>>;
  beforeAll(async () => {
    store = await openConfigurationStore(engine);
  });
  afterAll(() => store.close());

  test("[CF27] queues never hand over in a circle", async () => {
    const first = await store.call("createQueue", { body: { ...QUEUE, name: "First" } });
    const to = (queueId: string) => ({ next: "queue", queueId });
    const second = await store.call("createQueue", { body: { ...QUEUE, name: "Second", overWait: to(first.id) } });
    const third = await store.call("createQueue", { body: { ...QUEUE, name: "Third", overWait: to(second.id) } });
    const circle = { ...QUEUE, name: first.name, overWait: to(third.id) };
    const params = { id: first.id };
    const refusal = { reason: "over-wait-circle", field: "/overWait/queueId" };
    await expectRefused(
      store.call("saveQueue", { params, body: { settings: circle, revision: 1 } }),
      "setting-refused",
      refusal,
    );
    const itself = { ...circle, overWait: to(first.id) };
    await expectRefused(
      store.call("saveQueue", { params, body: { settings: itself, revision: 1 } }),
      "setting-refused",
      refusal,
    );
  });

  test("[CM12] a queue's own clocks are kept, and refused where one is longer than the one around it", async () => {
    const minutes = (count: number) => count * 60_000;
    const reconnect = {
      sessionWindow: minutes(30),
      sameAgentWindow: minutes(20),
      capacityHold: "part",
      holdFor: minutes(10),
    };
    const kept = await store.call("createQueue", { body: { ...QUEUE, name: "Own clocks", reconnect } });
    const { items } = await store.call("listQueues");
    expect(items.find(({ id }: { id: string }) => id === kept.id).reconnect).toEqual(reconnect);
    const longer = (clocks: object, field: string) =>
      expectRefused(
        store.call("createQueue", { body: { ...QUEUE, name: "Longer", reconnect: { ...reconnect, ...clocks } } }),
        "setting-refused",
        { reason: "window-longer", field },
      );
    await longer({ sameAgentWindow: minutes(31) }, "/reconnect/sameAgentWindow");
    await longer({ holdFor: minutes(21) }, "/reconnect/holdFor");
    const saved = await store.call("saveQueue", {
      params: { id: kept.id },
      body: { settings: { ...QUEUE, name: "Own clocks" }, revision: 1 },
    });
    expect(saved.reconnect).toBeUndefined();
  });
});
