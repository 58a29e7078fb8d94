import { NativeSelect, Stack } from "@mantine/core";
import { useFlowEditing } from "../editor/editing.tsx";
import { type At, pointerOf } from "../model/json-at.ts";
import { f, fieldName, wordOf } from "../strings/words.ts";
import { useSchemaField } from "./field-frame.tsx";
import { type JsonSchema, leastValue } from "./schema-kinds.ts";

type ObjectFieldsProps = {
  at: At;
  name: string;
  value: Record<string, unknown>;
  schema: JsonSchema;
  /** Shown although nothing stands there yet. */
  always?: readonly string[];
  /** Shown elsewhere. */
  without?: readonly string[];
};

/** The fields of an object: those it must have and those it has; the others are offered to be added. */
export function ObjectFields({ at, name, value, schema, always = [], without = [] }: ObjectFieldsProps) {
  const SchemaField = useSchemaField();
  const { write, seek, readOnly } = useFlowEditing();
  const all = Object.entries(schema.properties ?? {}).filter(
    ([field, { const: fixed }]) => fixed === undefined && !without.includes(field),
  );
  const isShown = (field: string) =>
    Object.hasOwn(value, field) || always.includes(field) || (schema.required?.includes(field) ?? false);
  const more = all.filter(([field]) => !isShown(field));
  const odd = Object.keys(value).filter((field) => !Object.hasOwn(schema.properties ?? {}, field));
  const add = (field: string) => {
    const added = schema.properties?.[field];
    if (!added) return;
    write([...at, field], leastValue(added));
    seek(pointerOf([...at, field]));
  };
  return (
    <Stack gap="sm">
      {all
        .filter(([field]) => isShown(field))
        .map(([field, inner]) => (
          <SchemaField
            key={field}
            at={[...at, field]}
            label={labelOf(field, inner)}
            value={value[field]}
            required={schema.required?.includes(field) ?? false}
            schema={inner}
          />
        ))}
      {odd.map((field) => (
        <SchemaField key={field} at={[...at, field]} label={field} value={value[field]} required={false} schema={{}} />
      ))}
      {!readOnly && more.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={`${f("panel.more")}: ${name}`}
          value=""
          data={[
            { value: "", label: f("panel.more") },
            ...more.map(([field, inner]) => ({ value: field, label: labelOf(field, inner) })),
          ]}
          onChange={(event) => add(event.currentTarget.value)}
        />
      )}
    </Stack>
  );
}

function labelOf(field: string, schema: JsonSchema): string {
  return schema["x-names"] === "node" ? wordOf("way", field) : fieldName(field);
}
