import type { Flow } from "@clew/contract/flows/definition";
import { expect, test } from "vitest";
import { orderOf, pathOf, type Step } from "./path.ts";

const FLOW = {
  $schema: "flow/1",
  key: "route.test",
  kind: "routing",
  start: "look",
  nodes: {
    lost: { type: "end" },
    away: { type: "end" },
    look: { type: "records.get", object: "Session", into: "x", next: "choose", notFound: "away" },
    choose: { type: "decision", branches: [{ label: "Returns", when: "=true", next: "one" }], else: "two" },
    one: { type: "assign", set: [{ var: "x", value: 1 }], next: "look" },
    two: { type: "end" },
  },
} as unknown as Flow;

const step = (node: string, outcome: string | null, fault: unknown = null, key = "route.test"): Step => ({
  flow: { key },
  node,
  outcome,
  fault,
});

test("[FP1] a flow reads in the order of its links, a branch to its end before the next; what nothing leads to is last", () => {
  expect(orderOf(FLOW)).toEqual(["look", "choose", "one", "two", "away", "lost"]);
});

test("[FP2] the way a run took is lit: how often each node was left, and by which of its ways", () => {
  const steps = [
    step("look", null),
    step("look", "next"),
    step("choose", "branches/0"),
    step("one", "next"),
    step("look", "next"),
    step("inner", "next", null, "another.flow"),
    step("choose", null),
  ];
  const path = pathOf(FLOW, steps, "choose");
  expect(path.map(({ name, visits, here }) => [name, visits, here])).toEqual([
    ["look", 2, false],
    ["choose", 2, true],
    ["one", 1, false],
    ["two", 0, false],
    ["away", 0, false],
    ["lost", 0, false],
  ]);
  expect(path[1]?.links).toEqual([
    { outcome: "branches/0", to: "one", label: "Returns", taken: 1 },
    { outcome: "else", to: "two", label: "else", taken: 0 },
  ]);
  expect(path[0]?.links.map(({ label, taken }) => [label, taken])).toEqual([
    ["next", 2],
    ["not found", 0],
  ]);
});

test("[FP2] a node whose last step failed is marked", () => {
  const path = pathOf(FLOW, [step("look", "next"), step("look", "fault timeout", { code: "timeout" })], null);
  expect(path.map(({ name, faulted }) => [name, faulted])).toContainEqual(["look", true]);
  expect(path.filter(({ faulted }) => faulted)).toHaveLength(1);
});
