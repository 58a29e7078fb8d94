import type { ComponentChildren } from "preact";
import { localized } from "../strings/strings.ts";
import { choicesOf } from "./check-answer.ts";
import type { ControlProps, FieldProps } from "./field-props.ts";
import { Rating } from "./rating.tsx";

/** One question with its label, hint and fault tied to it for whoever listens instead of looking. */
export function Field(props: FieldProps) {
  const { field, language, fault, words, fixed } = props;
  const id = `clew-${props.form}-${field.key}`;
  const hint = localized(field.hint, language);
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(" ") || undefined;
  const label = (
    <>
      {localized(field.label, language) || field.key}
      {!field.required && !fixed && <span class="optional">{words.optional}</span>}
    </>
  );
  const attributes = {
    id,
    name: field.key,
    "aria-describedby": described,
    "aria-invalid": fault ? ("true" as const) : undefined,
    "aria-required": field.required ? ("true" as const) : undefined,
  };
  const below = (
    <>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault && (
        <p class="fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </>
  );
  if (field.type === "checkbox") return <Tick {...props} attributes={attributes} label={label} below={below} />;
  if (field.type === "rating") return <Rating {...props} attributes={attributes} label={label} below={below} />;
  return (
    <div class={fault ? "field faulty" : "field"}>
      <label for={id}>{label}</label>
      <Control {...props} attributes={attributes} />
      {below}
    </div>
  );
}

function Tick({
  field,
  values,
  fault,
  fixed,
  change,
  attributes,
  label,
  below,
}: ControlProps & { label: ComponentChildren; below: ComponentChildren }) {
  return (
    <div class={fault ? "field tick faulty" : "field tick"}>
      <label for={attributes.id}>
        <input
          {...attributes}
          type="checkbox"
          checked={values[field.key] === true}
          disabled={fixed}
          onChange={(event) => change(field.key, event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      {below}
    </div>
  );
}

function Control({ field, values, language, fixed, words, change, leave, attributes }: ControlProps) {
  const value = values[field.key];
  const text = value === undefined || value === null ? "" : String(value);
  const events = {
    onInput: (event: { currentTarget: { value: string } }) => change(field.key, event.currentTarget.value),
    onBlur: () => leave(field.key),
  };
  if (field.type === "longText") {
    return (
      <textarea
        {...attributes}
        {...events}
        rows={3}
        dir="auto"
        value={text}
        readOnly={fixed}
        maxLength={field.maxLength ?? 4000}
      />
    );
  }
  if (field.type === "choice" || field.type === "dependentChoice") {
    const choices = choicesOf(field, values) ?? [];
    return (
      <select
        {...attributes}
        {...events}
        value={choices.some((choice) => choice.value === text) ? text : ""}
        disabled={fixed || choices.length === 0}
      >
        <option value="">{words.choose}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {localized(choice.label, language)}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      {...attributes}
      {...events}
      {...KINDS[field.type as keyof typeof KINDS]}
      dir="auto"
      value={text}
      readOnly={fixed}
      maxLength={field.maxLength ?? 4000}
    />
  );
}

/** Numbers stay text fields: browsers empty a number field silently when something else was typed. */
const KINDS = {
  text: { type: "text" },
  email: { type: "email", inputmode: "email", autocomplete: "email" },
  phone: { type: "tel", inputmode: "tel", autocomplete: "tel" },
  number: { type: "text", inputmode: "decimal" },
  date: { type: "date" },
} as const;
