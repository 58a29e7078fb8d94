import type { Flow } from "@clew/contract/flows/definition";
import type { FlowAlias } from "@clew/contract/flows/versions";
import { expect, test } from "vitest";
import { canaryEnd, canaryMisfit, versionFor } from "./canary.ts";

const UNTIL = 1_000_000;
const liveWith = (share: number, canary = 2): FlowAlias => ({
  key: "route.webchat",
  alias: "live",
  version: 1,
  canary: { version: canary, share, until: UNTIL, since: 0 },
});
/** Ids as they are made one after the other: they differ in their last digits only. */
const IDS = Array.from(
  { length: 10_000 },
  (_, number) => `0190a000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`,
);
const onTrial = (live: FlowAlias, now = 0) => IDS.filter((id) => versionFor(live, id, now) !== 1);

test("[FW2] a share of the ids is on trial, always the same ones, and a larger share keeps them", () => {
  const few = onTrial(liveWith(0.1));
  expect(few.length).toBeGreaterThan(900);
  expect(few.length).toBeLessThan(1_100);
  expect(onTrial(liveWith(0.1))).toEqual(few);
  const more = new Set(onTrial(liveWith(0.3)));
  expect(more.size).toBeGreaterThan(2_800);
  expect(few.filter((id) => !more.has(id))).toEqual([]);
  expect(onTrial(liveWith(1))).toHaveLength(IDS.length);
  // The next version is tried on others.
  const next = new Set(onTrial(liveWith(0.1, 3)));
  expect(few.filter((id) => next.has(id)).length).toBeLessThan(200);
});

test("[FW2] after its time a canary takes nobody", () => {
  expect(onTrial(liveWith(1), UNTIL - 1)).toHaveLength(IDS.length);
  expect(onTrial(liveWith(1), UNTIL)).toEqual([]);
});

test.each([
  [{ rollbackAbove: 0.1 }, { started: 2, faulted: 1 }, null],
  [{ rollbackAbove: 0.1 }, { started: 2, faulted: 2 }, "faults"],
  [{ rollbackAbove: 0.1 }, { started: 100, faulted: 10 }, null],
  [{ rollbackAbove: 0.1 }, { started: 100, faulted: 11 }, "faults"],
  [{ rollbackAbove: 0 }, { started: 50, faulted: 1 }, "faults"],
  [{}, { started: 5, faulted: 5 }, null],
] as const)("[FW3] a canary with %j and %j ends: %s", (limits, counted, end) => {
  expect(canaryEnd({ until: UNTIL, ...limits }, counted, UNTIL - 1)).toBe(end);
  expect(canaryEnd({ until: UNTIL, ...limits }, counted, UNTIL)).toBe(end ?? "time");
});

test("[FW4] a version of another kind or with another trigger does not go beside the live one; other words on the button do", () => {
  const flow = (more: object) => ({ kind: "background", start: "end", nodes: {}, ...more }) as unknown as Flow;
  const button = (more: object) => flow({ trigger: { on: "agent.button", where: ["case"], label: "Begin", ...more } });
  expect(canaryMisfit(button({}), button({ label: "Start" }))).toBe(null);
  expect(canaryMisfit(button({}), button({ where: ["session"] }))).toBe("trigger");
  expect(canaryMisfit(button({}), flow({}))).toBe("trigger");
  expect(canaryMisfit(flow({}), flow({ trigger: { on: "none" } }))).toBe(null);
  expect(canaryMisfit(flow({}), flow({ kind: "sub" }))).toBe("kind");
  const form = flow({ kind: "screen", audience: "customer" });
  expect(canaryMisfit(form, form)).toBe("form");
});
