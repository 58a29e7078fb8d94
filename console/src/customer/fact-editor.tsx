import type { OpenConversation } from "@clew/client/agent";
import type { AnswerValue, FormField } from "@clew/contract/forms";
import { Button, Checkbox, Group, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTry } from "../conversation/use-try.ts";
import { t } from "../strings/strings.ts";
import classes from "./customer.module.css";

type Props = {
  handle: OpenConversation;
  name: string;
  label: string;
  value: AnswerValue;
  field: FormField | undefined;
  onDone(): void;
};

/** Corrects a fact where it stands. Saving an empty one records "left blank". */
export function FactEditor({ handle, name, label, value, field, onDone }: Props) {
  const [busy, attempt] = useTry();
  const [next, setNext] = useState<AnswerValue>(value);
  async function save(event: FormEvent) {
    event.preventDefault();
    if (await attempt(() => handle.correctFact(name, answerOf(next, field)))) onDone();
  }
  const text = next === null ? "" : String(next);
  const input = { "aria-label": label, size: "xs" as const, autoFocus: true };
  return (
    <form
      onSubmit={save}
      className={classes.editor}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onDone();
      }}
    >
      {field?.type === "checkbox" ? (
        <Checkbox
          {...input}
          label={label}
          checked={next === true}
          onChange={(event) => setNext(event.currentTarget.checked)}
        />
      ) : field?.choices ? (
        <NativeSelect
          {...input}
          value={text}
          data={[
            { value: "", label: t("fact.blank") },
            ...field.choices.map((choice) => ({ value: choice.value, label: choice.label.en ?? choice.value })),
          ]}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
      ) : field?.type === "longText" ? (
        <Textarea
          {...input}
          autosize
          minRows={2}
          maxRows={6}
          dir="auto"
          value={text}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          {...input}
          type={INPUTS[field?.type ?? "text"] ?? "text"}
          dir="auto"
          value={text}
          maxLength={field?.maxLength ?? 4000}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
      )}
      <Group gap={6} mt={6}>
        <Button type="submit" size="compact-xs" loading={busy}>
          {t("fact.save")}
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onDone}>
          {t("app.cancel")}
        </Button>
      </Group>
    </form>
  );
}

const INPUTS: Record<string, string> = { email: "email", number: "number", phone: "tel", date: "date" };

function answerOf(value: AnswerValue, field: FormField | undefined): AnswerValue {
  if (field?.type === "checkbox") return value === true;
  if (value === null || value === "") return null;
  return field?.type === "number" ? Number(value) : value;
}
