import { links } from "@clew/domain/flows/format/links";
import { Graph, layout } from "@dagrejs/dagre";
import { nameOf, nodesOf, typeOf } from "../model/rough.ts";
import { wayName } from "../outline/line-text.ts";

export const WIDTH = 200;
export const HEIGHT = 56;

/** A step with the place of its left upper corner. */
export type Box = { id: string; name: string; type: string; x: number; y: number };
/** A link as the points that its line goes through, and the middle of its label. */
export type Wire = {
  id: string;
  from: string;
  to: string;
  label: string;
  isFault: boolean;
  points: Point[];
  labelAt: Point;
};
export type Point = { x: number; y: number };

/** Places every step below those that lead to it. Links that lead nowhere, or back into a loop, have no line. */
export function layoutOf(definition: unknown): { boxes: Box[]; wires: Wire[] } {
  const nodes = nodesOf(definition);
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 40, ranksep: 64 });
  for (const id of nodes.keys()) graph.setNode(id, { width: WIDTH, height: HEIGHT });
  const wires = [...nodes].flatMap(([from, node]) =>
    links(node)
      .filter(({ to }) => nodes.has(to))
      .map((link) => {
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
  const placed = wires.map((wire): Wire => {
    const {
      points = [],
      x = 0,
      y = 0,
    } = graph.edge(wire.from, wire.to, wire.id) as Partial<Point> & { points?: Point[] };
    return { ...wire, points, labelAt: { x, y } };
  });
  return { boxes, wires: placed };
}
