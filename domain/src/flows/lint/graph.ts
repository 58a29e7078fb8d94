import { type FlowLink, leadsToLoop, links } from "../format/links.ts";
import type { RoughFlow } from "./rough.ts";

/** The nodes and where they lead. Links to nodes that do not exist are left out of `to`. */
export type Graph = {
  links: ReadonlyMap<string, FlowLink[]>;
  to: (node: string) => string[];
  /** Reached from the start or from one of the ways out in the settings. */
  reached: ReadonlySet<string>;
  /** The nodes of each loop's body, by the loop's id. */
  bodies: ReadonlyMap<string, ReadonlySet<string>>;
};

export function graphOf(flow: RoughFlow): Graph {
  const all = new Map([...flow.nodes].map(([id, node]) => [id, links(node)]));
  const to = (node: string) => (all.get(node) ?? []).map((link) => link.to).filter((id) => flow.nodes.has(id));
  const entrances = entrancesOf(flow);
  const bodies = new Map(
    [...flow.nodes].flatMap(([id, node]) => {
      const body = node.type === "loop" && typeof node.body === "string" ? node.body : null;
      return body && flow.nodes.has(body) ? [[id, reach([body], to)] as const] : [];
    }),
  );
  return { links: all, to, reached: reach(entrances, to), bodies };
}

/** Where a run can begin or be sent to from outside: the start, the fault path, the path of expiry. */
export function entrancesOf(flow: RoughFlow): string[] {
  return [flow.start, flow.settings.onFault, flow.settings.onExpired].filter(
    (id): id is string => typeof id === "string" && flow.nodes.has(id),
  );
}

/** All nodes that can be come to, the first ones included. */
export function reach(from: string[], to: (node: string) => string[]): Set<string> {
  const found = new Set(from);
  const open = [...found];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const next of to(node)) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return found;
}

/** Nodes with a link to the loop around them. */
export function loopLinks(graph: Graph): { node: string; link: FlowLink }[] {
  return [...graph.links].flatMap(([node, found]) =>
    found.filter(({ to }) => leadsToLoop(to)).map((link) => ({ node, link })),
  );
}
