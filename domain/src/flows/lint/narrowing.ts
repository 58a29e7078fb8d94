import type { RoughNode } from "../format/links.ts";
import { entrancesOf, type Graph, reach } from "./graph.ts";
import type { RoughFlow } from "./rough.ts";

/**
 * Variables that hold something by the time a node is come to, though their type allows null: every node that writes
 * them does so on its `next`, and without those links the node could not be reached.
 */
export function sureOf(
  flow: RoughFlow,
  graph: Graph,
  writers: ReadonlyMap<string, string[]>,
): (node: string) => string[] {
  const reachedUnset = new Map(
    [...writers]
      .filter(([name, nodes]) => nodes.every((id) => fillsOnNext(flow.nodes.get(id), name)))
      .map(([name, nodes]) => [name, reachedWithout(flow, graph, nodes)] as const),
  );
  return (node) => [...reachedUnset].filter(([, reached]) => !reached.has(node)).map(([name]) => name);
}

function fillsOnNext(node: RoughNode | undefined, name: string): boolean {
  if (!node || node.skipIf !== undefined) return false;
  if (node.type === "records.get")
    return node.into === name && node.notFound !== undefined && node.notFound !== node.next;
  if (node.type === "cowork.form") return node.into === name || node.receiptInto === name;
  if (node.type === "cowork.open") return node.handle === name;
  return (node.type === "availability" || node.type === "records.create") && node.into === name;
}

/** A form that is corrected was sent before. */
const FILLED = ["next", "corrected"];

function reachedWithout(flow: RoughFlow, graph: Graph, nodes: string[]): ReadonlySet<string> {
  const others = (id: string) =>
    (graph.links.get(id) ?? []).filter(({ outcome }) => !FILLED.includes(outcome)).map(({ to }) => to);
  return reach(entrancesOf(flow), (id) =>
    nodes.includes(id) ? others(id).filter((to) => flow.nodes.has(to)) : graph.to(id),
  );
}
