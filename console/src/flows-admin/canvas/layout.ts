import { links } from "@clew/domain/flows/format/links";
import { Graph, layout } from "@dagrejs/dagre";
import { nameOf, nodesOf, typeOf } from "../model/rough.ts";
import { wayName } from "../outline/line-text.ts";

export const WIDTH = 200;
export const HEIGHT = 56;

/** A step with the place of its left upper corner. */
export type Box = { id: string; name: string; type: string; x: number; y: number };
export type Wire = { id: string; from: string; to: string; label: string; isFault: boolean };

/** Places every step below those that lead to it. Links that lead nowhere, or back into a loop, have no line. */
export function layoutOf(definition: unknown): { boxes: Box[]; wires: Wire[] } {
  const nodes = nodesOf(definition);
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 40, ranksep: 64 });
  for (const id of nodes.keys()) graph.setNode(id, { width: WIDTH, height: HEIGHT });
  const wires = [...nodes].flatMap(([from, node]) =>
    links(node)
      .filter(({ to }) => nodes.has(to))
      .map((link): Wire => {
        const isOnly = link.outcome === "next";
        const label = isOnly ? "" : wayName(link, node);
        return { id: `${from} ${link.outcome}`, from, to: link.to, label, isFault: link.outcome.startsWith("faults/") };
      }),
  );
  for (const { id, from, to, label } of wires) {
    graph.setEdge(from, to, { width: label.length * 6, height: label === "" ? 0 : 18, labelpos: "c" }, id);
  }
  layout(graph);
  const boxes = [...nodes].map(([id, node]) => {
    const { x, y } = graph.node(id) as { x: number; y: number };
    return { id, name: nameOf(id, node), type: typeOf(node), x: x - WIDTH / 2, y: y - HEIGHT / 2 };
  });
  return { boxes, wires };
}
