import "@xyflow/react/dist/style.css";
import { Text } from "@mantine/core";
import {
  BaseEdge,
  Controls,
  type Edge,
  type EdgeProps,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from "@xyflow/react";
import { useMemo } from "react";
import { useFlowEditing } from "../editor/editing.tsx";
import { stepOf } from "../editor/places.ts";
import { nodeKey } from "../model/outline.ts";
import { Badge, findingsByLine, typeName } from "../outline/outline.tsx";
import { f } from "../strings/words.ts";
import classes from "./canvas.module.css";
import { type Box, HEIGHT, layoutOf, WIDTH, type Wire } from "./layout.ts";

type BoxData = Box & { chosen: boolean; findings: Parameters<typeof Badge>[0]["findings"] };

const NODE_TYPES = { box: BoxView };
/** So many steps are in view when the canvas opens: all of a long flow at once could not be read. */
const FIRST = 8;
const WORDS = {
  // Steps are neither moved nor taken out here; what can be done with one is done by the buttons above.
  "node.a11yDescription.default": f("canvas.help"),
  "node.a11yDescription.keyboardDisabled": f("canvas.help"),
  "controls.ariaLabel": f("canvas.label"),
  "controls.zoomIn.ariaLabel": f("canvas.in"),
  "controls.zoomOut.ariaLabel": f("canvas.out"),
  "controls.fitView.ariaLabel": f("canvas.fit"),
};
const EDGE_TYPES = { wire: WireView };

/** The flow as a picture that places itself. What is chosen here is chosen in the outline too, and its fields are beside it. */
export default function Canvas() {
  const { definition, findings, chosen, choose } = useFlowEditing();
  const { boxes, wires } = useMemo(() => layoutOf(definition), [definition]);
  const byLine = useMemo(() => findingsByLine(definition, findings), [definition, findings]);
  const step = stepOf(chosen);
  const nodes = boxes.map((box) => boxNode({ ...box, chosen: box.id === step, findings: byLine.get(nodeKey(box.id)) }));
  return (
    <>
      <Text c="dimmed" fz="xs">
        {f("canvas.help")}
      </Text>
      <section className={classes.canvas} aria-label={f("canvas.label")} dir="ltr">
        <ReactFlow
          nodes={nodes}
          edges={wires.map(edgeOf)}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onNodeClick={(_, { id }) => choose(nodeKey(id))}
          onNodesChange={(changes) => {
            // By keyboard: Enter on a box that has the focus selects it.
            const picked = changes.find((change) => change.type === "select" && change.selected);
            if (picked && "id" in picked) choose(nodeKey(picked.id));
          }}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          deleteKeyCode={null}
          minZoom={0.1}
          fitView
          fitViewOptions={{ minZoom: 0.6, maxZoom: 1, nodes: boxes.slice(0, FIRST).map(({ id }) => ({ id })) }}
          ariaLabelConfig={WORDS}
        >
          <Controls showInteractive={false} />
        </ReactFlow>
      </section>
    </>
  );
}

function boxNode(data: BoxData): Node<BoxData> {
  const { id, x, y, chosen } = data;
  const ariaLabel = `${data.name}, ${typeName(data.type)}`;
  return { id, type: "box", position: { x, y }, data, selected: chosen, width: WIDTH, height: HEIGHT, ariaLabel };
}

function edgeOf(wire: Wire): Edge<Wire> {
  const { id, from, to, label, isFault } = wire;
  return {
    id,
    source: from,
    target: to,
    data: wire,
    type: "wire",
    label,
    className: isFault ? classes.fault : "",
    markerEnd: { type: MarkerType.ArrowClosed },
  };
}

/** A line as the layout led it, around the steps that are in between. */
function WireView({ data, label, markerEnd }: EdgeProps<Edge<Wire>>) {
  if (!data) return null;
  const { points, labelAt } = data;
  const path = points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x},${y}`).join(" ");
  return (
    <BaseEdge path={path} label={label} labelX={labelAt.x} labelY={labelAt.y} {...(markerEnd ? { markerEnd } : {})} />
  );
}

function BoxView({ data }: NodeProps<Node<BoxData>>) {
  return (
    <div className={classes.box} data-chosen={data.chosen || undefined}>
      <Handle type="target" position={Position.Top} className={classes.handle} isConnectable={false} />
      <span className={classes.name} dir="auto">
        {data.name}
      </span>
      <span className={classes.type}>{typeName(data.type)}</span>
      <span className={classes.mark}>
        <Badge findings={data.findings} />
      </span>
      <Handle type="source" position={Position.Bottom} className={classes.handle} isConnectable={false} />
    </div>
  );
}
