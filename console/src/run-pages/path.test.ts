import type { Flow } from "@clew/contract/flows/definition";
import type { RunStep } from "@clew/contract/flows/runs";
import { expect, test } from "vitest";
import { linesOf, orderOf, pathOf, type Step } from "./path.ts";

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
  const steps = [step("look", "next"), step("look", null), step("look", "fault timeout", { code: "timeout" })];
  const path = pathOf(FLOW, steps, "look");
  expect(path[0]?.visits).toBe(2);
  expect(path.map(({ name, faulted }) => [name, faulted])).toContainEqual(["look", true]);
  expect(path.filter(({ faulted }) => faulted)).toHaveLength(1);
});

test("[FP4] a step that waited and went on is one line: when it came, what it wanted done, and how it went on", () => {
  const shared = { flow: { key: "f", version: 1 }, changed: [], shown: null, fault: null };
  const operation = { id: "o1", do: "http.call" };
  const trace: RunStep[] = [
    { ...shared, seq: 1, step: 1, node: "call", at: 10, outcome: null, operation },
    { ...shared, seq: 2, step: 1, node: "call", at: 20, outcome: "next", operation: null },
    { ...shared, seq: 3, step: 2, node: "ask", at: 20, outcome: null, operation: null },
  ];
  expect(linesOf(trace)).toEqual([{ ...trace[1], at: 10, operation }, trace[2]]);
});
