import { Button, Fieldset, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { isPlain } from "../../admin/editing/same.ts";
import { fieldId } from "../editor/editing.tsx";
import { pointerOf } from "../model/json-at.ts";
import { f } from "../strings/words.ts";
import { type FieldProps, useField } from "./field-frame.tsx";
import { TextField } from "./plain-fields.tsx";
import type { JsonSchema } from "./schema-kinds.ts";

/** Words for people: one text, or one per language. */
export function WordsField(props: FieldProps & { schema: JsonSchema }) {
  const { at, label, value, schema } = props;
  const { id, error, set, readOnly } = useField(at);
  const [language, setLanguage] = useState("");
  const single = schema.anyOf?.[0] ?? {};
  if (!isPlain(value)) {
    return (
      <div>
        <TextField {...props} schema={single} />
        {!readOnly && typeof value === "string" && value !== "" && (
          <Button variant="subtle" size="compact-xs" mt={2} onClick={() => set({ en: value })}>
            {f("panel.perLanguage")}
          </Button>
        )}
      </div>
    );
  }
  const add = () => {
    if (language.trim() === "" || Object.hasOwn(value, language.trim())) return;
    set({ ...value, [language.trim()]: "" });
    setLanguage("");
  };
  return (
    <Fieldset legend={label} id={id}>
      <Stack gap="xs">
        {error && <span role="note">{error}</span>}
        {Object.entries(value).map(([tag, text]) => (
          <LanguageField key={tag} at={[...at, tag]} label={tag} value={text} required />
        ))}
        {!readOnly && (
          <Group gap="xs" align="end">
            <TextInput
              size="xs"
              label={f("panel.language")}
              value={language}
              onChange={(event) => setLanguage(event.currentTarget.value)}
              onKeyDown={(event) => event.key === "Enter" && add()}
            />
            <Button size="xs" variant="default" onClick={add}>
              {f("panel.addItem", { name: label })}
            </Button>
            <Button size="xs" variant="subtle" onClick={() => set(Object.values(value)[0] ?? "")}>
              {f("panel.oneText")}
            </Button>
          </Group>
        )}
      </Stack>
    </Fieldset>
  );
}

function LanguageField({ at, label, value }: FieldProps) {
  const { error, set, readOnly } = useField(at);
  return (
    <Textarea
      id={fieldId(pointerOf(at))}
      label={label}
      lang={label}
      dir="auto"
      autosize
      minRows={1}
      value={typeof value === "string" ? value : ""}
      error={error}
      readOnly={readOnly}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}
