import { describe, expect, onTestFinished, test } from "vitest";
import { processOn } from "../testing/customer-process.ts";
import { ENGINES, openDoor } from "../testing/store.ts";
import { GONE_AFTER_CRASH_MS, GONE_AFTER_MS } from "./customers.ts";

const connected = { connected: true };
/** Longer than a process that says nothing is taken for alive, in milliseconds. */
const DEAD_MS = 60_000;

describe.each(ENGINES)("customers who are expected on %s", (engine) => {
  async function opened() {
    const here = await openDoor(engine);
    onTestFinished(() => here.close());
    return { here, one: processOn(here, undefined, here.door.processId) };
  }

  test("[CB1] whose connection died between the start and the first reading is gone, no sooner than anybody else", async () => {
    const { here, one } = await opened();
    const id = await here.start(11, connected);
    await one.beat();
    here.time.now += GONE_AFTER_MS - 1;
    await one.beat();
    expect(await one.away(id)).toBeNull();
    here.time.now += 1;
    await one.beat();
    expect((await one.away(id))?.since).toBe(here.time.now);
  });

  test("[CB2] a page that comes in time is not gone, and can go later", async () => {
    const { here, one } = await opened();
    const id = await here.start(12, connected);
    here.time.now += GONE_AFTER_MS - 1;
    await one.comes(id);
    here.time.now += DEAD_MS;
    await one.beat();
    expect(await one.away(id)).toBeNull();
    one.drops(id);
    here.time.now += GONE_AFTER_MS;
    await one.beat();
    expect(await one.away(id)).not.toBeNull();
  });

  test("[CB3] the process that took the start died with it: the next one finds that nobody comes", async () => {
    const { here } = await opened();
    const [gone, back] = [await here.start(13, connected), await here.start(14, connected)];
    // That process never looked at its customers again; all that is left of it is what its door has stored.
    const next = processOn(here);
    await next.beat();
    await next.comes(back);
    here.time.now += GONE_AFTER_CRASH_MS;
    await next.beat();
    expect(await next.away(gone)).not.toBeNull();
    expect(await next.away(back)).toBeNull();
  });

  test("[CB3] who is back by a link, and the process that let them in died: gone again", async () => {
    const { here, one } = await opened();
    const id = await here.start(15, connected);
    here.time.now += GONE_AFTER_MS;
    await one.beat();
    expect(await one.away(id)).not.toBeNull();
    const link = { type: "customer.returned", id: here.ids.next(), conversationId: id, how: "link" } as const;
    await here.door.execute(link, { who: "system" });
    expect(await one.away(id)).toBeNull();
    const next = processOn(here);
    here.time.now += DEAD_MS;
    await next.beat();
    here.time.now += GONE_AFTER_CRASH_MS;
    await next.beat();
    expect(await next.away(id)).not.toBeNull();
  });

  test("[CB4] a session that was begun without a connection has nobody to be missed", async () => {
    const { here, one } = await opened();
    const id = await here.start(16);
    await one.beat();
    here.time.now += DEAD_MS;
    await one.beat();
    await processOn(here).beat();
    here.time.now += DEAD_MS;
    await one.beat();
    expect(await one.away(id)).toBeNull();
    expect(await here.database.query.selectFrom("customer_connections").selectAll().execute()).toEqual([]);
  });
});
