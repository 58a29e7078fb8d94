import type { Flow } from "@clew/contract/flows/definition";
import type { RunSummary } from "@clew/contract/flows/runs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ADMIN_ID, ENGINES } from "../testing/configuration.ts";
import { type OpenFlows, openFlows } from "../testing/open-flows.ts";

const HOUR = 3_600_000;
const flow = (key: string, nodes: Record<string, object>, more: object = {}) =>
  ({ $schema: "flow/1", key, kind: "background", start: Object.keys(nodes)[0], ...more, nodes }) as unknown as Flow;

/** Waits for an event of its key, a day at most. */
const WAITS = flow(
  "test.waits",
  {
    wait: {
      type: "wait",
      any: [
        { event: "test.paid", key: "{{order}}", into: "paid", next: "paidNow" },
        { after: "PT24H", next: "late" },
      ],
    },
    paidNow: { type: "end", outcome: "completed" },
    late: { type: "end", outcome: "failed" },
  },
  { inputs: { order: { type: "text", required: true } }, vars: { paid: { type: "map?" } } },
);

describe.each(ENGINES)("runs on %s", (engine) => {
  let on: Awaited<ReturnType<typeof openFlows>>;
  const traces: string[][] = [];
  beforeAll(async () => {
    on = await openFlows(engine);
    await on.publish(WAITS);
  });
  afterAll(async () => {
    paths.set(engine, traces);
    await on.close();
  });

  const status = async (id: string, by: OpenFlows = on) => (await by.run(id)).run.status;
  async function traced(id: string): Promise<string[]> {
    const path = await on.path(id);
    traces.push(path);
    return path;
  }

  test("[E6] an event that comes before the run reaches its wait satisfies it at once", async () => {
    await on.publish(
      flow("test.slow", {
        first: { type: "wait", any: [{ after: "PT1H", next: "then" }] },
        then: {
          type: "wait",
          any: [
            { event: "test.paid", key: "early", next: "done" },
            { after: "PT24H", next: "late" },
          ],
        },
        done: { type: "end" },
        late: { type: "end", outcome: "failed" },
      }),
    );
    await on.emit("before-all", "test.paid", "early");
    on.time.now += 1_000;
    const id = await on.start("test.slow");
    on.time.now += 1_000;
    expect(await on.emit("early-1", "test.paid", "early")).toBe(false);
    expect(await status(id)).toBe("waiting");
    on.time.now += HOUR;
    await on.sweep();
    expect(await status(id)).toBe("completed");
    expect(await traced(id)).toEqual(["first", "then", "done"]);
    const again = await on.start("test.slow");
    on.time.now += HOUR;
    await on.sweep();
    expect(await status(again)).toBe("waiting");
  });

  test("[E7] the same event five times is one advance; one that nobody waits for is listed", async () => {
    const one = await on.start("test.waits", { order: "o7" });
    const other = await on.start("test.waits", { order: "o7" });
    const told = await Promise.all([1, 2, 3, 4, 5].map(() => on.emit("event-7", "test.paid", "o7", { amount: 5 })));
    expect(told.filter(Boolean)).toHaveLength(1);
    expect([await status(one), await status(other)]).toEqual(["completed", "waiting"]);
    expect((await traced(one)).filter((node) => node === "wait")).toHaveLength(1);
    await on.emit("nobody-7", "test.paid", "nobody");
    const { items } = await on.call("listUnmatchedEvents", { query: {} });
    expect(items[0]).toMatchObject({ id: "nobody-7", type: "test.paid", key: "nobody", takenBy: null });
    expect(items.map(({ id }: { id: string }) => id)).not.toContain("event-7");
  });

  test("[E3] a run that waits when its server dies goes on by the event that comes after, once", async () => {
    const id = await on.start("test.waits", { order: "o3" });
    const next = await on.another();
    expect(await next.emit("event-3", "test.paid", "o3")).toBe(true);
    expect(await next.emit("event-3", "test.paid", "o3")).toBe(false);
    expect(await status(id, next)).toBe("completed");
    expect(await traced(id)).toEqual(["wait", "paidNow"]);
    await next.stop();
  });

  test("[E5] event and time both come true while nobody is there: the one that was due first, the other is gone", async () => {
    const early = await on.start("test.waits", { order: "o5a" });
    const late = await on.start("test.waits", { order: "o5b" });
    const startedAt = on.time.now;
    on.time.now = startedAt + 23 * HOUR;
    const type = "test.paid";
    on.time.now = startedAt + 30 * HOUR;
    // Delivered after the restart, with the times at which they happened.
    await on.hear({ id: "event-5a", type, key: "o5a", at: startedAt + 23 * HOUR });
    await on.hear({ id: "event-5b", type, key: "o5b", at: startedAt + 25 * HOUR });
    await on.sweep();
    expect(await traced(early)).toEqual(["wait", "paidNow"]);
    expect(await traced(late)).toEqual(["wait", "late"]);
    const waits = await on.database.raw.all("SELECT * FROM flow_waits WHERE run_id IN (?, ?)", [early, late]);
    expect(waits).toEqual([]);
  });

  test("[E5] the end of a run's life that was due before its wait is what is taken, however late anybody looks", async () => {
    const wait = { type: "wait", any: [{ after: "P2D", next: "done" }] };
    const nodes = { wait, done: { type: "end" }, over: { type: "end", outcome: "failed" } };
    await on.publish(flow("test.short", nodes, { settings: { maxDuration: "P1D", onExpired: "over" } }));
    const id = await on.start("test.short");
    on.time.now += 3 * 24 * HOUR;
    await on.sweep();
    expect(await traced(id)).toEqual(["over"]);
  });

  test("[E13] over the end of summer time a wait of three days and one of business hours end when they should", async () => {
    await on.publish(
      flow("test.days", {
        wait: { type: "wait", any: [{ after: "P3D", next: "done" }] },
        done: { type: "end" },
      }),
    );
    const week = Array.from({ length: 7 }, () => [{ from: 540, to: 1020 }]);
    const hours = { name: "Office", timeZone: "Europe/Vienna", week, exceptions: [] };
    await on.call("createHours", { body: hours });
    await on.publish(
      flow("test.hours", {
        wait: { type: "wait", any: [{ businessHours: "PT20H", hours: "Office", next: "done" }] },
        done: { type: "end" },
      }),
    );
    on.time.now = Date.parse("2027-10-29T12:00:00+02:00");
    const days = await on.start("test.days");
    // Five hours on Friday, eight on Saturday, seven on Sunday, the day on which the clocks go back.
    const open = await on.start("test.hours");
    for (const [moment, ofDays, ofHours] of [
      ["2027-10-31T15:59:59+01:00", "waiting", "waiting"],
      ["2027-10-31T16:00:00+01:00", "waiting", "completed"],
      ["2027-11-01T11:59:59+01:00", "waiting", "completed"],
      ["2027-11-01T12:00:00+01:00", "completed", "completed"],
    ] as const) {
      on.time.now = Date.parse(moment);
      await on.sweep();
      expect([moment, await status(days), await status(open)]).toEqual([moment, ofDays, ofHours]);
    }
  });

  test("[E9] a subflow that is published meanwhile is not taken: the parent keeps the one it was bound to", async () => {
    const child = (end: string) =>
      flow(
        "test.child",
        { [end]: { type: "end", out: { word: end } } },
        { kind: "sub", outputs: { word: { type: "text" } } },
      );
    const parent = flow(
      "test.parent",
      {
        wait: {
          type: "wait",
          any: [
            { event: "test.go", key: "p", next: "call" },
            { after: "P1D", next: "call" },
          ],
        },
        call: { type: "subflow", flow: "test.child", out: { word: "word" }, next: "done" },
        done: { type: "end" },
      },
      { vars: { word: { type: "text?" } } },
    );
    await on.publish(child("first"));
    await on.publish(parent);
    const id = await on.start("test.parent");
    await on.publish(child("second"));
    await on.emit("go-p", "test.go", "p");
    expect(await traced(id)).toEqual(["wait", "call", "first", "done"]);
  });

  test("[E12] an operator tries a faulted run again: what was done before is not done again", async () => {
    const calls: string[] = [];
    let broken = true;
    const other = await openFlows(engine, {
      http: {
        "http.call": async ({ path }, { id }) => {
          calls.push(`${path} ${id}`);
          return broken && path === "/store"
            ? { fault: "http.5xx", message: "broken" }
            : { value: { status: 200, body: {} } };
        },
      },
    });
    const call = (path: string, next?: string) => ({
      type: "http.call",
      connector: "bank",
      method: "POST",
      path,
      idempotent: true,
      timeoutMs: 1_000,
      ...(next ? { next } : {}),
    });
    await other.publish(
      flow("test.retry", {
        say: call("/say", "store"),
        store: call("/store", "bye"),
        bye: call("/bye", "done"),
        done: { type: "end" },
      }),
    );
    const id = await other.start("test.retry");
    expect((await other.run(id)).run).toMatchObject({ status: "faulted", node: "store", fault: { code: "http.5xx" } });
    broken = false;
    await other.call("retryRun", { params: { id } });
    await other.idle();
    expect((await other.run(id)).run.status).toBe("completed");
    expect(calls.map((one) => one.split(" ")[0])).toEqual(["/say", "/store", "/store", "/bye"]);
    expect(calls[1]).toBe(calls[2]);
    await other.close();
  });

  test("[E1] a decision that leads back to itself ends, and the path for faults is gone", async () => {
    await on.publish(
      flow(
        "test.spin",
        {
          spin: { type: "decision", branches: [{ when: "=order == 'o1'", next: "spin" }], else: "done" },
          sorry: { type: "end", outcome: "failed" },
          done: { type: "end" },
        },
        { inputs: WAITS.inputs as object, settings: { onFault: "sorry" } },
      ),
    );
    const id = await on.start("test.spin", { order: "o1" });
    const page = await on.run(id);
    expect(page.run).toMatchObject({ status: "failed", node: "sorry" });
    expect(page.trace.filter(({ node }) => node === "spin")).toHaveLength(101);
  });

  test("[FD1] a run that does more than one transaction's share of work goes on in the next", async () => {
    await on.publish(
      flow(
        "test.many",
        {
          each: { type: "loop", over: "=items", as: "item", body: "tell", next: "done" },
          tell: { type: "event.emit", event: "test.told", key: "{{item}}", next: "$continue" },
          done: { type: "end" },
        },
        { inputs: { items: { type: "list<number>" } } },
      ),
    );
    const id = await on.start("test.many", { items: Array.from({ length: 130 }, (_, index) => index) });
    expect((await on.run(id)).run).toMatchObject({ status: "completed", steps: 132 });
  });

  test("[FD2] an event is taken by one run, also by one whose time was up first and that waits for it again", async () => {
    await on.publish(
      flow(
        "test.twice",
        {
          wait: {
            type: "wait",
            any: [
              { event: "test.paid", key: "{{order}}", next: "done" },
              { after: "PT1H", next: "again" },
            ],
          },
          again: {
            type: "wait",
            any: [
              { event: "test.paid", key: "{{order}}", next: "done" },
              { after: "PT24H", next: "done" },
            ],
          },
          done: { type: "end" },
        },
        { inputs: WAITS.inputs as object },
      ),
    );
    const first = await on.start("test.twice", { order: "o-twice" });
    on.time.now += 1_000;
    const second = await on.start("test.waits", { order: "o-twice" });
    on.time.now += 2 * HOUR;
    expect(await on.emit("event-twice", "test.paid", "o-twice")).toBe(true);
    expect(await traced(first)).toEqual(["wait", "again", "done"]);
    expect(await status(second)).toBe("waiting");
  });

  test("[FD3] what starts a flow is not what the flow waits for", async () => {
    const { raw } = on.database;
    await on.publish(
      flow(
        "test.greets",
        {
          wait: {
            type: "wait",
            any: [
              { event: "message.received", key: "c-3", next: "done" },
              { after: "P1D", next: "done" },
            ],
          },
          done: { type: "end" },
        },
        { trigger: { on: "message.received" } },
      ),
    );
    await on.emit("hello-3", "message.received", "c-3");
    const [run] = (await on.runs({ key: "test.greets" })) as [RunSummary];
    expect(run).toMatchObject({ status: "waiting", node: "wait" });
    await raw.run("UPDATE flow_aliases SET version = 1 WHERE key = ?", ["test.greets"]);
  });

  test("[FD5] who waits is not looked at before its time", async () => {
    const id = await on.start("test.waits", { order: "o-quiet" });
    const row = () => on.database.raw.all("SELECT rev, due_at FROM flow_runs WHERE id = ?", [id]);
    const [before] = await row();
    expect(before).toMatchObject({ due_at: on.time.now + 24 * HOUR });
    on.time.now += 60_000;
    await on.sweep();
    await on.flows.due(id);
    expect(await row()).toEqual([before]);
  });

  test("[FD4] the same start twice, in two processes at once, is one run", async () => {
    const next = await on.another();
    const id = on.ids.next();
    const request = { version: 1, inputs: { order: "o-two" }, starterId: ADMIN_ID };
    const both = await Promise.all([on, next].map((server) => server.begin(id, "test.waits", request)));
    expect(both.filter(({ taken }) => taken)).toHaveLength(1);
    await on.idle();
    await next.idle();
    expect(await status(id)).toBe("waiting");
    await next.stop();
  });
});

const paths = new Map<string, string[][]>();

test("[E17] both stores give the same results and the same traces", () => {
  const [sqlite, postgres] = [paths.get("sqlite"), paths.get("postgres")];
  expect(sqlite?.length).toBeGreaterThan(5);
  expect(postgres).toEqual(sqlite);
});
