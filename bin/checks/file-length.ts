import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listFiles } from "./sources.ts";

const LONGEST = 400;
const OURS = /\.(ts|tsx|css|mjs|js)$/;

export function fileLengths(root: string): { problems: string[]; summary: string } {
  const files = listFiles(root)
    .filter((path) => OURS.test(path))
    .map((path) => ({ path, lines: countLines(readFileSync(join(root, path), "utf8")) }));
  const sorted = files.map(({ lines }) => lines).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    problems: files.filter(({ lines }) => lines > LONGEST).map(({ path, lines }) => `${path} has ${lines} lines`),
    summary: `${files.length} files, median ${at(0.5)}, p90 ${at(0.9)}, longest ${sorted.at(-1) ?? 0}`,
  };
}

const countLines = (text: string): number => text.replace(/\n$/, "").split("\n").length;
