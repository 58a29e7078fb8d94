import type { RETURN_OUTCOMES, ReturnCount } from "@clew/contract/reports";

/** In the order of the table: from what was promised to what was lost. */
const ORDER: readonly (typeof RETURN_OUTCOMES)[number][] = [
  "same-agent",
  "kept",
  "other-agent",
  "waiting",
  "expired",
  "ended",
  "refused",
  "not-back",
];
/** The ways that are columns of their own. */
export const WAYS = ["same-browser", "link", "prompt", "message"] as const;

export type ReturnRow = {
  outcome: ReturnCount["outcome"];
  because: ReturnCount["because"];
  ways: Record<(typeof WAYS)[number], number>;
  total: number;
  /** Of all rows, 0 to 1. */
  share: number;
};

/** A row for each outcome and reason that happened, of one channel or of all (null); the commoner reason first. */
export function returnRows(items: readonly ReturnCount[], channelId: string | null): ReturnRow[] {
  const rows = new Map<string, ReturnRow>();
  let all = 0;
  for (const { channelId: of, way, outcome, because, count } of items) {
    if (channelId !== null && of !== channelId) continue;
    const key = `${outcome} ${because}`;
    const ways = { "same-browser": 0, link: 0, prompt: 0, message: 0 };
    const row = rows.get(key) ?? { outcome, because, ways, total: 0, share: 0 };
    if (way !== "none") row.ways[way] += count;
    row.total += count;
    all += count;
    rows.set(key, row);
  }
  return [...rows.values()]
    .map((row) => ({ ...row, share: row.total / all }))
    .sort((one, other) => ORDER.indexOf(one.outcome) - ORDER.indexOf(other.outcome) || other.total - one.total);
}
