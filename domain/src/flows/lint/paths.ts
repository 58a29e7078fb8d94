import type { Finding } from "@clew/contract/flows/lint";
import type { RoughNode } from "../format/links.ts";
import { below, error, nodePath, warning } from "./finding.ts";
import { entrancesOf, type Graph, loopLinks, reach } from "./graph.ts";
import { mapOf, type RoughFlow } from "./rough.ts";

/** Outcomes that a node must say; those that depend on its other fields are in `needsOf`. */
const NEEDED = new Map<unknown, string[]>(
  Object.entries({
    assign: ["next"],
    loop: ["next"],
    subflow: ["next"],
    "records.get": ["next"],
    "records.create": ["next"],
    "records.update": ["next"],
    "message.send": ["next"],
    "message.note": ["next"],
    "message.draft": ["next"],
    ask: ["next", "gaveUp"],
    "prechat.restore": ["next"],
    "session.set": ["next"],
    availability: ["next"],
    "http.call": ["next"],
    "event.emit": ["next"],
    screen: ["next"],
    "cowork.form": ["next", "cancelled", "expired"],
    "cowork.open": ["next"],
    "cowork.await": ["next", "cancelled", "expired"],
    "cowork.act": ["next"],
  }),
);

/** Nodes at which a run stands still until something comes from outside. */
const STANDS_STILL = new Set<unknown>(["wait", "screen", "ask", "cowork.form", "cowork.await", "route"]);

export function pathFindings(flow: RoughFlow, graph: Graph): Finding[] {
  return [
    ...outcomeFindings(flow),
    ...unreachableFindings(flow, graph),
    ...circleFindings(flow, graph),
    ...loopFindings(flow, graph),
  ];
}

function outcomeFindings(flow: RoughFlow): Finding[] {
  return [...flow.nodes].flatMap(([id, node]) =>
    needsOf(node)
      .filter((outcome) => typeof node[outcome] !== "string")
      .map((outcome) =>
        error("missing-outcome", below(nodePath(id), outcome), `${id} does not say what comes on ${outcome}`, {
          suggestion: `add "${outcome}" with the id of a node`,
        }),
      ),
  );
}

function needsOf(node: RoughNode): string[] {
  const needed = [...(NEEDED.get(node.type) ?? [])];
  if (node.type === "ask" && node.within !== undefined) needed.push("timeout");
  const to = mapOf(node.to);
  const mayBeAway = node.type === "route" && (to.previousAgent !== undefined || to.agent !== undefined);
  if (mayBeAway && node.overflow === undefined) needed.push("unavailable");
  return needed;
}

function unreachableFindings(flow: RoughFlow, graph: Graph): Finding[] {
  if (!flow.nodes.has(flow.start)) return [];
  return [...flow.nodes.keys()]
    .filter((id) => !graph.reached.has(id))
    .map((id) =>
      error("unreachable", nodePath(id), `no path leads to ${id}`, { suggestion: "link to it, or take it out" }),
    );
}

/** Nodes from which a run neither ends nor stands still: it would go in a circle until a limit stops it. */
function circleFindings(flow: RoughFlow, graph: Graph): Finding[] {
  const stops = [...flow.nodes].filter(([id, node]) => {
    return (
      STANDS_STILL.has(node.type) || (graph.links.get(id) ?? []).length !== graph.to(id).length || isLast(graph, id)
    );
  });
  const back = new Map<string, string[]>();
  for (const id of flow.nodes.keys()) {
    for (const to of graph.to(id)) back.set(to, [...(back.get(to) ?? []), id]);
  }
  const leads = reach(
    stops.map(([id]) => id),
    (id) => back.get(id) ?? [],
  );
  const circling = [...flow.nodes.keys()].filter((id) => graph.reached.has(id) && !leads.has(id));
  return circling.slice(0, 1).map((id) =>
    error("no-exit", nodePath(id), `from ${id} the flow goes in a circle and never ends`, {
      suggestion: "let one of these steps lead to an end",
    }),
  );
}

function isLast(graph: Graph, id: string): boolean {
  return (graph.links.get(id) ?? []).length === 0;
}

function loopFindings(flow: RoughFlow, graph: Graph): Finding[] {
  const inBodies = new Set([...graph.bodies.values()].flatMap((body) => [...body]));
  const astray = loopLinks(graph)
    .filter(({ node }) => !inBodies.has(node))
    .map(({ node, link }) =>
      error("loop-link", nodePath(node) + link.pointer, `${link.to} is only known in the body of a loop`),
    );
  const leaking = [...graph.bodies].flatMap(([loop, body]) => {
    const outside = reach(entrancesOf(flow), (id) =>
      id === loop ? graph.to(id).filter((to) => to !== flow.nodes.get(loop)?.body) : graph.to(id),
    );
    // An end ends the run wherever it stands.
    const both = [...body].find((id) => outside.has(id) && flow.nodes.get(id)?.type !== "end");
    if (both === undefined) return [];
    const message = `${both} belongs to the body of the loop ${loop} and is also reached without it`;
    return [error("loop-link", nodePath(both), message, { suggestion: "leave the body by $continue or $break" })];
  });
  return [...astray, ...leaking];
}

/** Paths of a routing flow that end without a decision who serves. `routes` tells it of the flows that are called. */
export function routingFindings(flow: RoughFlow, graph: Graph, routes: (key: unknown) => boolean): Finding[] {
  if (flow.kind !== "routing") return [];
  return unroutedEnds(flow, graph, routes).map(({ end, before }) => {
    const way = before === null ? "right at the start" : `after ${before}`;
    return error("no-route", nodePath(end), `the path that ends at ${end}, ${way}, sends the session nowhere`, {
      suggestion: "put a route or session.end before the end",
    });
  });
}

/** Whether every path of a called flow comes to a route or the session's end. */
export function alwaysRoutes(flow: RoughFlow, graph: Graph): boolean {
  return flow.nodes.has(flow.start) && unroutedEnds(flow, graph, () => false).length === 0;
}

/** The ends of a flow that are come to without a route or the end of the session before. */
export function unroutedEnds(flow: RoughFlow, graph: Graph, routes: (key: unknown) => boolean) {
  const cameFrom = new Map<string, string | null>(entrancesOf(flow).map((id) => [id, null]));
  const open = [...cameFrom.keys()];
  const ends: { end: string; before: string | null }[] = [];
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    const node = flow.nodes.get(id);
    const next = (graph.links.get(id) ?? []).filter(({ outcome }) => !(outcome === "next" && isServed(node, routes)));
    if (node?.type === "end") ends.push({ end: id, before: cameFrom.get(id) ?? null });
    for (const { to } of next) {
      if (cameFrom.has(to) || !flow.nodes.has(to)) continue;
      cameFrom.set(to, id);
      open.push(to);
    }
  }
  return ends;
}

function isServed(node: RoughNode | undefined, routes: (key: unknown) => boolean): boolean {
  return node?.type === "route" || node?.type === "session.end" || (node?.type === "subflow" && routes(node.flow));
}

/** Waits that nothing ends but an event that may never come. */
export function waitFindings(flow: RoughFlow): Finding[] {
  const bounded = typeof flow.settings.maxDuration === "string";
  return [...flow.nodes].flatMap(([id, node]) => {
    if (node.type === "wait" && Array.isArray(node.any)) {
      const timed = node.any.some((branch) => ["after", "at", "businessHours"].some((name) => name in mapOf(branch)));
      if (timed || bounded) return [];
      return [
        error("unbounded-wait", nodePath(id), `${id} waits for events only, for ever`, {
          suggestion: 'add a branch with "after", or settings.maxDuration',
        }),
      ];
    }
    const limit =
      node.type === "ask" ? "within" : node.type === "cowork.form" || node.type === "cowork.open" ? "expires" : null;
    if (limit === null || node[limit] !== undefined || bounded) return [];
    const message = `${id} waits for the customer with no end but the run's own, after 30 days`;
    return [
      warning("unbounded-wait", nodePath(id), message, { suggestion: `add "${limit}", or settings.maxDuration` }),
    ];
  });
}
