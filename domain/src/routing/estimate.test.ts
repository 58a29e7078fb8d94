import fc from "fast-check";
import { expect, test } from "vitest";
import { ESTIMATE_WINDOW_MS, estimateWait, placesOf, roundWait } from "./estimate.ts";

const NOW = 100_000_000;
const MINUTE = 60_000;
const quiet = (waited: number, count = 5) =>
  Array.from({ length: count }, (_, index) => ({ at: NOW - index * 10 * MINUTE, waited }));
const estimate = (more: Partial<Parameters<typeof estimateWait>[0]>) =>
  estimateWait({ place: 1, recent: quiet(2 * MINUTE), frontWaited: 0, working: 1, now: NOW, ...more });

test("[RO16] the estimate is the recent pace times the place", () => {
  expect(estimate({})).toBe(2 * MINUTE);
  expect(estimate({ place: 4 })).toBe(8 * MINUTE);
});

test("[RO16] a wait that began far back in the line counts per place", () => {
  // Five came at once; one agent took one a minute.
  const recent = [1, 2, 3, 4, 5].map((place) => ({ at: NOW - (6 - place) * MINUTE, waited: place * MINUTE + place }));
  expect(
    estimate({ recent: recent.map((wait, index) => ({ ...wait, waited: wait.waited - 2 * index })) }),
  ).toBeLessThanOrEqual(2 * MINUTE);
});

test("[RO16] too few, too old or nobody at work: no estimate", () => {
  expect(estimate({ recent: quiet(MINUTE, 4) })).toBeNull();
  expect(estimate({ recent: quiet(MINUTE).map((wait) => ({ ...wait, at: wait.at - ESTIMATE_WINDOW_MS })) })).toBeNull();
  expect(estimate({ working: 0 })).toBeNull();
});

test("[RO17] nobody is promised less than the first has waited", () => {
  expect(estimate({ frontWaited: 9 * MINUTE })).toBe(9 * MINUTE);
});

test("[RO18] estimates are rounded up, in steps that grow", () => {
  expect(
    [0, 1, MINUTE + 1, 10 * MINUTE, 10.5 * MINUTE, 31 * MINUTE, 46 * MINUTE].map((wait) => roundWait(wait) / MINUTE),
  ).toEqual([1, 1, 2, 10, 15, 45, 60]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 1e6 }), (wait, more) => {
      expect(roundWait(wait)).toBeGreaterThanOrEqual(wait);
      expect(roundWait(wait + more)).toBeGreaterThanOrEqual(roundWait(wait));
    }),
  );
});

test("[RO15] the place counts those of the same queue whose turn comes earlier", () => {
  const plain = { queueId: "q", priority: 0, weight: 1, skills: [], declined: [], previousAgentId: null };
  const line = [
    { ...plain, conversationId: "1", sessionId: "1", waitingSince: 1 },
    { ...plain, conversationId: "2", sessionId: "2", waitingSince: 2, targetAgentId: "ann" },
    { ...plain, conversationId: "3", sessionId: "3", waitingSince: 3 },
    { ...plain, conversationId: "4", sessionId: "4", waitingSince: 4, priority: 1 },
    { ...plain, conversationId: "5", sessionId: "5", waitingSince: 0, queueId: "other" },
  ];
  const places = placesOf(line);
  expect(line.map((session) => places.get(session.sessionId))).toEqual([2, 1, 3, 1, 1]);
});
