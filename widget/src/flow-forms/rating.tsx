import { screenText } from "@clew/domain/flows/screens/present";
import type { ControlProps } from "./control-props.ts";
import { useForm } from "./form-context.ts";

const FACES = ["😞", "🙁", "😐", "🙂", "😀"];

/** One note of several: stars, numbers or faces. */
export function Rating({ component, field, value, locked, change, attributes }: ControlProps<"rating">) {
  const { say, shown } = useForm();
  const { max = 5, style = "stars", lowLabel, highLabel } = component;
  const face = (note: number) => FACES[Math.round(((note - 1) / (max - 1)) * 4)];
  return (
    <>
      <div class={`ff-rating ff-${style}`}>
        {Array.from({ length: max }, (_, index) => index + 1).map((note) => (
          <label key={note} class={Number(value) >= note && style === "stars" ? "ff-on" : ""}>
            <input
              type="radio"
              {...(note === 1 ? attributes : {})}
              name={attributes.id}
              checked={value === note}
              disabled={locked}
              aria-label={say("ofStars", note).replace("@", String(max))}
              onChange={() => change(note, true)}
            />
            <span aria-hidden="true">{style === "stars" ? "★" : style === "faces" ? face(note) : note}</span>
          </label>
        ))}
      </div>
      {(lowLabel || highLabel) && (
        <p class="ff-ends">
          <span>{screenText(lowLabel, field.seen, shown)}</span>
          <span>{screenText(highLabel, field.seen, shown)}</span>
        </p>
      )}
    </>
  );
}
