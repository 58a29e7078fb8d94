import { IconMaximize, IconMinus, IconPlus } from "@tabler/icons-react";
import { ControlButton, Controls, useReactFlow } from "@xyflow/react";
import { useMemo } from "react";
import pictures from "../flows-admin/canvas/canvas.module.css";
import { Picture } from "../flows-admin/canvas/picture.tsx";
import type { PathNode } from "./path.ts";
import classes from "./run-pages.module.css";
import { r } from "./words.ts";

type RunCanvasProps = {
  definition: unknown;
  path: readonly PathNode[];
  /** The step whose variables are shown. */
  chosen: string | null;
  choose(node: string): void;
};

/**
 * The flow of a run as the editor's picture, the way that it took lit. It says nothing that the list does not say: who
 * reads with a screen reader or goes by keyboard has the list, and meets the flow once.
 */
export default function RunCanvas({ definition, path, chosen, choose }: RunCanvasProps) {
  const nodes = useMemo(() => new Map(path.map((node) => [node.name, node])), [path]);
  const taken = useMemo(
    () =>
      new Set(
        path.flatMap(({ name, links }) => links.filter((one) => one.taken > 0).map((one) => `${name} ${one.outcome}`)),
      ),
    [path],
  );
  const isLit = (id: string) => (nodes.get(id)?.visits ?? 0) > 0 || nodes.get(id)?.here === true;
  return (
    <div className={`${pictures.canvas} ${classes.canvas}`} aria-hidden="true" dir="ltr">
      <Picture
        definition={definition}
        look={(id) => ({
          chosen: id === chosen,
          lit: isLit(id),
          here: nodes.get(id)?.here === true,
          faulted: nodes.get(id)?.faulted === true,
        })}
        lit={(way) => taken.has(way)}
        first={(ids) => (ids.some(isLit) ? ids.filter(isLit) : ids)}
        choose={choose}
        focusable={false}
      >
        <Buttons />
      </Picture>
    </div>
  );
}

/** For the pointer only, as the picture is. */
function Buttons() {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  return (
    <Controls showZoom={false} showFitView={false} showInteractive={false}>
      <ControlButton tabIndex={-1} title={r("run.closer")} onClick={() => void zoomIn()}>
        <IconPlus />
      </ControlButton>
      <ControlButton tabIndex={-1} title={r("run.further")} onClick={() => void zoomOut()}>
        <IconMinus />
      </ControlButton>
      <ControlButton tabIndex={-1} title={r("run.whole")} onClick={() => void fitView()}>
        <IconMaximize />
      </ControlButton>
    </Controls>
  );
}
