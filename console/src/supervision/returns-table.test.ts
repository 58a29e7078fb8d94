import type { ReturnCount } from "@clew/contract/reports";
import { expect, test } from "vitest";
import { returnRows } from "./returns-table.ts";

const shop = (more: Partial<ReturnCount>): ReturnCount => ({
  channelId: "shop",
  way: "link",
  outcome: "same-agent",
  because: null,
  count: 1,
  ...more,
});
const ITEMS = [
  shop({ outcome: "not-back", way: "none", count: 5 }),
  shop({ outcome: "other-agent", because: "agent-away", count: 1 }),
  shop({ outcome: "other-agent", because: "agent-busy", count: 2 }),
  shop({ count: 3 }),
  shop({ way: "same-browser", count: 8 }),
  shop({ channelId: "desk", count: 1 }),
];

test("[RC29] the table has a row for each outcome and reason, with its ways and its share", () => {
  const rows = returnRows(ITEMS, null);
  expect(rows.map(({ outcome, because, total }) => [outcome, because, total])).toEqual([
    ["same-agent", null, 12],
    ["other-agent", "agent-busy", 2],
    ["other-agent", "agent-away", 1],
    ["not-back", null, 5],
  ]);
  expect(rows[0]).toMatchObject({ ways: { "same-browser": 8, link: 4, prompt: 0, message: 0 }, share: 0.6 });
});

test("[RC29] one channel is looked at alone, and nothing at all has no rows", () => {
  expect(returnRows(ITEMS, "desk")).toMatchObject([{ outcome: "same-agent", total: 1, share: 1 }]);
  expect(returnRows([], null)).toEqual([]);
});
