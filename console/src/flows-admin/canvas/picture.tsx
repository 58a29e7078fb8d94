import "@xyflow/react/dist/style.css";
import type { Finding } from "@clew/contract/flows/lint";
import { IconAlertTriangle, IconMapPin } from "@tabler/icons-react";
import {
  BaseEdge,
  type Edge,
  type EdgeProps,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from "@xyflow/react";
import { type ReactNode, useMemo } from "react";
import { Badge, typeName } from "../outline/outline.tsx";
import { f } from "../strings/words.ts";
import classes from "./canvas.module.css";
import { type Box, HEIGHT, layoutOf, WIDTH, type Wire } from "./layout.ts";

/** How a step is drawn beside its name. `lit`: a run came by; absent where the picture is of no run. */
export type BoxLook = {
  chosen?: boolean;
  findings?: readonly Finding[] | undefined;
  lit?: boolean;
  here?: boolean;
  faulted?: boolean;
};
type BoxData = Box & { look: BoxLook };
type WireData = Wire & { lit: boolean | undefined };

type PictureProps = {
  definition: unknown;
  look(id: string): BoxLook;
  /** Whether a run took the way of this name, "step outcome"; absent where the picture is of no run. */
  lit?(way: string): boolean;
  /** The steps that are in view when the picture opens. */
  first(ids: string[]): string[];
  choose(id: string): void;
  /** Steps may be come to by keyboard and are told to screen readers. */
  focusable: boolean;
  children: ReactNode;
};

const NODE_TYPES = { box: BoxView };
const EDGE_TYPES = { wire: WireView };
const WORDS = {
  // Steps are neither moved nor taken out here; what can be done with one is done by the buttons above.
  "node.a11yDescription.default": f("canvas.help"),
  "node.a11yDescription.keyboardDisabled": f("canvas.help"),
  "controls.ariaLabel": f("canvas.label"),
  "controls.zoomIn.ariaLabel": f("canvas.in"),
  "controls.zoomOut.ariaLabel": f("canvas.out"),
  "controls.fitView.ariaLabel": f("canvas.fit"),
};

/** A flow as boxes and lines that place themselves. */
export function Picture({ definition, look, lit, first, choose, focusable, children }: PictureProps) {
  const { boxes, wires } = useMemo(() => layoutOf(definition), [definition]);
  const inView = first(boxes.map(({ id }) => id)).map((id) => ({ id }));
  return (
    <ReactFlow
      nodes={boxes.map((box) => boxNode({ ...box, look: look(box.id) }, focusable))}
      edges={wires.map((wire) => edgeOf({ ...wire, lit: lit?.(wire.id) }))}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      onNodeClick={(_, { id }) => choose(id)}
      onNodesChange={(changes) => {
        // By keyboard: Enter on a box that has the focus selects it.
        const picked = changes.find((change) => change.type === "select" && change.selected);
        if (picked && "id" in picked) choose(picked.id);
      }}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={focusable}
      edgesFocusable={false}
      deleteKeyCode={null}
      minZoom={0.1}
      // Beside other things of a page the wheel belongs to the page; with Ctrl, or two fingers, it zooms.
      zoomOnScroll={focusable}
      preventScrolling={focusable}
      fitView
      fitViewOptions={{ minZoom: 0.6, maxZoom: 1, nodes: inView }}
      ariaLabelConfig={WORDS}
      // Its link would be met by keyboard where nothing else of the picture is.
      proOptions={{ hideAttribution: !focusable }}
    >
      {children}
    </ReactFlow>
  );
}

/** Each box says itself whether it is come to by keyboard: what is said for all of them comes a moment after the first drawing. */
function boxNode(data: BoxData, focusable: boolean): Node<BoxData> {
  const { id, x, y, look } = data;
  const ariaLabel = `${data.name}, ${typeName(data.type)}`;
  const selected = look.chosen === true;
  const size = { width: WIDTH, height: HEIGHT };
  return { id, type: "box", position: { x, y }, data, selected, focusable, ...size, ariaLabel };
}

function edgeOf(data: WireData): Edge<WireData> {
  const { id, from, to, label, isFault, lit } = data;
  const look = [isFault && classes.fault, lit === true && classes.taken, lit === false && classes.unlit];
  return {
    id,
    source: from,
    target: to,
    data,
    type: "wire",
    focusable: false,
    label,
    className: look.filter(Boolean).join(" "),
    markerEnd: { type: MarkerType.ArrowClosed, ...(lit ? { color: "var(--clew-accent)" } : {}) },
  };
}

/** A line as the layout led it, around the steps that are in between. */
function WireView({ data, label, markerEnd }: EdgeProps<Edge<WireData>>) {
  if (!data) return null;
  const { points, labelAt } = data;
  const path = points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x},${y}`).join(" ");
  return (
    <BaseEdge path={path} label={label} labelX={labelAt.x} labelY={labelAt.y} {...(markerEnd ? { markerEnd } : {})} />
  );
}

function BoxView({ data: { name, type, look } }: NodeProps<Node<BoxData>>) {
  const { chosen, lit, here, faulted, findings } = look;
  return (
    <div
      className={classes.box}
      data-chosen={chosen || undefined}
      data-lit={lit}
      data-here={here || undefined}
      data-fault={faulted || undefined}
    >
      <Handle type="target" position={Position.Top} className={classes.handle} isConnectable={false} />
      <span className={classes.name} dir="auto">
        {name}
      </span>
      <span className={classes.type}>{typeName(type)}</span>
      <span className={classes.mark}>
        <Badge findings={findings} />
        {faulted && <IconAlertTriangle size={15} aria-hidden />}
        {here && !faulted && <IconMapPin size={15} aria-hidden />}
      </span>
      <Handle type="source" position={Position.Bottom} className={classes.handle} isConnectable={false} />
    </div>
  );
}
