import { useState } from "preact/hooks";
import type { Attributes } from "./control-props.ts";

type TypedProps = {
  attributes: Attributes;
  /** The value as people read it; shown whenever the field is not being typed in. */
  text: string;
  locked: boolean;
  change(text: string): void;
  type?: "email" | "tel" | "date" | "time" | "datetime-local" | "password";
  inputmode?: "numeric" | "decimal" | "email" | "tel" | "url";
  rows?: number | undefined;
  max?: string | undefined;
  min?: string | undefined;
  maxLength?: number | undefined;
  placeholder?: string | undefined;
  label?: string;
  class?: string;
};

/** A field that is typed in. While it has focus it shows what was typed, whatever else changes meanwhile. */
export function Typed({ attributes, text, locked, change, rows, label, ...more }: TypedProps) {
  const [typed, type] = useState<string | null>(null);
  const all = {
    ...attributes,
    ...more,
    "aria-label": label,
    dir: more.type ? undefined : ("auto" as const),
    value: typed ?? text,
    readOnly: locked,
    onFocus: () => type(text),
    onBlur: () => type(null),
    onInput: (event: { currentTarget: { value: string } }) => {
      type(event.currentTarget.value);
      change(event.currentTarget.value);
    },
  };
  const { type: kind = "text", ...area } = all;
  // Preact ties roles to kinds of fields; these have none of their own.
  if (!rows) return <input {...area} type={kind as "text"} />;
  return <textarea {...area} rows={rows} />;
}
