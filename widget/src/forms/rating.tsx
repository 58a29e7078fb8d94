import { RATING_MAX } from "@clew/contract/limits";
import type { ComponentChildren } from "preact";
import type { ControlProps } from "./field-props.ts";

const STEPS = Array.from({ length: RATING_MAX }, (_, index) => index + 1);

/** A question answered by a number on a scale: radio buttons, so that arrow keys and screen readers know what to do. */
export function Rating(props: ControlProps & { label: ComponentChildren; below: ComponentChildren }) {
  const { field, values, fault, fixed, words, change, attributes, label, below } = props;
  const { id, name, ...described } = attributes;
  return (
    <div class={fault ? "field faulty" : "field"} role="radiogroup" aria-labelledby={`${id}-label`} {...described}>
      <span class="label" id={`${id}-label`}>
        {label}
      </span>
      <div class="scale">
        {STEPS.map((step) => (
          <label key={step}>
            <input
              // Whoever is led to the fault lands on the first step.
              id={step === 1 ? id : undefined}
              type="radio"
              name={`${id}-${name}`}
              checked={values[field.key] === step}
              disabled={fixed}
              aria-label={words.rating(step)}
              onChange={() => change(field.key, step)}
            />
            <span aria-hidden="true">{step}</span>
          </label>
        ))}
      </div>
      {below}
    </div>
  );
}
