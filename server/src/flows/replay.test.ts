import type { Flow } from "@clew/contract/flows/definition";
import type { ReplayReport } from "@clew/contract/flows/runs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES, expectRefused } from "../testing/configuration.ts";
import { openFlows } from "../testing/open-flows.ts";

/** Waits for a payment, asks the bank, and thanks for what is more than `least`. */
function payments(least: string, more: object = {}): Flow {
  return {
    $schema: "flow/1",
    key: "test.payments",
    kind: "background",
    inputs: { order: { type: "text", required: true } },
    vars: { paid: { type: "map?" }, known: { type: "boolean?" } },
    start: "wait",
    nodes: {
      wait: {
        type: "wait",
        any: [
          { event: "test.paid", key: "{{order}}", into: "paid", next: "ask" },
          { after: "P2D", next: "late" },
        ],
      },
      ask: {
        type: "http.call",
        connector: "bank",
        method: "POST",
        path: "/paid",
        body: { order: "=order" },
        timeoutMs: 1_000,
        map: { known: "/known" },
        next: "choose",
      },
      choose: { type: "decision", branches: [{ when: `=paid.amount > ${least}`, next: "thanks" }], else: "done" },
      thanks: { type: "assign", set: [{ var: "known", value: true }], next: "done" },
      done: { type: "end" },
      late: { type: "end", outcome: "failed" },
      ...more,
    },
  } as unknown as Flow;
}

describe.each(ENGINES)("recorded runs on another definition, on %s", (engine) => {
  let on: Awaited<ReturnType<typeof openFlows>>;
  const calls: string[] = [];
  const ids: string[] = [];
  beforeAll(async () => {
    on = await openFlows(engine, {
      http: {
        "http.call": async ({ path }) => {
          calls.push(path);
          return { value: { status: 200, body: { known: true } } };
        },
      },
    });
    await on.publish(payments("100"));
    for (const [index, amount] of [50, 150, 250].entries()) {
      ids.push(await on.start("test.payments", { order: `o${index}` }));
      on.time.now += 1_000;
      await on.emit(`paid-${index}`, "test.paid", `o${index}`, { amount });
    }
    ids.push(await on.start("test.payments", { order: "never" }));
    on.time.now += 49 * 3_600_000;
    await on.sweep();
  });
  afterAll(() => on.close());

  const replay = (body: object): Promise<ReplayReport> =>
    on.call("replayFlow", { params: { key: "test.payments" }, body });
  const differing = ({ runs }: ReplayReport) =>
    runs.flatMap(({ run, differs }) => (differs ? [[ids.indexOf(run.id), differs]] : []));

  test("[T2] on the same definition, or on one that only adds, all go the same way; nothing is done by it", async () => {
    const before = calls.length;
    const same = await replay({ last: 500 });
    expect(same).toMatchObject({ played: 4, differing: 0, faulting: 0 });
    const reordered = payments("100");
    (reordered.nodes.wait as { any: object[] }).any.reverse();
    expect(await replay({ last: 500, definition: reordered })).toMatchObject({ played: 4, differing: 0 });
    expect(calls).toHaveLength(before);
    expect((await replay({ last: 2 })).runs.map(({ run }) => ids.indexOf(run.id))).toEqual([3, 2]);
  });

  test("[T2] who would take another branch is named, with the place and both ways", async () => {
    const report = await replay({ last: 500, definition: payments("200") });
    expect(report).toMatchObject({ played: 4, differing: 1, faulting: 0 });
    expect(differing(report)).toEqual([[1, { at: "choose", before: "thanks", after: "done", fault: null }]]);
  });

  test("[T2] who would meet a fault, or wait on, is named too", async () => {
    const faulting = payments("100");
    (faulting.nodes.ask as { map: object }).map = { known: "/verified" };
    const faults = await replay({ last: 500, definition: faulting });
    expect(faults).toMatchObject({ differing: 3, faulting: 3 });
    expect(differing(faults)[0]).toEqual([2, { at: "ask", before: "next", after: null, fault: "validation" }]);
    const patient = payments("100");
    (patient.nodes.wait as { any: { after?: string }[] }).any[1] = { after: "P3D", next: "late" } as object;
    expect(differing(await replay({ last: 500, definition: patient }))).toEqual([
      [3, { at: "wait", before: "late", after: null, fault: null }],
    ]);
  });

  test("[T2] what could not be published, or is another flow, is refused; without a draft there is nothing", async () => {
    await expectRefused(replay({ last: 5, definition: payments("none") }), "setting-refused");
    await expectRefused(replay({ last: 5, definition: { ...payments("1"), key: "test.other" } }), "invalid");
    await expectRefused(on.call("replayFlow", { params: { key: "test.none" }, body: { last: 5 } }), "not-found");
  });
});
