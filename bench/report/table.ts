import type { RunResult, Spread } from "../load/messages.ts";

/** `cpuPerMessage`: processor time of the server, in microseconds. */
export type Row = {
  load: string;
  who: "floor" | "Clew";
  result: RunResult;
  rowsWritten: number;
  cpuPerMessage: number | null;
};

/** The table for the terminal and for bench/RESULTS.md: floor and product side by side, then the ratio. */
export function table(rows: readonly Row[]): string {
  const head = [
    "load",
    "who",
    "stored/s",
    "seen/s",
    "rows",
    "CPU µs a message",
    "send → seen p50/p95/p99",
    "send → answer p50/p95/p99",
    "lost/doubled/reordered",
  ];
  const lines = rows.flatMap((row, index) => {
    const floor = row.who === "Clew" ? rows[index - 1] : undefined;
    return floor ? [cells(row), ratios(row, floor)] : [cells(row)];
  });
  const all = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((line) => (line[column] ?? "").length)));
  const text = (line: string[]) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [text(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...lines.map(text)].join("\n");
}

function cells({ load, who, result, rowsWritten, cpuPerMessage }: Row): string[] {
  return [
    load,
    who,
    result.storedPerSecond.toFixed(0),
    result.seenPerSecond.toFixed(0),
    String(rowsWritten),
    cpuPerMessage?.toFixed(0) ?? "",
    spreadText(result.toSeen),
    spreadText(result.toAnswer),
    `${result.lost}/${result.doubled}/${result.reordered}`,
  ];
}

function ratios({ result: own, cpuPerMessage }: Row, { result: floor, cpuPerMessage: cpuOfFloor }: Row): string[] {
  const part = (a: number, b: number) => `× ${(a / b).toFixed(2)}`;
  const spreads = (a: Spread, b: Spread) =>
    `× ${["p50", "p95", "p99"].map((at) => (a[at as "p50"] / b[at as "p50"]).toFixed(1)).join(" / ")}`;
  return [
    "",
    "ratio",
    part(own.storedPerSecond, floor.storedPerSecond),
    part(own.seenPerSecond, floor.seenPerSecond),
    "",
    cpuPerMessage !== null && cpuOfFloor !== null ? part(cpuPerMessage, cpuOfFloor) : "",
    spreads(own.toSeen, floor.toSeen),
    spreads(own.toAnswer, floor.toAnswer),
    "",
  ];
}

/** The median, 95th and 99th of a hundred, in milliseconds. */
export const spreadText = ({ p50, p95, p99 }: Spread) =>
  `${[p50, p95, p99].map((time) => time.toFixed(1)).join(" / ")} ms`;

/** Of each figure the median over the repetitions; of what must not happen, the sum. */
export function medianOf(results: readonly RunResult[]): RunResult {
  const median = (pick: (result: RunResult) => number) => {
    const sorted = results.map(pick).sort((a, b) => a - b);
    const middle = (sorted.length - 1) / 2;
    return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
  };
  const spread = (which: "toSeen" | "toAnswer"): Spread => ({
    p50: median((result) => result[which].p50),
    p95: median((result) => result[which].p95),
    p99: median((result) => result[which].p99),
  });
  const sum = (pick: (result: RunResult) => number) => results.reduce((total, result) => total + pick(result), 0);
  return {
    posted: sum((result) => result.posted),
    storedPerSecond: median((result) => result.storedPerSecond),
    seenPerSecond: median((result) => result.seenPerSecond),
    toSeen: spread("toSeen"),
    toAnswer: spread("toAnswer"),
    refused: sum((result) => result.refused),
    lost: sum((result) => result.lost),
    doubled: sum((result) => result.doubled),
    reordered: sum((result) => result.reordered),
  };
}
