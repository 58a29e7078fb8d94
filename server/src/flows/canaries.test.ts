import type { Flow } from "@clew/contract/flows/definition";
import type { FlowSummary } from "@clew/contract/flows/versions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readAudit } from "../audit/store.ts";
import { ENGINES, expectRefused } from "../testing/configuration.ts";
import { openFlows } from "../testing/open-flows.ts";

const HOUR = 3_600_000;
const TRIGGER = { on: "case.changed" };
const flow = (key: string, nodes: Record<string, object>, more: object = {}) =>
  ({
    $schema: "flow/1",
    key,
    kind: "background",
    trigger: TRIGGER,
    start: Object.keys(nodes)[0],
    ...more,
    nodes,
  }) as unknown as Flow;
const ends = (key: string, node = "end", more: object = {}) => flow(key, { [node]: { type: "end" } }, more);
const faults = (key: string) =>
  flow(key, {
    change: { type: "records.update", object: "Case", id: "='nobody'", values: { status: "closed" }, next: "end" },
    end: { type: "end" },
  });

describe.each(ENGINES)("canaries on %s", (engine) => {
  let on: Awaited<ReturnType<typeof openFlows>>;
  beforeAll(async () => {
    on = await openFlows(engine);
  });
  afterAll(() => on.close());

  const summary = async (key: string): Promise<FlowSummary> =>
    (await on.call("listFlows")).items.find((one: FlowSummary) => one.key === key);
  /** Publishes a version beside the live one. */
  async function tryOut(definition: Flow, more: object): Promise<number> {
    const revision = await on.saveDraft(definition);
    const canary = { until: on.time.now + HOUR, share: 1, ...more };
    const body = { revision, message: "on trial", activate: false, canary };
    return (await on.call("publishFlow", { params: { key: definition.key }, body })).version;
  }
  const alias = (key: string, body: object) => on.call("setFlowAlias", { params: { key, alias: "live" }, body });
  let heard = 0;
  async function caseChanged(caseId: string): Promise<void> {
    heard += 1;
    await on.hear({ id: `case ${heard}`, type: "case.changed", key: caseId, inputs: { caseId } });
    await on.idle();
  }

  test("[FW2] [FW5] a share of the cases takes the version on trial, each case always the same one", async () => {
    await on.publish(ends("try.share", "old"));
    expect(await tryOut(ends("try.share", "fresh"), { share: 0.4 })).toBe(2);
    const cases = Array.from({ length: 30 }, (_, number) => `case-${number}`);
    for (const id of [...cases, ...cases]) await caseChanged(id);
    const taken = new Map<string, number[]>();
    for (const id of cases) {
      const runs = await on.runs({ key: "try.share", record: id });
      taken.set(
        id,
        runs.map(({ flow: { version } }) => version),
      );
    }
    for (const [id, versions] of taken) expect([id, versions[1]]).toEqual([id, versions[0]]);
    const fresh = [...taken.values()].filter(([version]) => version === 2).length;
    expect(fresh).toBeGreaterThan(4);
    expect(fresh).toBeLessThan(22);
    const before = (await summary("try.share")).canary;
    expect(before).toMatchObject({ version: 2, since: on.time.now, started: 2 * fresh, faulted: 0 });

    on.time.now += 1_000;
    const more = { version: 2, share: 1, until: on.time.now + HOUR };
    await alias("try.share", { version: 1, canary: more });
    await caseChanged("case-more");
    expect((await summary("try.share")).canary).toMatchObject({ since: before?.since, started: 2 * fresh + 1 });
    await alias("try.share", { version: 2 });
    expect(await summary("try.share")).toMatchObject({ live: 2, canary: null });
  });

  test("[FW2] buttons, the clock and flows that bind what they call at their start take it too; the name test does not", async () => {
    const button = { trigger: { on: "agent.button", where: ["case"], label: "Begin" } };
    await on.publish(ends("try.button", "old", button));
    await tryOut(ends("try.button", "fresh", button), {});
    const press = async (body: object = {}) => {
      const id = on.ids.next();
      await on.call("startRun", { params: { key: "try.button" }, body: { id, ...body } });
      await on.idle();
      return on.path(id);
    };
    expect(await press()).toEqual(["fresh"]);
    await on.call("setFlowAlias", { params: { key: "try.button", alias: "test" }, body: { version: 1 } });
    expect(await press({ alias: "test" })).toEqual(["old"]);

    await on.publish(ends("try.called", "old", { kind: "sub", trigger: undefined }));
    await tryOut(ends("try.called", "fresh", { kind: "sub", trigger: undefined }), {});
    const call = { type: "subflow", flow: "try.called", bind: "active-at-start", next: "end" };
    await on.publish(flow("try.caller", { call, end: { type: "end" } }));
    expect(await on.path(await on.start("try.caller"))).toContain("fresh");

    const hourly = { trigger: { on: "schedule", schedule: { every: "PT1H" } } };
    await on.publish(ends("try.hourly", "old", hourly));
    await tryOut(ends("try.hourly", "fresh", hourly), { until: on.time.now + 3 * HOUR });
    await on.sweep();
    on.time.now += HOUR;
    await on.sweep();
    expect(await on.runs({ key: "try.hourly" })).toMatchObject([{ flow: { version: 2 } }]);
  });

  test("[FW3] too many faults take a canary back at once, and the audit tells who was counted", async () => {
    await on.publish(ends("try.faults"));
    await tryOut(faults("try.faults"), { rollbackAbove: 0.1 });
    const [first, second] = [await on.start("try.faults"), await on.start("try.faults")];
    await on.idle();
    expect((await on.run(first)).run).toMatchObject({ status: "faulted", flow: { version: 2 } });
    expect((await on.run(second)).run.status).toBe("faulted");
    expect(await summary("try.faults")).toMatchObject({ live: 1, canary: null });
    expect((await on.run(await on.start("try.faults"))).run).toMatchObject({
      status: "completed",
      flow: { version: 1 },
    });
    const audit = await readAudit(on.database.query, on.time.now + 1);
    const change = { canary: 2, version: 1, because: "faults", started: 2, faulted: 2 };
    const lines = audit.filter(({ nounId, action }) => nounId === "try.faults" && action === "roll-back");
    expect(lines).toMatchObject([{ agentId: null, noun: "flow", change }]);
  });

  test("[FW3] one whose time is over is ended by the sweep, by whichever process is alive", async () => {
    await on.publish(ends("try.time"));
    await tryOut(ends("try.time", "fresh"), { rollbackAbove: 0.5 });
    const other = await on.another();
    on.time.now += HOUR;
    await other.sweep();
    expect(await summary("try.time")).toMatchObject({ live: 1, canary: null });
    const [line] = await readAudit(on.database.query, on.time.now + 1);
    expect(line).toMatchObject({ action: "save", nounId: "try.time", change: { canary: 2, because: "time" } });
    await other.stop();
  });

  test("[FW4] what does not fit beside the live version is refused, and one on trial is not taken away", async () => {
    const key = "try.refused";
    const until = on.time.now + HOUR;
    await expectRefused(tryOut(ends(key), {}), "invalid");
    await on.publish(ends(key));
    await expectRefused(tryOut(ends(key, "end", { trigger: { on: "none" } }), {}), "setting-refused");
    await expectRefused(tryOut(ends(key), { until: on.time.now }), "setting-refused");
    const wanted = (version: number) => alias(key, { version: 1, canary: { version, share: 0.1, until } });
    await expectRefused(wanted(1), "setting-refused");
    await expectRefused(wanted(9), "not-found");
    const form = { kind: "screen", audience: "customer", trigger: undefined };
    const page = {
      ask: { type: "screen", components: [{ id: "name", kind: "text", label: "Name" }], next: "end" },
      end: { type: "end" },
    };
    await on.publish(flow("try.form", page, form));
    await expectRefused(tryOut(flow("try.form", page, form), {}), "setting-refused");
    const test = { params: { key, alias: "test" }, body: { version: 1, canary: { version: 1, share: 1, until } } };
    await expectRefused(on.call("setFlowAlias", test), "invalid");
    expect((await summary(key)).latest).toBe(1);
    await tryOut(ends(key, "fresh"), {});
    const params = { key, version: "2" };
    await expectRefused(on.call("retireFlowVersion", { params }), "conflict");
    await expectRefused(on.call("deleteFlowVersion", { params }), "conflict");
    await alias(key, { version: 1 });
    await on.call("retireFlowVersion", { params });
    await expectRefused(wanted(2), "setting-refused");
  });
});
