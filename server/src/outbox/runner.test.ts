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

  test("[OX1] effects that end together are written down in one transaction, however they ended", async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `many-${String(index).padStart(2, "0")}`);
    for (const id of ids) await put(id);
    let transactions = 0;
    const counted: typeof here.database = {
      ...here.database,
      rawTransaction(work) {
        transactions += 1;
        return here.database.rawTransaction(work);
      },
    };
    let all = () => {};
    const together = new Promise<void>((resolve) => {
      all = resolve;
    });
    let begun = 0;
    const call = async ({ id }: { id: string }): Promise<Outcome> => {
      begun += 1;
      if (begun === ids.length) all();
      await together;
      return { outcome: id, retry: id === "many-03" };
    };
    const { now } = here.time;
    await new Runner({ store: outboxStore(counted), performers: { call }, clock: { now: () => now }, log }).round();
    // One to take them, one to write down what came of them.
    expect(transactions).toBe(2);
    for (const id of ids) {
      const ended = id === "many-03" ? { done_at: null, due_at: now + pauseAfter(1) } : { done_at: now, payload: "{}" };
      expect(await stored(id)).toMatchObject({ outcome: id, ...ended });
    }
  });
});
