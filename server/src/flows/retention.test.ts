import type { Flow } from "@clew/contract/flows/definition";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES, expectRefused } from "../testing/configuration.ts";
import { openFlows } from "../testing/open-flows.ts";

const DAY = 24 * 3_600_000;
const flow = (key: string, settings: object) =>
  ({
    ...{ $schema: "flow/1", key, kind: "background", start: "wait", settings },
    inputs: { order: { type: "text", required: true } },
    nodes: {
      wait: {
        type: "wait",
        any: [
          { event: "test.paid", key: "{{order}}", next: "done" },
          { after: "P300D", next: "done" },
        ],
      },
      done: { type: "end" },
    },
  }) as unknown as Flow;

describe.each(ENGINES)("what is kept of runs, on %s", (engine) => {
  let on: Awaited<ReturnType<typeof openFlows>>;
  let events = 0;
  beforeAll(async () => {
    on = await openFlows(engine);
    await on.publish(flow("test.kept", { maxDuration: "P400D" }));
    await on.publish(flow("test.brief", { maxDuration: "P400D", keepTrace: "P10D" }));
  });
  afterAll(() => on.close());

  const paid = (order: string) => on.emit(`paid-${++events}`, "test.paid", order);
  async function rows(table: string, runId: string): Promise<number> {
    const column = table === "flow_runs" ? "id" : "run_id";
    return (await on.database.raw.all(`SELECT 1 AS one FROM ${table} WHERE ${column} = ?`, [runId])).length;
  }
  const left = async (id: string) => ({
    run: await rows("flow_runs", id),
    recorded: (await rows("flow_trace", id)) + (await rows("flow_inputs", id)) > 0,
  });
  /** Rounds of the sweep, an hour apart, until nothing more goes. */
  async function after(days: number): Promise<void> {
    on.time.now += days * DAY;
    for (let round = 0; round < 4; round += 1) {
      on.time.now += 3_600_001;
      await on.sweep();
    }
  }

  test("[FD13] [FD14] a finished run goes after ninety days with all that was recorded, its trace before where its flow says so; who waits stays", async () => {
    const kept = await on.start("test.kept", { order: "a" });
    const brief = await on.start("test.brief", { order: "b" });
    const waits = await on.start("test.brief", { order: "c" });
    await paid("a");
    await paid("b");
    await after(9);
    expect(await left(brief)).toEqual({ run: 1, recorded: true });
    await after(1);
    expect(await left(brief)).toEqual({ run: 1, recorded: false });
    expect((await on.run(brief)).run.status).toBe("completed");
    expect(await left(kept)).toEqual({ run: 1, recorded: true });
    await after(79);
    expect(await left(kept)).toEqual({ run: 1, recorded: true });
    await after(1);
    expect([await left(kept), await left(brief)]).toEqual([
      { run: 0, recorded: false },
      { run: 0, recorded: false },
    ]);
    await expectRefused(on.call("readRun", { params: { id: kept } }), "not-found");
    expect(await left(waits)).toEqual({ run: 1, recorded: true });
    await paid("c");
    expect((await on.run(waits)).run.status).toBe("completed");
    const old = await on.database.raw.all("SELECT id FROM flow_events WHERE id IN ('paid-1', 'paid-2')");
    expect(old).toEqual([]);
  });

  test("[FD13] a server that was just started deletes what is due at its first round", async () => {
    const id = await on.start("test.kept", { order: "s" });
    await paid("s");
    on.time.now += 91 * DAY;
    const next = await on.another();
    await next.sweep();
    expect(await left(id)).toEqual({ run: 0, recorded: false });
    await next.stop();
  });

  test("[FD15] much that is due at once goes in small shares, one a round, and not all in one", async () => {
    const id = await on.start("test.kept", { order: "many" });
    await paid("many");
    const { query } = on.database;
    const row = await query.selectFrom("flow_runs").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
    const copies = Array.from({ length: 230 }, (_, index) => ({ ...row, id: `copy-${index}` }));
    await query.insertInto("flow_runs").values(copies).execute();
    on.time.now += 91 * DAY;
    const count = async () => (await on.database.raw.all("SELECT 1 AS one FROM flow_runs")).length;
    const counts = [await count()];
    for (let round = 0; round < 2; round += 1) {
      await on.sweep();
      counts.push(await count());
    }
    expect(counts.slice(1).map((now, round) => (counts[round] ?? 0) - now)).toEqual([200, (counts[0] ?? 0) - 200]);
    expect(counts.at(-1)).toBe(0);
  });
});
