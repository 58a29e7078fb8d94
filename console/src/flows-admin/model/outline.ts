import { type FlowLink, leadsToLoop, links, type RoughNode } from "@clew/domain/flows/format/links";
import { nodesOf, startOf } from "./rough.ts";

/**
 * One line of the outline. `flow`: the flow itself. `node`: a step. `branch`: a way out of the step above it. `goto`:
 * the way goes on at a step that is listed elsewhere, or at one that does not exist. `lost`: heads the steps to which no way leads.
 */
export type Line =
  | { kind: "flow"; key: string; level: 1 }
  | { kind: "node"; key: string; level: number; id: string; parent: string }
  | { kind: "branch"; key: string; level: number; node: string; link: FlowLink; parent: string }
  | { kind: "goto"; key: string; level: number; to: string; link: FlowLink; node: string; parent: string }
  | { kind: "lost"; key: string; level: 1 };

export const FLOW_KEY = "flow";
const LOST_KEY = "lost";

export const nodeKey = (id: string): string => `node ${id}`;
export const branchKey = (node: string, outcome: string): string => `branch ${node} ${outcome}`;

/**
 * The steps in the order in which they come, each once: the main way down the same level, other ways one level deeper
 * below the step they leave; where the ways of a decision meet again the main level goes on.
 */
export function outlineOf(definition: unknown): Line[] {
  const nodes = nodesOf(definition);
  const listed = new Set<string>();
  const lines: Line[] = [{ kind: "flow", key: FLOW_KEY, level: 1 }];
  const after = (id: string) => links(nodes.get(id) ?? {}).map(({ to }) => to);
  const orderFrom = (ids: readonly string[]) => walk(ids, after);

  /** Lists from `link.to` on, until a step that was listed or one of `stops`. */
  function follow(link: FlowLink, from: string, place: { level: number; parent: string; stops: ReadonlySet<string> }) {
    const { level, parent, stops } = place;
    let way: FlowLink | undefined = link;
    let node = from;
    while (way !== undefined) {
      const { to } = way;
      if (leadsToLoop(to) || listed.has(to) || stops.has(to) || !nodes.has(to)) {
        lines.push({ kind: "goto", key: `goto ${node} ${way.outcome}`, level, to, link: way, node, parent });
        return;
      }
      listed.add(to);
      lines.push({ kind: "node", key: nodeKey(to), level, id: to, parent });
      way = below(to, level, stops);
      node = to;
    }
  }

  /** Lists the side ways of a step and answers the way on which its own level goes on. */
  function below(id: string, level: number, stops: ReadonlySet<string>): FlowLink | undefined {
    const all = links(nodes.get(id) as RoughNode);
    const main = all.find(({ outcome }) => outcome === "next");
    const side = all.filter((link) => link !== main);
    const join = main ? undefined : meeting(side.filter(({ outcome }) => !outcome.startsWith("faults/")));
    const onward = main?.to ?? join;
    const inner = onward === undefined ? stops : new Set([...stops, ...orderFrom([onward])]);
    for (const link of side) {
      const key = branchKey(id, link.outcome);
      lines.push({ kind: "branch", key, level: level + 1, node: id, link, parent: nodeKey(id) });
      follow(link, id, { level: level + 2, parent: key, stops: inner });
    }
    if (main) return main;
    return join === undefined ? undefined : { outcome: "join", to: join, pointer: "" };
  }

  /** The first step that all ways come to, if there is one that is not listed yet. */
  function meeting(ways: FlowLink[]): string | undefined {
    const last = ways.at(-1);
    if (ways.length < 2 || last === undefined) return undefined;
    const others = ways.slice(0, -1).map(({ to }) => new Set(orderFrom([to])));
    return orderFrom([last.to]).find(
      (id) => nodes.has(id) && !listed.has(id) && others.every((reached) => reached.has(id)),
    );
  }

  const start = startOf(definition);
  if (start !== undefined) {
    const link = { outcome: "start", to: start, pointer: "/start" };
    follow(link, FLOW_KEY, { level: 1, parent: FLOW_KEY, stops: new Set() });
  }
  const lost = [...nodes.keys()].filter((id) => !listed.has(id));
  if (lost.length > 0) lines.push({ kind: "lost", key: LOST_KEY, level: 1 });
  for (const id of lost) {
    if (listed.has(id)) continue;
    follow({ outcome: "lost", to: id, pointer: "" }, LOST_KEY, { level: 2, parent: LOST_KEY, stops: new Set() });
  }
  // A join that nothing but itself leads on from needs no line of its own.
  return lines.filter((line) => line.kind !== "goto" || line.link.outcome !== "join");
}

function walk(from: readonly string[], after: (id: string) => string[]): string[] {
  const seen = new Set(from);
  for (const id of seen) for (const next of after(id)) seen.add(next);
  return [...seen];
}
