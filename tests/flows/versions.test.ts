import type { Flow } from "@clew/contract/flows/definition";
import { ENGINES, expectRefused } from "@clew/server/testing/configuration";
import { openFlows } from "@clew/server/testing/open-flows";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const KEY = "test.versions";
const WAITING = 300;

/** Waits for its order to be ready, and ends where the version says. */
function endingAt(end: string): Flow {
  const any = [
    { event: "test.ready", key: "{{order}}", next: end },
    { after: "P1D", next: end },
  ];
  return {
    $schema: "flow/1",
    key: KEY,
    kind: "background",
    inputs: { order: { type: "text", required: true } },
    start: "wait",
    nodes: { wait: { type: "wait", any }, [end]: { type: "end" } },
  } as unknown as Flow;
}

describe.each(ENGINES)("versions of a flow on %s", (engine) => {
  let on: Awaited<ReturnType<typeof openFlows>>;
  beforeEach(async () => {
    on = await openFlows(engine);
  });
  afterEach(() => on.close());

  const version = (number: number) => ({ params: { key: KEY, version: String(number) } });
  const live = (number: number) =>
    on.call("setFlowAlias", { params: { key: KEY, alias: "live" }, body: { version: number } });
  const ways = async () => {
    const runs = await on.database.raw.all<{ version: number; status: string; node: string; count: number }>(
      "SELECT version, status, node, COUNT(*) AS count FROM flow_runs GROUP BY version, status, node ORDER BY version",
    );
    return runs.map((run) => ({ ...run, count: Number(run.count) }));
  };

  test("[E8] 300 runs wait on version 7 when 8 goes live: they finish on 7, which stays; going back touches neither", async () => {
    for (let number = 1; number <= 7; number += 1) expect(await on.publish(endingAt(`end${number}`))).toBe(number);
    const orders = Array.from({ length: WAITING }, (_, index) => `order-${index}`);
    for (const order of orders) await on.start(KEY, { order });
    expect(await on.publish(endingAt("end8"))).toBe(8);
    await on.start(KEY, { order: "new" });
    const before = [
      { version: 7, status: "waiting", node: "wait", count: WAITING },
      { version: 8, status: "waiting", node: "wait", count: 1 },
    ];
    expect(await ways()).toEqual(before);

    await on.call("retireFlowVersion", version(7));
    await expectRefused(on.call("deleteFlowVersion", version(7)), "conflict");
    await live(6);
    expect(await ways()).toEqual(before);
    await on.start(KEY, { order: "after" });

    // Half of them are told here, the others by a server that has just started and never saw version 7 go live.
    const next = await on.another();
    const told = [...orders, "new", "after"];
    for (const [index, order] of told.entries())
      expect(await (index % 2 === 0 ? on : next).emit(`ready ${order}`, "test.ready", order)).toBe(true);
    await next.stop();
    expect(await ways()).toEqual([
      { version: 6, status: "completed", node: "end6", count: 1 },
      { version: 7, status: "completed", node: "end7", count: WAITING },
      { version: 8, status: "completed", node: "end8", count: 1 },
    ]);
    // Nobody waits on it any more: now it may go.
    await on.call("deleteFlowVersion", version(7));
    await expectRefused(on.call("readFlowVersion", version(7)), "not-found");
  });
});
