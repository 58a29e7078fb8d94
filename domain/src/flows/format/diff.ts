import type { FlowDifference } from "@clew/contract/flows/versions";
import { shapeOf } from "../lint/shape.ts";
import { hashInput } from "./canonical.ts";
import { links, type RoughNode } from "./links.ts";

/**
 * What differs between two definitions, as people speak of flows: nodes added, removed and changed, links that lead
 * elsewhere, words, variables, settings. Empty for two definitions with the same meaning. Takes broken ones too.
 */
export function flowDiff(before: unknown, after: unknown): FlowDifference[] {
  const one = partsOf(before);
  const other = partsOf(after);
  return [
    ...rootDiff(one.rest, other.rest),
    ...namesOf(one.nodes, other.nodes).flatMap((node) => nodeDiff(node, one, other)),
  ];
}

type Parts = { nodes: Fields; rest: Fields; words: ReadonlySet<string> };
type Fields = Record<string, unknown>;

const VARIABLES = ["inputs", "outputs", "vars"];

function partsOf(flow: unknown): Parts {
  const { nodes, ...rest } = fieldsOf(flow);
  const words = new Set(
    shapeOf(flow)
      .places.filter(({ people }) => people)
      .map(({ path }) => path),
  );
  return { nodes: fieldsOf(nodes), rest, words };
}

function rootDiff(before: Fields, after: Fields): FlowDifference[] {
  return namesOf(before, after).flatMap((name): FlowDifference[] => {
    if (same(before[name], after[name])) return [];
    const path = below("", name);
    if (name === "start") return [difference("link", path, before[name], after[name])];
    const one = fieldsOf(before[name]);
    const other = fieldsOf(after[name]);
    const members = namesOf(one, other);
    if (members.length === 0) return [difference("setting", path, before[name], after[name])];
    return members
      .filter((member) => !same(one[member], other[member]))
      .map((member) => {
        const what = VARIABLES.includes(name) ? "variable" : "setting";
        return difference(what, below(path, member), one[member], other[member]);
      });
  });
}

function nodeDiff(node: string, before: Parts, after: Parts): FlowDifference[] {
  const path = below("/nodes", node);
  const inBoth = Object.hasOwn(before.nodes, node) && Object.hasOwn(after.nodes, node);
  if (!inBoth) {
    const what = Object.hasOwn(after.nodes, node) ? "node-added" : "node-removed";
    return [{ ...difference(what, path, before.nodes[node], after.nodes[node]), node }];
  }
  const one = leavesOf(before.nodes[node], path);
  const other = leavesOf(after.nodes[node], path);
  const [oneLinks, otherLinks] = [before, after].map((parts) => linksOf(parts.nodes[node], path)) as [Leaves, Leaves];
  const changed = [...new Set([...one.keys(), ...other.keys()])].filter(
    (leaf) => !same(one.get(leaf), other.get(leaf)),
  );
  const isLink = (leaf: string) => oneLinks.has(leaf) || otherLinks.has(leaf);
  const isWords = (leaf: string) => before.words.has(leaf) || after.words.has(leaf);
  const single = changed.filter((leaf) => isLink(leaf) || isWords(leaf));
  const fields = [...new Set(changed.filter((leaf) => !single.includes(leaf)).map((leaf) => fieldOf(leaf)))];
  return [
    ...single.map((leaf) => ({
      ...difference(isLink(leaf) ? "link" : "text", leaf, one.get(leaf), other.get(leaf)),
      node,
    })),
    ...fields.map((field) => {
      const [was, is] = [before, after].map((parts) => fieldsOf(parts.nodes[node])[field]);
      return { ...difference("node-changed", below(path, field), was, is), node };
    }),
  ];
}

type Leaves = Map<string, unknown>;

/** Every plain value in a node by its pointer; a list or map without any stands for itself. */
function leavesOf(value: unknown, path: string, found: Leaves = new Map()): Leaves {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  if (entries.length === 0) found.set(path, value);
  for (const [name, item] of entries) leavesOf(item, below(path, name), found);
  return found;
}

function linksOf(node: unknown, path: string): Leaves {
  return new Map(links(fieldsOf(node) as RoughNode).map(({ pointer, to }) => [path + pointer, to]));
}

function fieldOf(leaf: string): string {
  return (leaf.split("/")[3] ?? "").replaceAll("~1", "/").replaceAll("~0", "~");
}

function difference(what: FlowDifference["what"], path: string, before: unknown, after: unknown): FlowDifference {
  return {
    what,
    path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

function namesOf(one: Fields, other: Fields): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])];
}

function same(one: unknown, other: unknown): boolean {
  return one === other || (one !== undefined && other !== undefined && hashInput(one) === hashInput(other));
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function below(path: string, name: string): string {
  return `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
