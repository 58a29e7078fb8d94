import { useRef, useState } from "preact/hooks";
import type { ControlProps } from "./control-props.ts";
import { useForm } from "./form-context.ts";
import { Typed } from "./typed.tsx";

const WIDTH = 300;
const HEIGHT = 100;
const LONGEST = 7_000;

/** Drawn with finger or mouse, or typed: nobody needs to be able to draw. */
export function SignatureControl({ value, locked, change, attributes }: ControlProps<"signature">) {
  const { say } = useForm();
  const { path = "", name = "" } = (value ?? {}) as { path?: string; name?: string };
  const [drawn, draw] = useState<string | null>(null);
  const line = useRef("");
  const at = (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const place = (part: number, size: number, whole: number) =>
      Math.round(Math.min(Math.max(part / size, 0), 1) * whole);
    return `${place(event.clientX - box.x, box.width, WIDTH)} ${place(event.clientY - box.y, box.height, HEIGHT)}`;
  };
  const end = () => {
    if (drawn !== null && line.current.includes("L")) change({ path: line.current }, true);
    draw(null);
  };
  return (
    <>
      <svg
        class="ff-pad"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={say("draw")}
        onPointerDown={(event) => {
          if (locked) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          line.current = `${path}M${at(event)}`;
          draw(line.current);
        }}
        onPointerMove={(event) => {
          if (drawn === null || line.current.length > LONGEST - 20) return;
          line.current += `L${at(event)}`;
          draw(line.current);
        }}
        onPointerUp={end}
        onPointerCancel={end}
      >
        <path d={drawn ?? path} />
      </svg>
      <span class="ff-row">
        <span class="ff-hint">{say("draw")}</span>
        {path && !locked && (
          <button type="button" class="ff-link" onClick={() => change(null, true)}>
            {say("clear")}
          </button>
        )}
      </span>
      <label for={attributes.id} class="ff-hint">
        {say("typeName")}
      </label>
      <Typed
        attributes={{ ...attributes, autocomplete: "name" }}
        text={name}
        locked={locked}
        maxLength={200}
        change={(text) => change(text ? { name: text } : null)}
      />
    </>
  );
}
