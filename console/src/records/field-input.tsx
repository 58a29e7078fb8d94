import type { RecordFieldSettings } from "@clew/contract/flows/records";
import { NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconLock } from "@tabler/icons-react";
import { useState } from "react";
import { fromLocal, kindOf, labelOf, textOf, toLocal } from "./field-type.ts";
import { useObjects, useRecord, useRecords } from "./record-queries.ts";
import { r } from "./words.ts";

type Props = {
  field: RecordFieldSettings;
  value: unknown;
  masked: boolean;
  error: string | undefined;
  /** What is stored now, where somebody else was faster. */
  theirs?: string | undefined;
  onChange(value: unknown): void;
};

/** One field of a record, by its type. A private one that the reader may not see is there, but closed. */
export function FieldInput({ field, value, masked, error, theirs, onChange }: Props) {
  const common = {
    label: labelOf(field),
    error,
    withAsterisk: field.required === true,
    ...(theirs === undefined ? {} : { description: r("record.theirs", { value: theirs }) }),
  };
  if (masked || field.privacy === "secret")
    return (
      <TextInput
        {...common}
        value={masked ? "••••••" : ""}
        disabled
        description={r("record.masked")}
        leftSection={<IconLock size={14} aria-hidden="true" />}
      />
    );
  const kind = kindOf(field);
  switch (kind.kind) {
    case "number":
      return (
        <NumberInput
          {...common}
          value={typeof value === "number" ? value : ""}
          onChange={(next) => onChange(typeof next === "number" ? next : null)}
        />
      );
    case "boolean":
      return (
        <Select
          {...common}
          clearable
          data={[
            { value: "true", label: r("record.yes") },
            { value: "false", label: r("record.no") },
          ]}
          value={typeof value === "boolean" ? String(value) : null}
          onChange={(next) => onChange(next === null ? null : next === "true")}
        />
      );
    case "date":
    case "time":
      return (
        <TextInput
          {...common}
          type={kind.kind}
          value={textOf(value)}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
    case "datetime":
      return (
        <TextInput
          {...common}
          type="datetime-local"
          value={toLocal(value)}
          onChange={(event) => onChange(fromLocal(event.currentTarget.value))}
        />
      );
    case "record":
      return <RecordChoice {...common} object={kind.object} value={textOf(value) || null} onChange={onChange} />;
    case "json":
      return value === null || value === undefined ? null : (
        <Textarea {...common} readOnly autosize maxRows={6} value={JSON.stringify(value, null, 1)} />
      );
    case "text":
      return (
        <Textarea
          {...common}
          autosize
          minRows={1}
          maxRows={8}
          dir="auto"
          maxLength={20_000}
          value={textOf(value)}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
  }
}

type ChoiceProps = {
  label: string;
  error: string | undefined;
  withAsterisk: boolean;
  object: string;
  value: string | null;
  onChange(value: unknown): void;
};

/** Another record, found by typing. */
function RecordChoice({ object, value, onChange, ...common }: ChoiceProps) {
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim(), 250);
  const chosen = useRecord(object, value).data;
  const found = useRecords(object, search ? { search } : {}).data?.pages[0]?.items ?? [];
  const label = useObjects()?.find(({ name }) => name === object)?.settings.label ?? object;
  const all = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;
  const data = all.map(({ id, number, title }) => ({ value: id, label: title ? `${title} · ${number}` : `${number}` }));
  if (value && !data.some((one) => one.value === value)) data.unshift({ value, label: r("record.unknown") });
  return (
    <Select
      {...common}
      searchable
      clearable
      placeholder={r("record.choose", { label: label.toLowerCase() })}
      data={data}
      filter={({ options }) => options}
      value={value}
      onSearchChange={setTyped}
      onChange={onChange}
    />
  );
}
