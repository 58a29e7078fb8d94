import type { RoughNode } from "@clew/domain/flows/format/links";
import { isPlain } from "../../admin/editing/same.ts";

/** The steps of a definition that may be unfinished, in the author's order. */
export function nodesOf(definition: unknown): Map<string, RoughNode> {
  const nodes = isPlain(definition) && isPlain(definition.nodes) ? definition.nodes : {};
  return new Map(Object.entries(nodes).filter((entry): entry is [string, RoughNode] => isPlain(entry[1])));
}

export function startOf(definition: unknown): string | undefined {
  const start = isPlain(definition) ? definition.start : undefined;
  return typeof start === "string" ? start : undefined;
}

export function typeOf(node: RoughNode | undefined): string {
  return typeof node?.type === "string" ? node.type : "";
}

/** What people call a step: its label, else its id. */
export function nameOf(id: string, node: RoughNode | undefined): string {
  return typeof node?.label === "string" && node.label.trim() !== "" ? node.label : id;
}
