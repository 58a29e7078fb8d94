import { ActionIcon, Button, Fieldset, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { isPlain } from "../../admin/editing/same.ts";
import { useFlowEditing } from "../editor/editing.tsx";
import { pointerOf } from "../model/json-at.ts";
import { f, fieldName } from "../strings/words.ts";
import { type FieldProps, useField, useSchemaField } from "./field-frame.tsx";
import classes from "./fields.module.css";
import { ObjectFields } from "./object-fields.tsx";
import { type JsonSchema, leastValue, mapValueSchema, variantFor, variantsOf } from "./schema-kinds.ts";

type Props = FieldProps & { schema: JsonSchema };

/** A list: its items one below the other, to be added, taken out and moved. */
export function ListField({ at, label, value, schema }: Props) {
  const SchemaField = useSchemaField();
  const { id, error, set, readOnly } = useField(at);
  const { seek } = useFlowEditing();
  const items = Array.isArray(value) ? value : [];
  const itemSchema = Array.isArray(schema.items) ? {} : (schema.items ?? {});
  const add = () => {
    set([...items, leastValue(itemSchema)]);
    seek(pointerOf([...at, items.length]));
  };
  return (
    <Fieldset legend={label} id={id} className={classes.set}>
      <Stack gap="sm">
        {error && <span className={classes.error}>{error}</span>}
        {items.map((item, index) => {
          const name = f("panel.item", { name: label, place: index + 1 });
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: items have no name but their place
            <div key={index} className={classes.item}>
              <SchemaField at={[...at, index]} label={name} value={item} required schema={itemSchema} />
              {!readOnly && (
                <ItemTools
                  name={name}
                  up={index > 0 ? () => set(items.with(index, items[index - 1]).with(index - 1, item)) : null}
                  down={
                    index < items.length - 1
                      ? () => set(items.with(index, items[index + 1]).with(index + 1, item))
                      : null
                  }
                  remove={() => set(items.toSpliced(index, 1))}
                />
              )}
            </div>
          );
        })}
        {!readOnly && (
          <Button size="xs" variant="default" onClick={add}>
            {f("panel.addItem", { name: label })}
          </Button>
        )}
      </Stack>
    </Fieldset>
  );
}

type Act = (() => void) | null;

function ItemTools({ name, up, down, remove }: { name: string; up: Act; down: Act; remove(): void }) {
  return (
    <Group gap={4} justify="flex-end">
      {up && (
        <ActionIcon variant="subtle" color="gray" aria-label={f("panel.upItem", { name })} onClick={up}>
          <IconArrowUp size={15} />
        </ActionIcon>
      )}
      {down && (
        <ActionIcon variant="subtle" color="gray" aria-label={f("panel.downItem", { name })} onClick={down}>
          <IconArrowDown size={15} />
        </ActionIcon>
      )}
      <ActionIcon variant="subtle" color="red" aria-label={f("panel.removeItem", { name })} onClick={remove}>
        <IconTrash size={15} />
      </ActionIcon>
    </Group>
  );
}

const WORDS = ["tuple.field", "tuple.how", "tuple.value"] as const;

/** A list of fixed places, such as field, operator and value. */
export function TupleField({ at, label, value, schema }: Props) {
  const SchemaField = useSchemaField();
  const { id } = useField(at);
  const items = Array.isArray(value) ? value : [];
  return (
    <Fieldset legend={label} id={id} className={classes.set}>
      <div className={classes.tuple}>
        {(schema.items as JsonSchema[]).map((item, index) => (
          <SchemaField
            // biome-ignore lint/suspicious/noArrayIndexKey: the places are what they are
            key={index}
            at={[...at, index]}
            label={f(WORDS[index] ?? "tuple.value")}
            value={items[index]}
            required
            schema={item}
          />
        ))}
      </div>
    </Fieldset>
  );
}

/** Values by names of the author's choice. */
export function MapField({ at, label, value, schema }: Props) {
  const SchemaField = useSchemaField();
  const { id, error, set, readOnly } = useField(at);
  const { seek } = useFlowEditing();
  const [name, setName] = useState("");
  const fields = isPlain(value) ? value : {};
  const inner = mapValueSchema(schema);
  const add = () => {
    const wanted = name.trim();
    if (wanted === "" || Object.hasOwn(fields, wanted)) return;
    set({ ...fields, [wanted]: leastValue(inner) });
    setName("");
    seek(pointerOf([...at, wanted]));
  };
  return (
    <Fieldset legend={label} id={id} className={classes.set}>
      <Stack gap="sm">
        {error && <span className={classes.error}>{error}</span>}
        {Object.entries(fields).map(([key, item]) => (
          <div key={key} className={classes.item}>
            <SchemaField at={[...at, key]} label={key} value={item} required schema={inner} />
            {!readOnly && (
              <ItemTools
                name={key}
                up={null}
                down={null}
                remove={() => set(Object.fromEntries(Object.entries(fields).filter(([one]) => one !== key)))}
              />
            )}
          </div>
        ))}
        {!readOnly && (
          <Group gap="xs" align="end" wrap="nowrap">
            <TextInput
              size="xs"
              label={f("panel.key")}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              onKeyDown={(event) => event.key === "Enter" && add()}
            />
            <Button size="xs" variant="default" onClick={add}>
              {f("panel.addItem", { name: label })}
            </Button>
          </Group>
        )}
      </Stack>
    </Fieldset>
  );
}

export function ObjectField({ at, label, value, schema }: Props) {
  const { id, error } = useField(at);
  return (
    <Fieldset legend={label} id={id} className={classes.set}>
      {error && <span className={classes.error}>{error}</span>}
      <ObjectFields at={at} name={label} value={isPlain(value) ? value : {}} schema={schema} />
    </Fieldset>
  );
}

/** One of several kinds of object: first which, then its fields. */
export function VariantsField({ at, label, value, schema }: Props) {
  const { id, error, set, readOnly } = useField(at);
  const current = variantFor(schema, value);
  const variants = variantsOf(schema);
  const take = (name: string) => {
    const chosen = variants.find((variant) => variant.name === name);
    if (!chosen) return;
    // What the other kind has too stays: the label of a question, where a branch leads.
    const kept = Object.entries(isPlain(value) ? value : {}).filter(([field]) => {
      const own = chosen.schema.properties?.[field];
      return own !== undefined && own.const === undefined;
    });
    set({ ...(leastValue(chosen.schema) as object), ...Object.fromEntries(kept) });
  };
  return (
    <Fieldset legend={label} id={id} className={classes.set}>
      <Stack gap="sm">
        <NativeSelect
          label={f("panel.kind")}
          data={variants.map(({ name }) => ({ value: name, label: fieldName(name) }))}
          value={current?.name ?? ""}
          error={error}
          disabled={readOnly}
          onChange={(event) => take(event.currentTarget.value)}
        />
        {current && <ObjectFields at={at} name={label} value={isPlain(value) ? value : {}} schema={current.schema} />}
      </Stack>
    </Fieldset>
  );
}
