import type { Flow } from "@clew/contract/flows/definition";
import { afterEach, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { openFlows } from "../testing/open-flows.ts";
import type { Done, Wanted } from "./operations.ts";

const CALLS = {
  $schema: "flow/1",
  key: "test.calls",
  kind: "background",
  start: "pay",
  nodes: {
    pay: {
      ...{ type: "http.call", connector: "bank", method: "POST", path: "/pay", timeoutMs: 2_000 },
      retry: { max: 1, backoffMs: 1_000 },
      faults: [{ match: ["timeout"], next: "asks" }],
      next: "done",
    },
    done: { type: "end" },
    asks: { type: "end", outcome: "failed" },
  },
} as unknown as Flow;
const DOUBT: Done = { fault: "timeout", message: "nobody knows", detail: "in doubt" };

describe.each(ENGINES)("calls whose end nobody heard, on %s", (engine) => {
  let close: () => Promise<void>;
  afterEach(() => close());

  /** Two servers on one store; calls are answered when the test says so. */
  async function stage() {
    const begun: { wanted: Wanted; answer(done: Done): void }[] = [];
    const called = (at: number) => expect.poll(() => begun.length, { timeout: 12_000 }).toBe(at);
    const http = {
      "http.call": (_operation: unknown, wanted: Wanted) =>
        new Promise<Done>((answer) => {
          begun.push({ wanted, answer });
        }),
    };
    const on = await openFlows(engine, { http });
    const other = await on.another();
    close = async () => {
      for (const { answer } of begun) answer({ value: { status: 200, body: {} } });
      await other.stop();
      await on.close();
    };
    await on.publish(CALLS);
    await other.library.reload();
    const id = on.ids.next();
    await on.begin(id, "test.calls");
    await called(1);
    return { on, other, id, begun, called };
  }

  test("[FD16] a call is written down before it is made; whoever takes it over says that it is in doubt, and asks under the same id", async () => {
    const { on, other, id, begun, called } = await stage();
    expect((await other.run(id)).blocked).toMatchObject({ attempts: 1, state: "doing" });
    // The lease, and all that two tries of two seconds with their pause may take.
    on.time.now += 34_999;
    await other.sweep();
    expect(begun).toHaveLength(1);
    on.time.now += 1;
    void other.sweep();
    await called(2);
    expect(begun.map(({ wanted }) => [wanted.id, wanted.again])).toEqual([
      [begun[0]?.wanted.id, false],
      [begun[0]?.wanted.id, true],
    ]);
    await expect
      .poll(async () => (await other.run(id)).blocked)
      .toMatchObject({ kind: "operation", attempts: 2, state: "in-doubt" });
    begun[1]?.answer(DOUBT);
    await expect.poll(async () => (await other.run(id)).run.status).toBe("failed");
    const steps = async () => (await other.run(id)).trace.filter(({ node }) => node === "pay");
    expect((await steps()).at(-1)).toMatchObject({ outcome: "fault timeout", operation: { inDoubt: true } });
    const before = await other.run(id);
    begun[0]?.answer({ value: { status: 200, body: {} } });
    await on.idle();
    expect(await other.run(id)).toEqual(before);
  });

  test("[FD16] a call that was answered was in no doubt", async () => {
    const { on, id, begun } = await stage();
    begun[0]?.answer({ value: { status: 200, body: {} } });
    await on.idle();
    const { run, trace } = await on.run(id);
    expect(run.status).toBe("completed");
    expect(trace.map(({ operation }) => operation?.inDoubt ?? false)).not.toContain(true);
  });
});
