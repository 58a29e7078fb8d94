import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ENGINES, openDoor } from "../testing/store.ts";
import { type Outcome, pauseAfter, Runner } from "./runner.ts";
import { outboxStore } from "./store.ts";

const log = { error: () => undefined, warn: () => undefined };

describe.each(ENGINES)("the outbox on %s", (engine) => {
  let here: Awaited<ReturnType<typeof openDoor>>;
  beforeEach(async () => {
    here = await openDoor(engine);
  });
  afterEach(() => here.close());

  async function put(id: string, kind = "call") {
    const { now } = here.time;
    const effect = { id, kind, payload: '{"to":"somebody"}', due_at: now, attempts: 0, outcome: null, done_at: null };
    await here.database.query.insertInto("effects").values(effect).execute();
  }
  const stored = (id: string) =>
    here.database.query.selectFrom("effects").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  const runner = (call: (effect: { id: string; attempt: number }) => Promise<Outcome>) =>
    new Runner({ store: outboxStore(here.database), performers: { call }, clock: { now: () => here.time.now }, log });

  test("[D11] an effect is performed with its id as the key, and what came of it is stored", async () => {
    await put("one");
    const performed: string[] = [];
    const one = runner(async ({ id }) => {
      performed.push(id);
      return { outcome: "delivered", retry: false };
    });
    await one.round();
    await one.round();
    expect(performed).toEqual(["one"]);
    expect(await stored("one")).toMatchObject({ outcome: "delivered", done_at: here.time.now, attempts: 1 });
  });

  test("[D11] a failing one is tried again with growing pauses and given up in the end", async () => {
    await put("two");
    const attempts: number[] = [];
    const failing = runner(async ({ attempt }) => {
      attempts.push(attempt);
      if (attempt === 3) throw new Error("unexpected");
      return { outcome: "http-503", retry: true };
    });
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await failing.round();
      await failing.round();
      here.time.now += pauseAfter(attempt);
    }
    await failing.round();
    expect(attempts).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await stored("two")).toMatchObject({ outcome: "given-up: http-503" });
  });

  test("[D11] two runners at once perform it once; one that dies is taken over", async () => {
    await put("three");
    const performed: string[] = [];
    const never = runner(() => new Promise(() => undefined));
    void never.round();
    const other = runner(async ({ id }) => {
      performed.push(id);
      return { outcome: "ok", retry: false };
    });
    await expect.poll(async () => (await stored("three")).attempts).toBe(1);
    await other.round();
    expect(performed).toEqual([]);
    here.time.now += 60_000;
    await other.round();
    expect(performed).toEqual(["three"]);
  });
});
