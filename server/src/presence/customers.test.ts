import type { ConversationState } from "@clew/domain/conversations/state";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Door } from "../commands/execute.ts";
import { processOn, stateOf } from "../testing/customer-process.ts";
import { ENGINES, openDoor } from "../testing/store.ts";
import { GONE_AFTER_CRASH_MS, GONE_AFTER_MS } from "./customers.ts";
import type { CustomerConnectionStore } from "./customers-store.ts";

/** Presence over a real store whose statements are counted; `fail` lets the next one go wrong. */
async function presenceOnStore() {
  const place = await openDoor("sqlite");
  const added: number[] = [];
  let fails = false;
  const { presence } = processOn({ ...place, door: { onCommitted() {} } as unknown as Door }, (real) => ({
    async add(processId, ids) {
      if (fails) throw new Error("the disk is full");
      added.push(ids.length);
      await real.add(processId, ids);
    },
  }));
  const rows = async () =>
    (await place.database.query.selectFrom("customer_connections").select("conversation_id").execute()).map(
      (row) => row.conversation_id,
    );
  const fail = (on: boolean) => {
    fails = on;
  };
  return { presence, added, rows, fail, close: () => place.close() };
}

test("all customers who came since the last round are written down in one statement", async () => {
  const { presence, added, rows, close } = await presenceOnStore();
  for (const id of ["a", "b", "c"]) presence.connected(stateOf(id), "same-browser");
  await presence.beat(1_000_000);
  await presence.beat(1_001_000);
  expect(added).toEqual([3]);
  expect(await rows()).toEqual(["a", "b", "c"]);
  await close();
});

test("who could not be written down is written down in the next round, and before a stop", async () => {
  const { presence, rows, fail, close } = await presenceOnStore();
  presence.connected(stateOf("a"), "same-browser");
  fail(true);
  await expect(presence.beat(1_000_000)).rejects.toThrow("the disk is full");
  fail(false);
  presence.connected(stateOf("b"), "same-browser");
  await presence.stop();
  expect((await rows()).sort()).toEqual(["a", "b"]);
  await close();
});

describe.each(ENGINES)("customers who go and come on %s", (engine) => {
  let here: Awaited<ReturnType<typeof openDoor>>;
  beforeAll(async () => {
    here = await openDoor(engine);
  });
  afterAll(() => here.close());

  test("[AV1] who comes back in the moment in which they are given up is not away", async () => {
    let meanwhile = async () => {};
    const one = processOn(here, (real) => ({
      async elsewhere(processId, ids) {
        const found = await real.elsewhere(processId, ids);
        await meanwhile();
        return found;
      },
    }));
    const id = await here.start(11);
    await one.comes(id);
    await one.beat();
    one.drops(id);
    here.time.now += GONE_AFTER_MS;
    meanwhile = () => one.comes(id);
    await one.beat();
    await one.settled();
    expect(await one.away(id)).toBeNull();
    // And whoever is back can go again.
    meanwhile = async () => {};
    one.drops(id);
    here.time.now += GONE_AFTER_MS;
    await one.beat();
    expect(await one.away(id)).not.toBeNull();
  });

  test("[AV3] what kept a server from saying that somebody is gone only delays it, and a crash in between as well", async () => {
    let fails = true;
    const execute: Door["execute"] = (...given) =>
      fails ? Promise.reject(new Error("the disk is full")) : here.door.execute(...given);
    const onCommitted: Door["onCommitted"] = (listener) => here.door.onCommitted(listener);
    const fragile = { ...here, door: { execute, onCommitted } as Door };
    const one = processOn(fragile);
    const id = await here.start(12);
    await one.comes(id);
    await one.beat();
    one.drops(id);
    here.time.now += GONE_AFTER_MS;
    await one.beat();
    expect(await one.away(id)).toBeNull();

    // Another start finds the row of the one that could not say it.
    const next = processOn(here);
    here.time.now += 3_600_000;
    await next.beat();
    here.time.now += GONE_AFTER_CRASH_MS;
    await next.beat();
    expect((await next.away(id))?.since).toBe(here.time.now);

    // And so does it itself, once it can.
    fails = false;
    const second = await here.start(13);
    await one.comes(second);
    await one.beat();
    one.drops(second);
    fails = true;
    here.time.now += GONE_AFTER_MS;
    await one.beat();
    fails = false;
    await one.beat();
    expect(await one.away(second)).not.toBeNull();
  });

  test("[AV4] who opened a link and never showed a connection is gone again", async () => {
    const one = processOn(here, undefined, here.door.processId);
    const id = await here.start(14);
    await one.comes(id);
    await one.beat();
    one.drops(id);
    here.time.now += GONE_AFTER_MS;
    await one.beat();
    const link = { type: "customer.returned", id: here.ids.next(), conversationId: id, how: "link" } as const;
    await here.door.execute(link, { who: "system" });
    expect(await one.away(id)).toBeNull();
    here.time.now += GONE_AFTER_CRASH_MS;
    await one.beat();
    expect(await one.away(id)).not.toBeNull();
  });
});

describe("customers between servers", () => {
  let here: Awaited<ReturnType<typeof openDoor>>;
  let there: Awaited<ReturnType<typeof here.another>>;
  beforeAll(async () => {
    here = await openDoor("postgres");
    there = await here.another();
  });
  afterAll(async () => {});

  test("[AV1] who is connected to one server when another gives them up is back at once", async () => {
    const [one, other] = [processOn(here), processOn(there)];
    const id = await here.start(15);
    await one.comes(id);
    await one.beat();
    one.drops(id);
    here.time.now += GONE_AFTER_MS;
    there.time.now = here.time.now;
    // Its row is written with the next round of that server, which is too late for this one.
    await other.comes(id);
    await one.beat();
    expect(await one.away(id)).not.toBeNull();
    other.presence.changed((await there.store.state(id)) as ConversationState);
    await other.settled();
    expect(await one.away(id)).toBeNull();
  });

  test("[AV2] two servers that let go of one customer's devices at the same time find together that they are gone", async () => {
    let both = () => {};
    const looked = new Promise<void>((resolve) => {
      both = resolve;
    });
    let looks = 0;
    const together = (real: CustomerConnectionStore) => ({
      async elsewhere(processId: string, ids: readonly string[]) {
        const found = await real.elsewhere(processId, ids);
        looks += 1;
        if (looks === 2) both();
        await looked;
        return found;
      },
    });
    const [one, other] = [processOn(here, together), processOn(there, together)];
    const id = await here.start(16);
    for (const server of [one, other]) {
      await server.comes(id);
      await server.beat();
      server.drops(id);
    }
    here.time.now += GONE_AFTER_MS;
    there.time.now = here.time.now;
    await Promise.all([one.beat(), other.beat()]);
    expect(await one.away(id)).not.toBeNull();
  });

  test("[AV1] a server that stood still for longer than its lease has not lost its customers", async () => {
    const [one, other] = [processOn(here), processOn(there)];
    const id = await here.start(17);
    await one.comes(id);
    await one.beat();
    const pass = (ms: number) => {
      here.time.now += ms;
      there.time.now = here.time.now;
    };
    pass(60_000);
    await other.beat();
    await one.beat();
    pass(GONE_AFTER_CRASH_MS);
    await other.beat();
    expect(await one.away(id)).toBeNull();
    const events = await here.database.query
      .selectFrom("events")
      .select("body")
      .where("conversation_id", "=", id)
      .execute();
    expect(events.filter(({ body }) => body.includes("customer.gone"))).toEqual([]);
  });
});
