import type { FlowNode } from "@clew/contract/flows/definition";
import { BREAK, CONTINUE, NODE_TYPES, OUTCOMES } from "@clew/contract/flows/words";

/**
 * A link out of a node. `outcome` names its place: a field such as `next` or `notFound`, or `branches/0`, `any/1`,
 * `faults/0`. `pointer` is the same as a JSON pointer below the node.
 */
export type FlowLink = { outcome: string; to: string; pointer: string; label?: string };

/** A node as it may stand in a draft that is not finished. */
export type RoughNode = { readonly [field: string]: unknown };

const ALL_OUTCOMES = [...new Set(NODE_TYPES.flatMap((type): readonly string[] => OUTCOMES[type]))];
const BY_TYPE = new Map<unknown, readonly string[]>(Object.entries(OUTCOMES));

/** Every link that is set, in the order in which the outcomes are written. Takes broken nodes too and never throws. */
export function links(node: FlowNode | RoughNode): FlowLink[] {
  const fields = node as RoughNode;
  const found = [...numbered(fields, "branches"), ...numbered(fields, "any")];
  for (const outcome of BY_TYPE.get(fields.type) ?? ALL_OUTCOMES) {
    const to = Object.hasOwn(fields, outcome) ? fields[outcome] : undefined;
    if (typeof to === "string") found.push({ outcome, to, pointer: `/${outcome}` });
  }
  return [...found, ...numbered(fields, "faults")];
}

/** Whether a link leads to the loop around it instead of a node. */
export function leadsToLoop(to: string): boolean {
  return to === CONTINUE || to === BREAK;
}

function numbered(fields: RoughNode, list: string): FlowLink[] {
  const entries = Object.hasOwn(fields, list) ? fields[list] : undefined;
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: RoughNode | null, index): FlowLink[] => {
    if (typeof entry?.next !== "string") return [];
    const label = Array.isArray(entry.match) ? entry.match.join(" ") : entry.label;
    return [
      {
        outcome: `${list}/${index}`,
        to: entry.next,
        pointer: `/${list}/${index}/next`,
        ...(typeof label === "string" ? { label } : {}),
      },
    ];
  });
}
