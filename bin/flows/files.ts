import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

export const FLOW_FILE = ".flow.json";

/** A file as read: its text and what it holds, or why it cannot be read. */
export type FlowFile = { path: string; text: string; flow: unknown } | { path: string; problem: string };

/** The named files, and of folders all that end in .flow.json, each once and in order. */
export function flowFiles(paths: string[]): FlowFile[] {
  return [...new Set(paths.flatMap(expand))].map(readFlow);
}

function expand(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(FLOW_FILE) && !name.split(/[\\/]/).includes("node_modules"))
    .sort()
    .map((name) => join(path, name));
}

function readFlow(path: string): FlowFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return { path, problem: `cannot be read: ${(error as Error).message}` };
  }
  try {
    return { path, text, flow: JSON.parse(text) };
  } catch (error) {
    return { path, problem: `is not JSON: ${(error as Error).message}` };
  }
}

/** Flows by their key: the files themselves and those that lie beside them, so that calls across files are checked. */
export function flowsAround(files: FlowFile[]): Map<string, unknown> {
  const beside = flowFiles([...new Set(files.map(({ path }) => dirname(path)))].flatMap(besideIn));
  return new Map([...beside, ...files].flatMap((file) => ("flow" in file ? withKey(file.flow) : [])));
}

function besideIn(folder: string): string[] {
  const names = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
  return names.filter((name) => name.endsWith(FLOW_FILE)).map((name) => join(folder, name));
}

function withKey(flow: unknown): [string, unknown][] {
  const key = (flow as { key?: unknown } | null)?.key;
  return typeof key === "string" ? [[key, flow]] : [];
}
