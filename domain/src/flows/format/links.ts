import type { FlowNode } from "@clew/contract/flows/definition";
import { BREAK, CONTINUE, OUTCOMES } from "@clew/contract/flows/words";

/**
 * A link out of a node. `outcome` names its place: a field such as `next` or `notFound`, or `branches/0`, `any/1`,
 * `faults/0`. `pointer` is the same as a JSON pointer below the node.
 */
export type FlowLink = { outcome: string; to: string; pointer: string; label?: string };

/** Every link that is set, in the order in which the outcomes are written. */
export function links(node: FlowNode): FlowLink[] {
  const found: FlowLink[] = [];
  if (node.type === "decision") {
    for (const [index, { next, label }] of node.branches.entries())
      found.push(numbered("branches", index, next, label));
  }
  if (node.type === "wait") {
    for (const [index, { next, label }] of node.any.entries()) found.push(numbered("any", index, next, label));
  }
  const fields = node as unknown as Record<string, unknown>;
  for (const outcome of OUTCOMES[node.type]) {
    const to = fields[outcome];
    if (typeof to === "string") found.push({ outcome, to, pointer: `/${outcome}` });
  }
  for (const [index, { next, match }] of (node.faults ?? []).entries()) {
    found.push(numbered("faults", index, next, match.join(" ")));
  }
  return found;
}

/** Whether a link leads to the loop around it instead of a node. */
export function leadsToLoop(to: string): boolean {
  return to === CONTINUE || to === BREAK;
}

function numbered(list: string, index: number, to: string, label: string | undefined): FlowLink {
  return {
    outcome: `${list}/${index}`,
    to,
    pointer: `/${list}/${index}/next`,
    ...(label === undefined ? {} : { label }),
  };
}
