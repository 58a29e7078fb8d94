import type { RecordFieldSettings, RecordObject } from "@clew/contract/flows/records";
import { ActionIcon, Button, Checkbox, Select, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { a } from "../strings/words.ts";
import classes from "./records.module.css";

const TYPES = ["text", "number", "boolean", "date", "time", "datetime", "choice", "email", "phone", "map"] as const;
const PRIVACIES = ["open", "private", "secret"] as const;

type Props = {
  fields: readonly RecordFieldSettings[];
  /** As they are stored: their names and types stay. */
  stored: readonly RecordFieldSettings[];
  objects: readonly RecordObject[];
  error(pointer: string): string | undefined;
  onChange(fields: RecordFieldSettings[]): void;
};

/** The fields of an object type, one below the other. */
export function FieldRows({ fields, stored, objects, error, onChange }: Props) {
  const types = [
    ...TYPES.map((type) => ({ value: type as string, label: a(`type.${type}`) })),
    ...objects.map(({ name, settings }) => ({
      value: `id:${name}`,
      label: a("type.record", { label: settings.label }),
    })),
  ];
  const set = (index: number, patch: Partial<RecordFieldSettings>) =>
    onChange(fields.map((field, at) => (at === index ? { ...field, ...patch } : field)));
  return (
    <>
      {fields.map((field, index) => {
        const fixed = stored.some(({ key }) => key === field.key);
        const bare = field.type.replace(/\?$/, "");
        const known = types.some(({ value }) => value === bare) ? types : [...types, { value: bare, label: bare }];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a field's name changes while it is typed
          <fieldset key={index} className={classes.field}>
            <legend>{a("object.field", { number: index + 1 })}</legend>
            <TextInput
              label={a("object.fieldKey")}
              value={field.key}
              disabled={fixed && field.key !== ""}
              error={error(`/fields/${index}/key`)}
              onChange={(event) => set(index, { key: event.currentTarget.value })}
            />
            <TextInput
              label={a("object.fieldLabel")}
              value={typeof field.label === "string" ? field.label : ""}
              onChange={(event) => set(index, { label: event.currentTarget.value })}
            />
            <Select
              label={a("object.fieldType")}
              allowDeselect={false}
              disabled={fixed}
              data={known}
              value={bare}
              error={error(`/fields/${index}/type`)}
              onChange={(type) => type && set(index, { type: `${type}?` })}
            />
            <Select
              label={a("object.fieldPrivacy")}
              allowDeselect={false}
              data={PRIVACIES.map((privacy) => ({ value: privacy, label: a(`object.privacy.${privacy}`) }))}
              value={field.privacy ?? "open"}
              onChange={(privacy) => set(index, { privacy: privacy as (typeof PRIVACIES)[number] })}
            />
            <Checkbox
              label={a("object.fieldRequired")}
              checked={field.required ?? false}
              onChange={(event) => set(index, { required: event.currentTarget.checked })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={a("object.removeField", { name: field.key || String(index + 1) })}
              onClick={() => onChange(fields.filter((_, at) => at !== index))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </fieldset>
        );
      })}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => onChange([...fields, { key: "", type: "text?", label: "" }])}
        >
          {a("object.addField")}
        </Button>
      </div>
    </>
  );
}
