import type { Node } from "./tree.ts";

/**
 * The variables that formulas read, as paths ("prechat.topic"), each once, in the order of the source. A path ends where
 * the way is computed: `answers[i].name` reads "answers".
 */
export function readsOf(...roots: readonly Node[]): string[] {
  const found = new Set<string>();
  for (const root of roots) collect(root, found, []);
  return [...found];
}

function collect(node: Node, found: Set<string>, items: readonly string[]): void {
  const path = readPath(node, items);
  if (path !== null) {
    if (path !== "") found.add(path);
    return;
  }
  for (const part of partsOf(node)) collect(part, found, items);
  if (node.kind === "macro") collect(node.body, found, [...items, node.item]);
}

/** "" for a way that begins at the item of a macro, null for what is no way at all. */
function readPath(node: Node, items: readonly string[]): string | null {
  if (node.kind === "name") return items.includes(node.name) ? "" : node.name;
  if (node.kind !== "member") return null;
  const of = readPath(node.of, items);
  return of ? `${of}.${node.name}` : of;
}

/** The nodes right below, but for the body of a macro, which knows its item. */
export function partsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case "literal":
    case "name":
      return [];
    case "member":
    case "unary":
      return [node.of];
    case "index":
      return [node.of, node.by];
    case "binary":
      return [node.left, node.right];
    case "condition":
      return [node.when, node.then, node.else];
    case "list":
      return node.items;
    case "map":
      return node.entries.map(({ value }) => value);
    case "call":
      return node.arguments;
    case "macro":
      return [node.over];
  }
}
