import type { FormField } from "@clew/contract/forms";
import { ActionIcon, Button, Group, Input, MultiSelect, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { withText } from "../editing/localized-input.tsx";
import { isRightToLeft, languageName, localized } from "../strings/languages.ts";
import { a } from "../strings/words.ts";
import { valueFromLabel } from "./field-key.ts";
import classes from "./forms.module.css";
import { moved } from "./reorder.ts";

type Choice = NonNullable<FormField["choices"]>[number];
type ChoicesEditorProps = {
  field: FormField;
  /** The list that a dependent one follows. */
  parent: FormField | undefined;
  language: string;
  error: string | undefined;
  onChange(choices: Choice[]): void;
};

/** The choices of a list: what is shown per language, what is stored, and for which choices of the other list. */
export function ChoicesEditor({ field, parent, language, error, onChange }: ChoicesEditorProps) {
  const choices = field.choices ?? [];
  const put = (index: number, choice: Choice) => onChange(choices.map((other, at) => (at === index ? choice : other)));
  const changeLabel = (index: number, choice: Choice, text: string) => {
    const others = choices.filter((_, at) => at !== index).map((other) => other.value);
    const before = localized(choice.label, language);
    const label = withText(choice.label, language, text) ?? {};
    // The value follows the label until it was written by hand.
    const follows = choice.value === "" || choice.value === valueFromLabel(before, others);
    put(index, { ...choice, label, value: follows && text !== "" ? valueFromLabel(text, others) : choice.value });
  };
  return (
    <Input.Wrapper label={a("field.choices")} error={error} labelElement="div">
      <ul className={classes.choices} aria-label={a("field.choices")}>
        {choices.map((choice, index) => {
          const place = index + 1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: values change while they are typed; the place is what stays
            <li key={index} className={classes.choice}>
              <TextInput
                aria-label={a("choice.labelOf", { place, language: languageName(language) })}
                placeholder={localized(choice.label, language) || a("choice.label")}
                value={choice.label[language] ?? ""}
                lang={language}
                dir={isRightToLeft(language) ? "rtl" : "ltr"}
                onChange={(event) => changeLabel(index, choice, event.currentTarget.value)}
              />
              <TextInput
                aria-label={a("choice.valueOf", { place })}
                placeholder={a("choice.value")}
                value={choice.value}
                maxLength={100}
                onChange={(event) => put(index, { ...choice, value: event.currentTarget.value })}
                styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
              />
              <Group gap={0} wrap="nowrap">
                <ActionIcon
                  size="lg"
                  aria-label={a("choice.up", { place })}
                  disabled={index === 0}
                  onClick={() => onChange(moved(choices, index, index - 1))}
                >
                  <IconArrowUp size={16} />
                </ActionIcon>
                <ActionIcon
                  size="lg"
                  aria-label={a("choice.down", { place })}
                  disabled={place === choices.length}
                  onClick={() => onChange(moved(choices, index, index + 1))}
                >
                  <IconArrowDown size={16} />
                </ActionIcon>
                <ActionIcon
                  size="lg"
                  aria-label={a("choice.remove", { place })}
                  onClick={() => onChange(choices.filter((_, at) => at !== index))}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </Group>
              {field.type === "dependentChoice" && (
                <MultiSelect
                  className={classes.when}
                  size="xs"
                  aria-label={a("choice.whenOf", { place })}
                  placeholder={choice.when?.length ? "" : `${a("choice.when")}: ${a("choice.whenAll")}`}
                  value={choice.when ?? []}
                  onChange={(when) => put(index, { ...choice, when })}
                  data={(parent?.choices ?? [])
                    .filter(({ value }) => value !== "")
                    .map((other) => ({ value: other.value, label: localized(other.label, language) || other.value }))}
                />
              )}
            </li>
          );
        })}
      </ul>
      <Button
        variant="subtle"
        size="xs"
        mt={choices.length === 0 ? 4 : "xs"}
        leftSection={<IconPlus size={14} />}
        onClick={() =>
          onChange([...choices, { value: "", label: {}, ...(field.type === "dependentChoice" ? { when: [] } : {}) }])
        }
      >
        {a("choice.add")}
      </Button>
    </Input.Wrapper>
  );
}
