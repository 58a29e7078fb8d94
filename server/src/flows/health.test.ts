import type { Flow } from "@clew/contract/flows/definition";
import type { FlowHealth } from "@clew/contract/flows/health";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ADMIN, ENGINES, expectRefused } from "../testing/configuration.ts";
import { openFlows } from "../testing/open-flows.ts";
import { healthOf } from "./health-store.ts";

const MINUTE = 60_000;
/** Waits for an event by a key; one with the key "bad" then does what cannot be done. */
const flow = (key: string) =>
  ({
    ...{ $schema: "flow/1", key, kind: "background", start: "ask", settings: { maxDuration: "P300D" } },
    inputs: { order: { type: "text", required: true } },
    nodes: {
      ask: { type: "wait", any: [{ event: "test.paid", key: "{{order}}", next: "which" }] },
      which: { type: "decision", branches: [{ when: "=order == 'bad'", next: "pay" }], else: "done" },
      pay: { type: "records.update", object: "Case", id: "='nobody'", values: { status: "closed" }, next: "done" },
      done: { type: "end" },
    },
  }) as unknown as Flow;

describe.each(ENGINES)("how flows are doing, on %s", (engine) => {
  let on: Awaited<ReturnType<typeof openFlows>>;
  let events = 0;
  beforeAll(async () => {
    on = await openFlows(engine);
    await on.publish(flow("test.shop"));
    await on.publish(flow("test.other"));
  });
  afterAll(() => on.close());

  const paid = (order: string) => on.emit(`paid-${++events}`, "test.paid", order);
  const health = (key?: string): Promise<FlowHealth> => on.call("readFlowHealth", { query: key ? { key } : {} });

  test("[MT1] where nothing runs there is nothing to tell, and nothing is late", async () => {
    expect(await health()).toEqual({
      at: on.time.now,
      totals: { working: 0, long: 0, faulted: 0 },
      ...{ standing: [], faults: [], waits: [] },
      outbox: { due: 0, oldest: null },
      runs: { due: 0, oldest: null },
    });
  });

  test("[MT1] [MT2] [MT3] runs are told by flow, state and node, faults by version and node, waits by their event", async () => {
    const first = on.time.now;
    await on.start("test.shop", { order: "a" });
    await on.start("test.shop", { order: "b" });
    await on.start("test.shop", { order: "bad" });
    on.time.now += 40 * MINUTE;
    await on.start("test.shop", { order: "c" });
    await on.start("test.other", { order: "d" });
    await on.start("test.other", { order: "e" });
    on.time.now += 20 * MINUTE;
    expect(await health("test.shop")).toMatchObject({
      totals: { working: 4, long: 3, faulted: 0 },
      standing: [{ key: "test.shop", status: "waiting", node: "ask", runs: 4, long: 3, oldest: first }],
    });
    await paid("a");
    await paid("bad");
    await paid("c");
    await paid("d");
    const version = on.library.named("test.shop", "live");
    const after = await health();
    expect(after.totals).toEqual({ working: 2, long: 1, faulted: 1 });
    expect(after.standing).toEqual([
      { key: "test.shop", status: "waiting", node: "ask", runs: 1, long: 1, oldest: first },
      { key: "test.other", status: "waiting", node: "ask", runs: 1, long: 0, oldest: first + 40 * MINUTE },
      { key: "test.shop", status: "faulted", node: "pay", runs: 1, long: 0, oldest: on.time.now },
    ]);
    expect(after.faults).toEqual([{ flow: { key: "test.shop", version }, node: "pay", faulted: 1, ended: 3 }]);
    expect(after.waits).toEqual([{ type: "test.paid", events: 4, median: 20 * MINUTE, longest: 60 * MINUTE }]);
    expect((await health("test.other")).faults).toEqual([]);
    expect((await health("test.nothing")).standing).toEqual([]);
  });

  test("[MT3] who finds what it waits for there already has not waited; what nobody took is not counted", async () => {
    await paid("nobody");
    await paid("early");
    await on.start("test.other", { order: "early" });
    expect((await health()).waits).toEqual([
      { type: "test.paid", events: 5, median: 20 * MINUTE, longest: 60 * MINUTE },
    ]);
  });

  test("[MT4] effects and runs whose time has come and that nobody took up are late, by the first of them", async () => {
    const due = on.time.now;
    const effect = { kind: "call", payload: "{}", attempts: 0, outcome: null };
    await on.database.query
      .insertInto("effects")
      .values([
        { ...effect, id: "late", due_at: due, done_at: null },
        { ...effect, id: "later", due_at: due + MINUTE, done_at: null },
        { ...effect, id: "not yet", due_at: due + 9 * MINUTE, done_at: null },
        { ...effect, id: "done", due_at: due, done_at: due },
      ])
      .execute();
    await on.database.raw.run("UPDATE flow_runs SET due_at = ? WHERE status = 'waiting' AND key = 'test.shop'", [due]);
    on.time.now += 5 * MINUTE;
    expect(await health("test.other")).toMatchObject({
      outbox: { due: 2, oldest: due },
      runs: { due: 1, oldest: due },
    });
  });

  test("[MT2] [MT3] what is older than a day is counted no more, what stands stays", async () => {
    on.time.now += 24 * 60 * MINUTE + 1;
    const { faults, waits, totals } = await health();
    expect({ faults, waits, totals }).toEqual({
      ...{ faults: [], waits: [] },
      totals: { working: 2, long: 2, faulted: 1 },
    });
  });

  test("[MT6] agents are not told, supervisors are", async () => {
    const as = (role: "agent" | "supervisor") => ({ caller: { ...ADMIN, role } as typeof ADMIN });
    await expectRefused(on.call("readFlowHealth", as("agent")), "forbidden");
    expect(await on.call("readFlowHealth", as("supervisor"))).toHaveProperty("totals");
  });
});

test("[MT7] however many runs there are, their figures are read from indexes alone", async () => {
  const on = await openFlows("sqlite");
  try {
    const asked: [string, readonly unknown[]][] = [];
    const { raw } = on.database;
    const watching = {
      ...raw,
      all<Row>(sql: string, parameters: readonly unknown[] = []) {
        asked.push([sql, parameters]);
        return raw.all<Row>(sql, parameters);
      },
    };
    for (const key of [null, "test.shop"]) await healthOf({ raw: watching })(on.time.now, key);
    for (const [sql, parameters] of asked) {
      const plan = await raw.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
      const tables = plan.map(({ detail }) => detail).filter((detail) => /flow_runs|flow_events|effects/.test(detail));
      expect(tables.length, sql).toBeGreaterThan(0);
      for (const table of tables) expect(table).toContain("USING COVERING INDEX");
    }
    expect(asked).toHaveLength(10);
  } finally {
    await on.close();
  }
});
