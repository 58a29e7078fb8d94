import { expect, test } from "vitest";
import { Ledger, spread } from "./ledger.ts";

/** One line on which messages a, b and c were posted and accepted, seen as told. */
function ledgerOf(seen: [number, string | null][]) {
  const ledger = new Ledger(1);
  ledger.measure(0, Number.MAX_SAFE_INTEGER);
  for (const id of ["a", "b", "c"]) {
    ledger.sent(id, 0);
    ledger.answered(id, true);
  }
  for (const [number, id] of seen) ledger.seen(0, number, id);
  const { lost, doubled, reordered, refused } = ledger.result();
  return { lost, doubled, reordered, refused };
}
const clean = { lost: 0, doubled: 0, reordered: 0, refused: 0 };

test("each once and in order is clean, other events between them too", () => {
  expect(
    ledgerOf([
      [4, "a"],
      [5, null],
      [6, "b"],
      [7, "c"],
    ]),
  ).toEqual(clean);
});

test("what never comes is lost", () => {
  expect(
    ledgerOf([
      [1, "a"],
      [2, "b"],
    ]),
  ).toEqual({ ...clean, lost: 1 });
});

test("what comes twice is doubled, under its old number or a new one", () => {
  expect(
    ledgerOf([
      [1, "a"],
      [2, "b"],
      [2, "b"],
      [3, "c"],
    ]).doubled,
  ).toBeGreaterThan(0);
  expect(
    ledgerOf([
      [1, "a"],
      [2, "b"],
      [3, "b"],
      [4, "c"],
    ]),
  ).toEqual({ ...clean, doubled: 1 });
});

test("messages out of the order of sending, and holes in the numbers, are reordered", () => {
  expect(
    ledgerOf([
      [1, "b"],
      [2, "a"],
      [3, "c"],
    ]).reordered,
  ).toBeGreaterThan(0);
  expect(
    ledgerOf([
      [1, "a"],
      [3, "b"],
      [4, "c"],
    ]),
  ).toEqual({ ...clean, reordered: 1 });
});

test("a refused message is counted and not waited for", () => {
  const ledger = new Ledger(1);
  ledger.measure(0, 1);
  ledger.sent("a", 0);
  ledger.answered("a", false);
  expect([ledger.open, ledger.result().refused]).toEqual([0, 1]);
});

test("percentiles are of the sorted times", () => {
  const times = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(spread(times)).toEqual({ p50: 51, p95: 96, p99: 100 });
});
