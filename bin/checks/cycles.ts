import { entranceOf, readManifests } from "./exports.ts";
import { relativeTarget, type Source } from "./sources.ts";

/** Every group of files that reach one another, as one way round it. Type imports count. */
export function cycleProblems(sources: Source[], root: string): string[] {
  const manifests = readManifests(root);
  const known = new Set(sources.map(({ path }) => path));
  const edges = new Map(
    sources.map(({ path, imports }) => {
      const targets = imports.map(({ specifier }) =>
        specifier.startsWith(".") ? relativeTarget(path, specifier) : entranceOf(specifier, manifests)?.file,
      );
      return [path, [...new Set(targets)].filter((target) => target !== undefined && known.has(target)) as string[]];
    }),
  );
  return knots(edges).map((knot) => `${wayRound(knot, edges).join(" -> ")}`);
}

/** Tarjan's strongly connected components, those with more than one member or an edge to itself. */
function knots(edges: Map<string, string[]>): Set<string>[] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: Set<string>[] = [];
  const visit = (node: string): void => {
    order.set(node, order.size);
    low.set(node, order.get(node)!);
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node)!, low.get(next)!));
    }
    if (low.get(node) !== order.get(node)) return;
    const members = new Set(stack.splice(stack.indexOf(node)));
    if (members.size > 1 || edges.get(node)?.includes(node)) found.push(members);
  };
  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return found;
}

/** The shortest way from the first member of a knot back to itself. */
function wayRound(knot: Set<string>, edges: Map<string, string[]>): string[] {
  const start = [...knot].sort()[0]!;
  const ways = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const next of edges.get(way.at(-1)!) ?? []) {
      if (next === start) return [...way, start];
      if (!knot.has(next) || seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return [...knot];
}
