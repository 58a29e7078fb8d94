import { API } from "@clew/contract/api";
import type { Flow } from "@clew/contract/flows/definition";
import type { RunMigration } from "@clew/contract/flows/runs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readAudit } from "../audit/store.ts";
import { ADMIN_ID, ENGINES } from "../testing/configuration.ts";
import { openFlows } from "../testing/open-flows.ts";

const HOUR = 3_600_000;
const end = { type: "end" };
const paid = { event: "test.paid", key: "{{order}}", next: "done" };
const flow = (key: string, nodes: Record<string, object>, more: object = {}) =>
  ({
    ...{ $schema: "flow/1", key, kind: "background", start: Object.keys(nodes)[0] },
    ...{ settings: { maxDuration: "P30D" }, inputs: { order: { type: "text", required: true } }, ...more, nodes },
  }) as unknown as Flow;
type Ways = readonly ({ next: string } & Record<string, string>)[];
/** One wait, and an end for each of its ways on. */
const waits = (key: string, any: Ways, more: object = {}) =>
  flow(key, { wait: { type: "wait", any }, ...Object.fromEntries(any.map(({ next }) => [next, end])) }, more);

describe.each(ENGINES)("moving runs on %s", (engine) => {
  let on: Awaited<ReturnType<typeof openFlows>>;
  beforeAll(async () => {
    on = await openFlows(engine);
  });
  afterAll(() => on.close());

  const look = (id: string, version?: number): Promise<RunMigration> =>
    on.call("readRunMigration", { params: { id }, query: version === undefined ? {} : { version: String(version) } });
  async function move(id: string, version: number): Promise<unknown> {
    const moved = await on.call("migrateRun", { params: { id }, body: { version } });
    await on.idle();
    return moved;
  }
  const refusal = (id: string, version: number) =>
    move(id, version).then(
      () => null,
      ({ problem }) => problem,
    );

  test("[MG5] [MG6] the difference is shown, the move is one write, and the new version goes on", async () => {
    await on.publish(waits("move.plain", [paid, { after: "PT24H", next: "late" }]));
    const id = await on.start("move.plain", { order: "o1" });
    expect(await look(id)).toEqual({ version: null, flows: [], hindrances: [] });
    const back = { event: "test.back", key: "{{order}}", next: "back" };
    const settings = { maxDuration: "P30D", owner: "starter" };
    await on.publish(waits("move.plain", [back, paid, { after: "PT48H", next: "late" }], { settings }));
    const { version, flows, hindrances } = await look(id);
    expect({ version, hindrances }).toEqual({ version: 2, hindrances: [] });
    expect(flows).toMatchObject([{ key: "move.plain", from: 1, to: 2 }]);
    expect(flows[0]?.differences.map(({ node, path }) => node ?? path)).toContain("wait");

    const startedAt = on.time.now;
    on.time.now += HOUR;
    expect(await move(id, 2)).toMatchObject({ flow: { version: 2 }, status: "waiting" });
    const page = await on.run(id);
    expect(page.trace.at(-1)).toMatchObject({ node: "wait", flow: { version: 2 }, movedFrom: 1 });
    expect(page.blocked).toMatchObject({
      waits: [{ branch: "any/0" }, { branch: "any/1" }, { dueAt: startedAt + 48 * HOUR }],
    });
    const rows = await on.database.raw.all("SELECT version, owner FROM flow_runs WHERE id = ?", [id]);
    expect(rows).toEqual([{ version: 2, owner: "starter" }]);
    const audit = (await readAudit(on.database.query, on.time.now + 1)).filter(({ noun }) => noun === "run");
    expect(audit).toMatchObject([
      { action: "migrate", nounId: id, agentId: ADMIN_ID, change: { flow: "move.plain", from: 1, to: 2 } },
    ]);

    on.time.now += 24 * HOUR;
    await on.sweep();
    expect((await on.run(id)).run.status).toBe("waiting");
    expect(await on.emit("back-1", "test.back", "o1")).toBe(true);
    expect(await on.path(id)).toEqual(["wait", "back"]);
  });

  test("[MG5] what had come before, for which only the new node waits, is taken; a time that is over by it is now", async () => {
    await on.publish(waits("move.early", [{ after: "PT24H", next: "late" }]));
    const [told, late] = [await on.start("move.early", { order: "o2" }), await on.start("move.early", { order: "o3" })];
    on.time.now += HOUR;
    expect(await on.emit("early-2", "test.paid", "o2")).toBe(false);
    on.time.now += HOUR;
    await on.publish(waits("move.early", [paid, { after: "PT1H", next: "late" }]));
    await move(told, 2);
    expect(await on.path(told)).toEqual(["wait", "done"]);
    await move(late, 2);
    await on.sweep();
    expect(await on.path(late)).toEqual(["wait", "late"]);
  });

  test("[MG5] an event that another process hears at the moment of the move is taken once, by the branch that waits for it", async () => {
    await on.publish(waits("move.both", [paid]));
    const back = { event: "test.back", key: "{{order}}", next: "back" };
    await on.publish(waits("move.both", [back, paid]), false);
    const other = await on.another();
    const orders = ["b1", "b2", "b3", "b4", "b5", "b6"];
    const ids = await Promise.all(orders.map((order) => on.start("move.both", { order })));
    // The move is refused where the event was first.
    await Promise.all(
      ids.flatMap((id, index) => [
        on.call("migrateRun", { params: { id }, body: { version: 2 } }).catch(() => null),
        other.emit(`both-${index}`, "test.paid", orders[index] ?? ""),
      ]),
    );
    await on.idle();
    await other.idle();
    on.time.now += 60_000;
    await on.sweep();
    for (const id of ids) expect((await on.path(id)).slice(-2)).toEqual(["wait", "done"]);
    await other.stop();
  });

  test("[MG6] what stands against it is told, before and when it is tried, and nothing has changed", async () => {
    await on.publish(waits("move.not", [paid]));
    const id = await on.start("move.not", { order: "o4" });
    await on.publish(flow("move.not", { other: { type: "wait", any: [paid] }, done: end }));
    expect((await look(id)).hindrances).toMatchObject([{ code: "node-gone", flow: "move.not", node: "wait" }]);
    expect(await refusal(id, 2)).toMatchObject({
      code: "conflict",
      reason: "node-gone",
      detail: expect.stringContaining("wait"),
    });
    expect(await refusal(id, 1)).toMatchObject({ code: "conflict" });
    expect(await refusal(id, 9)).toMatchObject({ code: "not-found" });
    await on.publish(waits("move.not", [paid]), false);
    await on.call("retireFlowVersion", { params: { key: "move.not", version: "3" } });
    expect((await look(id, 3)).hindrances).toMatchObject([{ code: "retired" }]);
    expect(await refusal(id, 3)).toMatchObject({ code: "conflict", reason: "retired" });
    expect((await on.run(id)).run).toMatchObject({ flow: { version: 1 }, status: "waiting" });
    expect(await on.emit("not-1", "test.paid", "o4")).toBe(true);
    expect(await refusal(id, 2)).toMatchObject({ reason: "not-waiting" });
  });

  test("[MG4] [MG5] a run within a subflow goes on in the one that the new version was published with", async () => {
    const sub = (any: Ways) => waits("move.sub", any, { kind: "sub" });
    const nodes = { call: { type: "subflow", flow: "move.sub", in: { order: "=order" }, next: "done" }, done: end };
    const calls = (description: string) => flow("move.calls", nodes, { description });
    await on.publish(sub([paid]));
    await on.publish(calls("The first"));
    const id = await on.start("move.calls", { order: "o5" });
    await on.publish(sub([paid, { event: "test.back", key: "{{order}}", next: "back" }]));
    await on.publish(calls("The second"));
    expect((await look(id)).flows).toMatchObject([{ key: "move.calls" }, { key: "move.sub", from: 1, to: 2 }]);
    await move(id, 2);
    expect(await on.emit("sub-1", "test.back", "o5")).toBe(true);
    expect(await on.path(id)).toEqual(["call", "wait", "back", "done"]);
  });

  test("[MG7] a moved run is played again as it was recorded", async () => {
    const first = { type: "wait", any: [{ event: "test.first", key: "{{order}}", next: "wait" }] };
    const old = flow("move.again", { first, wait: { type: "wait", any: [paid] }, done: end });
    await on.publish(old);
    const id = await on.start("move.again", { order: "o6" });
    await on.emit("first-6", "test.first", "o6");
    await on.publish(waits("move.again", [paid]));
    await move(id, 2);
    await on.emit("paid-6", "test.paid", "o6");
    const replay = (definition: Flow) =>
      on.call("replayFlow", { params: { key: "move.again" }, body: { last: 1, definition } });
    expect(await replay(old)).toMatchObject({ played: 1, differing: 0 });
    expect(await replay(waits("move.again", [paid]))).toMatchObject({ played: 1, differing: 1 });
  });
});

test("[MG6] whoever may change flows may move a run, whoever may read them sees what it would change", () => {
  const rights = (name: string) => API.filter((one) => one.name === name).map(({ who, scope }) => [who, scope]);
  expect(rights("migrateRun")).toEqual(rights("retryRun"));
  expect(rights("readRunMigration")).toEqual(rights("readRun"));
});
