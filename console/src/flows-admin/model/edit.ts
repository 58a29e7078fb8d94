import { NODE_TYPES, type NodeType, OUTCOMES } from "@clew/contract/flows/words";
import { links, type RoughNode } from "@clew/domain/flows/format/links";
import { isPlain } from "../../admin/editing/same.ts";
import { writeAt } from "./json-at.ts";
import { newNode } from "./new-node.ts";
import { nodesOf, startOf, typeOf } from "./rough.ts";

/** A changed definition, and the step that should be looked at now; null: the flow itself. */
export type Edited = { definition: unknown; focus: string | null };

/** Where a new step goes: at the start, after a step, or into one way out of it (`outcome` as in `links`). */
export type Place = { after: null } | { after: string; outcome?: string };

/** The way out on which things go on: `next`, else `else`, else none. */
export function mainOutcome(type: string): string | undefined {
  const outcomes: readonly string[] = isNodeType(type) ? OUTCOMES[type] : [];
  return ["next", "else"].find((outcome) => outcomes.includes(outcome));
}

/** Puts a new step between a way out and where it led so far. */
export function addNode(definition: unknown, type: NodeType, place: Place): Edited {
  const nodes = nodesOf(definition);
  const id = freeName(type, nodes);
  const from = place.after === null ? undefined : nodes.get(place.after);
  const outcome = place.after === null ? undefined : (place.outcome ?? mainOutcome(typeOf(from)));
  const was =
    place.after === null ? startOf(definition) : links(from ?? {}).find((link) => link.outcome === outcome)?.to;
  const next = was !== undefined && nodes.has(was) ? was : undefined;
  const order = [...nodes.keys()];
  const index = place.after === null ? 0 : order.indexOf(place.after) + 1;
  const node = newNode(type, next);
  let changed = withNodes(definition, insertAt([...nodes], index, [id, node]));
  if (place.after === null) changed = writeAt(changed, ["start"], id);
  else if (outcome !== undefined) changed = writeAt(changed, linkAt(place.after, outcome), id);
  else changed = withWayOut(changed, place.after, typeOf(from), id);
  return { definition: changed, focus: id };
}

/** Takes a step out: who led to it leads to where its main way led. Other ways of it end with it. */
export function removeNode(definition: unknown, id: string): Edited {
  const nodes = nodesOf(definition);
  const node = nodes.get(id);
  if (!node) return { definition, focus: null };
  const main = mainOutcome(typeOf(node));
  const own = links(node).find(({ outcome }) => outcome === main)?.to;
  const onward = own === id ? undefined : own;
  let before: string | null = null;
  let changed: unknown = definition;
  // From the end, so that a branch that goes away moves none that is still to be looked at.
  for (const [other, fields] of nodes) {
    for (const link of links(fields).toReversed()) {
      if (other === id || link.to !== id) continue;
      before ??= other;
      const inList = link.outcome.includes("/");
      const at =
        onward === undefined && inList ? linkAt(other, link.outcome).slice(0, -1) : linkAt(other, link.outcome);
      changed = writeAt(changed, at, onward);
    }
  }
  changed = writeAt(changed, ["nodes", id], undefined);
  if (startOf(changed) === id)
    changed = writeAt(changed, ["start"], onward ?? [...nodes.keys()].find((one) => one !== id) ?? "");
  return { definition: changed, focus: onward ?? before };
}

/** Gives a step another id everywhere it is linked to. The name must be free. */
export function renameNode(definition: unknown, id: string, name: string): Edited {
  const nodes = nodesOf(definition);
  if (!nodes.has(id) || nodes.has(name)) return { definition, focus: id };
  let changed = definition;
  for (const [other, fields] of nodes) {
    for (const link of links(fields)) {
      if (link.to === id) changed = writeAt(changed, linkAt(other, link.outcome), name);
    }
  }
  if (startOf(changed) === id) changed = writeAt(changed, ["start"], name);
  for (const setting of ["onFault", "onExpired"]) {
    const settings = isPlain(changed) && isPlain(changed.settings) ? changed.settings : {};
    if (settings[setting] === id) changed = writeAt(changed, ["settings", setting], name);
  }
  const renamed = [...nodesOf(changed)].map(([one, node]): [string, RoughNode] => [one === id ? name : one, node]);
  return { definition: withNodes(changed, renamed), focus: name };
}

/** Exchanges a branch with its neighbour; `by` -1 is up. */
export function moveBranch(definition: unknown, node: string, outcome: string, by: -1 | 1): unknown {
  const [list = "", place] = outcome.split("/");
  const entries = nodesOf(definition).get(node)?.[list];
  const from = Number(place);
  const to = from + by;
  if (!Array.isArray(entries) || entries[from] === undefined || entries[to] === undefined) return definition;
  return writeAt(definition, ["nodes", node, list], entries.with(from, entries[to]).with(to, entries[from]));
}

/** Where the link of an outcome stands. */
export function linkAt(node: string, outcome: string): (string | number)[] {
  const [list = "", place] = outcome.split("/");
  return place === undefined ? ["nodes", node, list] : ["nodes", node, list, Number(place), "next"];
}

export function isNodeType(type: string): type is NodeType {
  return (NODE_TYPES as readonly string[]).includes(type);
}

/** "send", "send2", …: the last word of the type, free in the flow. */
function freeName(type: NodeType, nodes: ReadonlyMap<string, unknown>): string {
  const base = type.split(".").at(-1) ?? type;
  if (!nodes.has(base)) return base;
  let count = 2;
  while (nodes.has(`${base}${count}`)) count += 1;
  return `${base}${count}`;
}

/** A step without a main way gets one to the new step: a further branch of a wait. An end has none. */
function withWayOut(definition: unknown, id: string, type: string, to: string): unknown {
  if (type !== "wait") return definition;
  const any = nodesOf(definition).get(id)?.any;
  return writeAt(definition, ["nodes", id, "any"], [...(Array.isArray(any) ? any : []), { after: "P1D", next: to }]);
}

function withNodes(definition: unknown, nodes: [string, RoughNode][]): unknown {
  return { ...(isPlain(definition) ? definition : {}), nodes: Object.fromEntries(nodes) };
}

function insertAt<Item>(items: Item[], index: number, item: Item): Item[] {
  return items.toSpliced(index, 0, item);
}
