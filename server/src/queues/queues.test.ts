import { afterAll, beforeAll, describe, test } from "vitest";
import { ENGINES, expectRefused, openConfigurationStore } from "../testing/configuration.ts";

const QUEUE = {
  strategy: "most-available",
  offerFor: 30_000,
  autoAccept: false,
  maxWait: null,
  overWait: { next: "end" },
  hoursId: null,
  onClose: "park",
  members: [],
  skills: [],
};

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
});
