import { spawn } from "node:child_process";
import type { Flow } from "@clew/contract/flows/definition";
import { ENGINES } from "@clew/server/testing/configuration";
import { openFlows } from "@clew/server/testing/open-flows";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { node } from "../../bin/setup/paths.mjs";

/**
 * Runs that wait, and are told their event one after the other. More of them, and more kills:
 * `CLEW_RUNS=50000 CLEW_KILLS=10 npm test -- --only tests/flows/many-runs`. Where the kills come is drawn from CLEW_SEED,
 * which is told when something is wrong.
 */
const RUNS = Number(process.env.CLEW_RUNS ?? 20_000);
const KILLS = Number(process.env.CLEW_KILLS ?? 2);
const MOST_MS = Math.max(300_000, RUNS * 36);
const SEED = Number(process.env.CLEW_SEED ?? Date.now() % 1_000_000);
const seed = `CLEW_SEED=${SEED}`;
let drawn = SEED;
/** 0 to 1, the same for the same seed. */
const random = () => {
  drawn = (drawn * 1_103_515_245 + 12_345) % 2_147_483_648;
  return drawn / 2_147_483_648;
};

/** Waits for its payment, tells once that it was paid. */
const FLOW = {
  $schema: "flow/1",
  key: "test.many",
  kind: "background",
  start: "wait",
  nodes: {
    wait: {
      type: "wait",
      any: [
        { event: "test.paid", key: "key-0", next: "tell" },
        { after: "P20D", next: "done" },
      ],
    },
    tell: { type: "event.emit", event: "test.told", key: "all", next: "done" },
    done: { type: "end" },
  },
} as unknown as Flow;

const COLUMNS =
  "key, version, alias, title, status, node, conversation_id, session_id, record_id, scope, owner, starter_id, state, rev, steps, bound, released, due_at, fault, trace, started_at, updated_at, ended_at";
const NUMBERS = "WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < ?)";

describe.each(ENGINES)("many waiting runs on %s", (engine) => {
  let on: Awaited<ReturnType<typeof openFlows>>;
  beforeEach(async () => {
    on = await openFlows(engine);
    await on.publish(FLOW);
  });
  afterEach(() => on.close());

  /** Copies of one waiting run, each waiting for an event of its own. */
  async function waiting(count: number): Promise<void> {
    const first = await on.start("test.many");
    const { raw } = on.database;
    const runs = `INSERT INTO flow_runs (id, ${COLUMNS}) ${NUMBERS} SELECT 'run-' || n, ${COLUMNS} FROM flow_runs, g WHERE id = ?`;
    await raw.run(runs, [count, first]);
    const waits = `INSERT INTO flow_waits (run_id, branch, event_type, event_key, since, armed_at) ${NUMBERS} SELECT 'run-' || n, branch, event_type, 'key-' || n, since, armed_at FROM flow_waits, g WHERE run_id = ?`;
    await raw.run(waits, [count, first]);
  }

  const counted = async (sql: string): Promise<number> =>
    Number((await on.database.raw.all<{ count: number }>(sql))[0]?.count);

  /** Delivers in another process; killed once it says that so many were told. True when it came to its end. */
  async function deliver(count: number, killAt: number | null): Promise<boolean> {
    const argument = JSON.stringify({ place: on.place, count, now: on.time.now });
    const child = spawn(node, [`${import.meta.dirname}/deliver.ts`, argument], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
      if (killAt !== null && said.includes(`told ${killAt}\n`)) child.kill("SIGKILL");
    });
    await new Promise((resolve) => child.once("close", resolve));
    on.time.now += 120_000;
    return said.includes("done");
  }

  test("[E4] killed at any time while events are delivered, each run goes on exactly once", {
    timeout: MOST_MS,
  }, async () => {
    await waiting(RUNS);
    let completed = 0;
    for (let kill = 1; kill <= KILLS; kill += 1) {
      // Where it stands shows how far it was: what was told before is told again, and is nothing new.
      expect(await deliver(RUNS, 50 * (1 + Math.floor(random() * (RUNS / 200))))).toBe(false);
      const now = await counted("SELECT COUNT(*) AS count FROM flow_runs WHERE status = 'completed'");
      expect([now, now >= completed, now < RUNS], seed).toEqual([now, true, true]);
      completed = now;
    }
    expect(completed).toBeGreaterThan(0);
    expect(await deliver(RUNS, null)).toBe(true);
    expect(await counted("SELECT COUNT(*) AS count FROM flow_runs WHERE status = 'completed'"), seed).toBe(RUNS);
    expect(await counted("SELECT COUNT(*) AS count FROM flow_events WHERE type = 'test.told'"), seed).toBe(RUNS);
    expect(await counted("SELECT COUNT(*) AS count FROM flow_runs WHERE status = 'completed' AND steps <> 3")).toBe(0);
    expect(await counted("SELECT COUNT(*) AS count FROM flow_waits WHERE run_id LIKE 'run-%'"), seed).toBe(0);
    const perRun = "SELECT run_id FROM flow_inputs WHERE run_id LIKE 'run-%' GROUP BY run_id HAVING COUNT(*) <> 2";
    expect(await on.database.raw.all(perRun)).toEqual([]);
  });

  test("[E14] 50,000 waiting runs cost a server that starts neither time nor memory", {
    timeout: 120_000,
  }, async () => {
    await waiting(50_000);
    const memory = process.memoryUsage().heapUsed;
    const from = process.cpuUsage();
    const next = await on.another();
    await next.sweep();
    const { user, system } = process.cpuUsage(from);
    expect((user + system) / 1_000).toBeLessThan(5_000);
    expect((process.memoryUsage().heapUsed - memory) / 1024 / 1024).toBeLessThan(50);
    expect(await next.emit("event-777", "test.paid", "key-777")).toBe(true);
    expect(await counted("SELECT COUNT(*) AS count FROM flow_runs WHERE status = 'completed'")).toBe(1);
    await next.stop();
  });
});
