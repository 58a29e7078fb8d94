import { Text } from "@mantine/core";
import { Controls } from "@xyflow/react";
import { useMemo } from "react";
import { useFlowEditing } from "../editor/editing.tsx";
import { stepOf } from "../editor/places.ts";
import { nodeKey } from "../model/outline.ts";
import { findingsByLine } from "../outline/outline.tsx";
import { f } from "../strings/words.ts";
import classes from "./canvas.module.css";
import { Picture } from "./picture.tsx";

/** So many steps are in view when the canvas opens: all of a long flow at once could not be read. */
const FIRST = 8;

/** The flow as a picture that places itself. What is chosen here is chosen in the outline too, and its fields are beside it. */
export default function Canvas() {
  const { definition, findings, chosen, choose } = useFlowEditing();
  const byLine = useMemo(() => findingsByLine(definition, findings), [definition, findings]);
  const step = stepOf(chosen);
  return (
    <>
      <Text c="dimmed" fz="xs">
        {f("canvas.help")}
      </Text>
      <section className={classes.canvas} aria-label={f("canvas.label")} dir="ltr">
        <Picture
          definition={definition}
          look={(id) => ({ chosen: id === step, findings: byLine.get(nodeKey(id)) })}
          first={(ids) => ids.slice(0, FIRST)}
          choose={(id) => choose(nodeKey(id))}
          focusable
        >
          <Controls showInteractive={false} />
        </Picture>
      </section>
    </>
  );
}
