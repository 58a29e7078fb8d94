import { expect, test } from "vitest";
import { session, staff } from "../../dev/inbox.ts";
import { able } from "./able.ts";

const bea = { agentId: "bea", queues: ["orders"], supervisor: false };
const tom = { agentId: "tom", queues: ["returns"], supervisor: false };
const sam = { agentId: "sam", queues: [], supervisor: true };
const can = (viewer: typeof bea, more: Parameters<typeof session>[0] = {}, kept: Parameters<typeof staff>[0] = {}) =>
  Object.entries(able({ session: session(more), staff: staff(kept) }, viewer))
    .filter(([, allowed]) => allowed)
    .map(([name]) => name)
    .sort();
const waiting = { status: "waiting" as const, agent: null };

test("[CO16] the owner serves and ends, another agent only looks on", () => {
  expect(can(bea)).toEqual(["close", "end", "markInactive", "reply", "transfer"]);
  expect(can(tom)).toEqual([]);
});

test("[CO16] a supervisor acts for others but does not reply as them", () => {
  expect(can(sam)).toEqual(["assign", "end", "endByForce", "markInactive", "transfer"]);
});

test("[CO16] what waits is taken by members of its queue and by supervisors", () => {
  expect(can(bea, waiting)).toEqual(["take"]);
  expect(can(tom, waiting)).toEqual([]);
  expect(can(sam, waiting)).toContain("take");
});

test("[CO16] who stepped away can come back, and nothing is left of a session that is over", () => {
  expect(can(bea, {}, { close: { agentId: "bea", at: 0, undoUntil: 1, then: "keep" } })).toContain("undoClose");
  expect(can(sam, { status: "ended" })).toEqual([]);
});
