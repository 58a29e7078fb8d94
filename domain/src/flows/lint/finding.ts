import type { FindingCode } from "@clew/contract/flows/findings";
import type { Finding } from "@clew/contract/flows/lint";

/** Adds one step to a JSON pointer. */
export function below(path: string, key: string | number): string {
  return `${path}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

export function nodePath(node: string): string {
  return below("/nodes", node);
}

export function error(code: FindingCode, path: string, message: string, more: Partial<Finding> = {}): Finding {
  return { path, code, severity: "error", message, ...nodeIn(path), ...more };
}

export function warning(code: FindingCode, path: string, message: string, more: Partial<Finding> = {}): Finding {
  return { ...error(code, path, message, more), severity: "warning" };
}

function nodeIn(path: string): { node?: string } {
  const [, first, node] = path.split("/");
  return first === "nodes" && node ? { node: node.replaceAll("~1", "/").replaceAll("~0", "~") } : {};
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
