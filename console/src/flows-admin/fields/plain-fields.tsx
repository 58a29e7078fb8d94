import { BREAK, CONTINUE } from "@clew/contract/flows/words";
import { NativeSelect, NumberInput, Textarea, TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import { useFlowEditing } from "../editor/editing.tsx";
import { nameOf, nodesOf } from "../model/rough.ts";
import { f, fieldName } from "../strings/words.ts";
import { readBack, writtenOf } from "./any-value.ts";
import { type FieldProps, useField } from "./field-frame.tsx";
import { choicesOf, type JsonSchema } from "./schema-kinds.ts";

type Props = FieldProps & { schema: JsonSchema };
/** Texts longer than this get several lines. */
const LONG = 200;

/** Chooses the step that comes next, by its name. */
export function LinkField({ at, label, value, required, schema }: Props) {
  const { definition } = useFlowEditing();
  const { id, error, set, readOnly } = useField(at);
  const nodes = useMemo(() => nodesOf(definition), [definition]);
  const inLoops = schema.pattern?.includes("continue") && [...nodes.values()].some(({ type }) => type === "loop");
  const known = typeof value === "string" && (nodes.has(value) || value === CONTINUE || value === BREAK);
  const options = [
    ...(required && known ? [] : [{ value: "", label: f("panel.notSet") }]),
    ...(typeof value === "string" && value !== "" && !known
      ? [{ value, label: f("outline.nowhere", { name: value }) }]
      : []),
    ...[...nodes].map(([one, node]) => ({
      value: one,
      label: nameOf(one, node) === one ? one : `${nameOf(one, node)} (${one})`,
    })),
    ...(inLoops || value === CONTINUE || value === BREAK
      ? [
          { value: CONTINUE, label: f("outline.again") },
          { value: BREAK, label: f("outline.break") },
        ]
      : []),
  ];
  return (
    <NativeSelect
      id={id}
      label={label}
      data={options}
      value={typeof value === "string" ? value : ""}
      error={error}
      disabled={readOnly}
      onChange={(event) => set(event.currentTarget.value === "" && !required ? undefined : event.currentTarget.value)}
    />
  );
}

export function ChoiceField({ at, label, value, required, schema }: Props) {
  const { id, error, set, readOnly } = useField(at);
  const words = choicesOf(schema);
  const odd = typeof value === "string" && value !== "" && !words.includes(value);
  const options = [
    ...(required && words.includes(value as string) ? [] : [{ value: "", label: f("panel.notSet") }]),
    ...[...(odd ? [value] : []), ...words].map((word) => ({ value: word, label: fieldName(word) })),
  ];
  return (
    <NativeSelect
      id={id}
      label={label}
      data={options}
      value={typeof value === "string" ? value : ""}
      error={error}
      disabled={readOnly}
      onChange={(event) => set(event.currentTarget.value || undefined)}
    />
  );
}

export function BooleanField({ at, label, value }: Props) {
  const { id, error, set, readOnly } = useField(at);
  const options = [
    { value: "", label: f("panel.notSet") },
    { value: "true", label: f("panel.yes") },
    { value: "false", label: f("panel.no") },
  ];
  return (
    <NativeSelect
      id={id}
      label={label}
      data={options}
      value={typeof value === "boolean" ? String(value) : ""}
      error={error}
      disabled={readOnly}
      onChange={({ currentTarget }) => set(currentTarget.value === "" ? undefined : currentTarget.value === "true")}
    />
  );
}

export function NumberField({ at, label, value, schema }: Props) {
  const { id, error, set, readOnly } = useField(at);
  return (
    <NumberInput
      id={id}
      label={label}
      value={typeof value === "number" ? value : ""}
      allowDecimal={schema.type === "number"}
      error={error}
      readOnly={readOnly}
      onChange={(next) => set(typeof next === "number" ? next : undefined)}
    />
  );
}

export function TextField({ at, label, value, required, schema }: Props) {
  const { id, error, set, readOnly } = useField(at);
  const text = typeof value === "string" ? value : writtenOf(value);
  const shared = {
    id,
    label,
    description: schema["x-names"] === "variable" ? schema.description : undefined,
    value: text,
    // A formula reads from the left in every language.
    dir: text.startsWith("=") ? "ltr" : "auto",
    error,
    readOnly,
    // An empty field goes away when it is left, not under the hands.
    onBlur: () => value === "" && !required && set(undefined),
    spellCheck: schema["x-reads"] === "people",
    styles: text.startsWith("=") ? { input: { fontFamily: "var(--mantine-font-family-monospace)" } } : {},
  };
  return (schema.maxLength ?? 0) > LONG ? (
    <Textarea {...shared} autosize minRows={1} maxRows={10} onChange={(event) => set(event.currentTarget.value)} />
  ) : (
    <TextInput {...shared} onChange={(event) => set(event.currentTarget.value)} />
  );
}

/** A text, a number, a truth, JSON or a formula in one field. What is half typed stays until it means something else. */
export function AnyField({ at, label, value, required }: Props) {
  const { id, error, set, readOnly } = useField(at);
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed !== null && JSON.stringify(readBack(typed)) === JSON.stringify(value) ? typed : writtenOf(value);
  return (
    <Textarea
      id={id}
      label={label}
      title={f("panel.value")}
      value={shown}
      dir={shown.startsWith("=") ? "ltr" : "auto"}
      error={error}
      readOnly={readOnly}
      autosize
      minRows={1}
      maxRows={10}
      spellCheck={false}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setTyped(next);
        set(readBack(next));
      }}
      onBlur={() => value === "" && !required && set(undefined)}
    />
  );
}
