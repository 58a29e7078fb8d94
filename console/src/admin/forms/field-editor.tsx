import type { FieldType, FormField } from "@clew/contract/forms";
import { Code, NumberInput, Select, SimpleGrid, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { fieldExample } from "../channels/snippets.ts";
import { LocalizedInput } from "../editing/localized-input.tsx";
import { ChoiceCards } from "../page/choice-cards.tsx";
import { localized } from "../strings/languages.ts";
import { a } from "../strings/words.ts";
import { type FormPart, possibleParents } from "./check-form.ts";
import { ChoicesEditor } from "./choices-editor.tsx";
import { keyFromLabel } from "./field-key.ts";
import { FIELD_TYPES, hasChoices, hasText } from "./field-types.ts";
import { PatternInput } from "./pattern-input.tsx";

type FieldEditorProps = {
  part: FormPart;
  field: FormField;
  all: FormField[];
  language: string;
  errorOf(part: string): string | undefined;
  onChange(field: FormField): void;
};

/** Sets optional parts; `undefined` takes a part away. */
function withParts(field: FormField, parts: { [Part in keyof FormField]?: FormField[Part] | undefined }): FormField {
  return Object.fromEntries(
    Object.entries({ ...field, ...parts }).filter(([, value]) => value !== undefined),
  ) as FormField;
}

/** Everything about one question. */
export function FieldEditor({ part, field, all, language, errorOf, onChange }: FieldEditorProps) {
  const change = (parts: Parameters<typeof withParts>[1]) => onChange(withParts(field, parts));
  const taken = all.filter((other) => other !== field).map((other) => other.key);
  // The key follows the label until somebody writes a key of their own.
  const made = keyFromLabel(localized(field.label, language) || a(`type.${field.type}`), taken);
  const [follows, setFollows] = useState(field.key === made);
  const changeLabel = (label: Record<string, string> | undefined) => {
    const first = localized(label, language);
    change({ label: label ?? {}, ...(follows && first ? { key: keyFromLabel(first, taken) } : {}) });
  };
  return (
    <Stack gap="md" pt="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <LocalizedInput
          label={a("field.label")}
          required
          language={language}
          value={field.label}
          onChange={changeLabel}
          error={errorOf("label")}
        />
        <Select
          label={a("field.type")}
          value={field.type}
          allowDeselect={false}
          onChange={(type) => type && onChange(asType(field, type as FieldType))}
          data={FIELD_TYPES.map(({ type }) => ({ value: type, label: a(`type.${type}`) }))}
        />
        <LocalizedInput
          label={a("field.hint")}
          language={language}
          value={field.hint}
          onChange={(hint) => change({ hint })}
        />
        <TextInput
          label={a("field.key")}
          value={field.key}
          onChange={(event) => {
            setFollows(false);
            change({ key: event.currentTarget.value });
          }}
          error={errorOf("key")}
          maxLength={50}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        />
      </SimpleGrid>
      <Text fz="xs" c="dimmed" mt={-8}>
        {a("field.keyAbout")}
      </Text>
      {/* Afterwards nobody but the customer has the answer. */}
      {part === "preChat" && <WhoAnswers field={field} onChange={change} />}
      <Switch
        label={a("field.required")}
        description={a(part === "survey" ? "survey.requiredAbout" : "field.requiredAbout")}
        checked={field.required}
        onChange={(event) => change({ required: event.currentTarget.checked })}
        error={errorOf("required")}
      />
      {field.type === "dependentChoice" && (
        <DependsOn field={field} all={all} language={language} error={errorOf("dependsOn")} onChange={change} />
      )}
      {hasChoices(field.type) && (
        <ChoicesEditor
          field={field}
          parent={all.find((other) => other.key === field.dependsOn)}
          language={language}
          error={errorOf("choices")}
          onChange={(choices) => change({ choices })}
        />
      )}
      <Limits field={field} errorOf={errorOf} onChange={change} />
      {hasText(field.type) && (
        <PatternInput field={field} language={language} error={errorOf("pattern")} onChange={change} />
      )}
    </Stack>
  );
}

type PartProps = { field: FormField; onChange(parts: Parameters<typeof withParts>[1]): void };

function WhoAnswers({ field, onChange }: PartProps) {
  const value = field.hidden ? "hidden" : field.editable ? "ask" : "fixed";
  return (
    <Stack gap="xs">
      <ChoiceCards
        label={a("field.shown")}
        value={value}
        columns
        onChange={(next) =>
          onChange({
            hidden: next === "hidden",
            editable: next !== "fixed",
            ...(next === "hidden" ? { required: false } : {}),
          })
        }
        choices={[
          { value: "ask", title: a("field.shownAsk"), about: a("field.shownAskAbout") },
          { value: "fixed", title: a("field.shownFixed"), about: a("field.shownFixedAbout") },
          { value: "hidden", title: a("field.shownHidden"), about: a("field.shownHiddenAbout") },
        ]}
      />
      {value !== "ask" && (
        <Text fz="xs" c="dimmed" component="div">
          {a("field.snippet")} <Code style={{ overflowWrap: "anywhere" }}>{fieldExample(field)}</Code>
        </Text>
      )}
    </Stack>
  );
}

function DependsOn({
  field,
  all,
  language,
  error,
  onChange,
}: PartProps & { all: FormField[]; language: string; error: string | undefined }) {
  const parents = possibleParents(field, all);
  return (
    <Select
      label={a("field.dependsOn")}
      description={parents.length === 0 ? a("field.noParents") : a("field.dependsOnAbout")}
      value={field.dependsOn ?? null}
      onChange={(dependsOn) => onChange({ dependsOn: dependsOn ?? undefined })}
      error={error}
      disabled={parents.length === 0}
      data={parents.map((parent) => ({ value: parent.key, label: localized(parent.label, language) || parent.key }))}
    />
  );
}

function Limits({ field, errorOf, onChange }: PartProps & { errorOf(part: string): string | undefined }) {
  const asNumber = (value: number | string) => (typeof value === "number" ? value : undefined);
  if (field.type === "number") {
    return (
      <SimpleGrid cols={2}>
        {(["min", "max"] as const).map((part) => (
          <NumberInput
            key={part}
            label={a(`field.${part}`)}
            value={field[part] ?? ""}
            onChange={(value) => onChange({ [part]: asNumber(value) })}
            error={errorOf(part)}
          />
        ))}
      </SimpleGrid>
    );
  }
  if (!hasText(field.type)) return null;
  return (
    <NumberInput
      label={a("field.maxLength")}
      value={field.maxLength ?? ""}
      onChange={(value) => onChange({ maxLength: asNumber(value) })}
      error={errorOf("maxLength")}
      min={1}
      max={4000}
      allowDecimal={false}
      w="10rem"
    />
  );
}

/** Another type keeps what makes sense for it and drops what does not. */
function asType(field: FormField, type: FieldType): FormField {
  const choices = hasChoices(type) ? { choices: field.choices ?? [] } : { choices: undefined };
  const texts = hasText(type) ? {} : { pattern: undefined, patternHint: undefined, maxLength: undefined };
  const numbers = type === "number" ? {} : { min: undefined, max: undefined };
  return withParts(field, {
    type,
    ...choices,
    ...texts,
    ...numbers,
    ...(type === "dependentChoice" ? {} : { dependsOn: undefined }),
  });
}
