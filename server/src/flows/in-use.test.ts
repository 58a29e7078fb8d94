import type { Flow } from "@clew/contract/flows/definition";
import type { FlowSummary } from "@clew/contract/flows/versions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES, expectRefused, QUEUE } from "../testing/configuration.ts";
import { openFlows } from "../testing/open-flows.ts";

const WEEK = Array.from({ length: 7 }, () => [{ from: 0, to: 1_440 }]);

/** Waits an open hour by these hours; `more` of the flow. */
const waits = (key: string, hours: string, more: object = {}) =>
  ({
    $schema: "flow/1",
    key,
    kind: "background",
    title: `Waits ${key}`,
    start: "wait",
    nodes: {
      wait: { type: "wait", any: [{ businessHours: "PT1H", hours, next: "end" }] },
      end: { type: "end" },
    },
    ...more,
  }) as unknown as Flow;

describe.each(ENGINES)("what flows use, on %s", (engine) => {
  let on: Awaited<ReturnType<typeof openFlows>>;
  beforeAll(async () => {
    on = await openFlows(engine);
  });
  afterAll(() => on.close());

  const hours = (name: string) =>
    on.call("createHours", { body: { name, timeZone: "UTC", week: WEEK, exceptions: [] } }) as Promise<{ id: string }>;
  const gone = (what: string, { id }: { id: string }) => on.call(`delete${what}`, { params: { id } });
  const users = async (what: string, thing: { id: string }) =>
    (await expectRefused(gone(what, thing), "conflict")).detail;

  test("[GE6] hours that a flow names stay: by name in any case or by id, in its draft, while it is live, and while a run of an old version waits", async () => {
    const [spring, autumn] = [await hours("Spring"), await hours("Autumn")];
    await on.saveDraft(waits("use.draft", autumn.id));
    expect(await users("Hours", autumn)).toBe('Still used by the draft of flow "Waits use.draft".');
    await on.publish(waits("use.live", "SPRING"));
    const run = await on.start("use.live");
    await on.publish(waits("use.live", "Autumn"));
    // The draft names others by now, and no run begins in the old version any more.
    expect(await users("Hours", spring)).toBe('Still used by flow "Waits use.live".');
    expect(await users("Hours", autumn)).toBe(
      'Still used by flow "Waits use.live", the draft of flow "Waits use.draft".',
    );
    await on.call("cancelRun", { params: { id: run } });
    await on.idle();
    expect(await gone("Hours", spring)).toBeNull();
  });

  test("[GE6] so do queues and skills that a flow names", async () => {
    const queue = await on.call("createQueue", { body: { ...QUEUE, name: "Claims" } });
    const skill = await on.call("createSkill", { body: { name: "Law" } });
    const route = {
      ...waits("use.route", "none"),
      kind: "routing",
      inputs: { session: { type: "record:Session", required: true } },
      start: "to",
      nodes: {
        to: { type: "route", to: { skills: [{ skill: "law" }], queue: "claims" }, unavailable: "over" },
        over: { type: "route", to: { queue: "Claims" } },
      },
    };
    await on.saveDraft(route as unknown as Flow);
    expect(await users("Queue", queue)).toBe('Still used by the draft of flow "Waits use.route".');
    expect(await users("Skill", skill)).toBe('Still used by the draft of flow "Waits use.route".');
  });

  test("[GE7] the list of flows has the tags of each as its draft has them, broken or not", async () => {
    const tags = async (key: string) =>
      ((await on.call("listFlows")).items as FlowSummary[]).find((one) => one.key === key)?.tags;
    await on.saveDraft(waits("use.tags", "none", { tags: ["loans", "night", "loans"] }));
    expect(await tags("use.tags")).toEqual(["loans", "night"]);
    await on.saveDraft(waits("use.tags", "none", { tags: ["loans", 7] }));
    expect(await tags("use.tags")).toEqual(["loans"]);
    await on.saveDraft(waits("use.tags", "none"));
    expect(await tags("use.tags")).toEqual([]);
  });
});
