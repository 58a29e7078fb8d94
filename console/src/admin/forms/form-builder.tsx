import type { FormField, PreChatForm } from "@clew/contract/forms";
import { Button, Menu, Stack, Text, Title } from "@mantine/core";
import { IconForms, IconPlus } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import type { ChannelEditing } from "../channels/channel-editing.ts";
import previewClasses from "../channels/channels.module.css";
import { LocalizedInput } from "../editing/localized-input.tsx";
import { Empty } from "../page/empty.tsx";
import { Section } from "../page/page.tsx";
import { a } from "../strings/words.ts";
import { AskPolicyInput } from "./ask-policy-input.tsx";
import { checkForm, type FormPart } from "./check-form.ts";
import { FieldEditor } from "./field-editor.tsx";
import { FieldList } from "./field-list.tsx";
import { FIELD_TYPES, newField } from "./field-types.ts";
import { FormPreview } from "./form-preview.tsx";
import { NO_SURVEY, SurveySwitch } from "./survey-switch.tsx";

type FormBuilderProps = { part: FormPart; editing: ChannelEditing; language: string; languages: ReactNode };

/** Builds what is asked before the chat or after it: of whom, when; beside it the form as the customer sees it. */
export function FormBuilder({ part, editing, language, languages }: FormBuilderProps) {
  const { preChat, survey = NO_SURVEY } = editing.value;
  const form: Pick<PreChatForm, "title" | "intro" | "fields"> = part === "survey" ? survey : preChat;
  const [opened, setOpened] = useState<number | null>(null);
  const changeFields = (fields: FormField[], open: number | null = opened) => {
    editing.change(part === "survey" ? { survey: { ...survey, fields } } : { preChat: { ...preChat, fields } });
    setOpened(open);
  };
  const changeText = (which: "title" | "intro", text: Record<string, string> | undefined) =>
    editing.change(
      part === "survey" ? { survey: withText(survey, which, text) } : { preChat: withText(preChat, which, text) },
    );
  // Mistakes are told while the question is open, before anything is saved.
  const errors = { ...editing.errors, ...(opened === null ? {} : checkForm(form, part)) };
  const add = (
    <AddField onAdd={(type) => changeFields([...form.fields, newField(type, form.fields)], form.fields.length)} />
  );
  const field = opened === null ? undefined : form.fields[opened];
  return (
    <div className={previewClasses.withPreview}>
      <div>
        {part === "survey" ? (
          <SurveySwitch survey={survey} onChange={(next) => editing.change({ survey: next })} />
        ) : (
          <Section title={a("form.title")} about={a("form.about")}>
            <AskPolicyInput
              ask={preChat.ask}
              onChange={(ask) => editing.change({ preChat: { ...preChat, ask } })}
              error={editing.error("/preChat/ask")}
            />
          </Section>
        )}
        <Section title={a("form.questions")}>
          {languages}
          {form.fields.length === 0 ? (
            <Empty
              icon={IconForms}
              title={a("form.empty")}
              about={a(part === "survey" ? "survey.emptyAbout" : "form.emptyAbout")}
              action={add}
            />
          ) : (
            <>
              <FieldList
                at={`/${part}/fields`}
                fields={form.fields}
                language={language}
                errors={editing.errors}
                opened={opened}
                open={setOpened}
                onChange={changeFields}
              >
                {field !== undefined && opened !== null && (
                  <FieldEditor
                    key={opened}
                    part={part}
                    field={field}
                    all={form.fields}
                    language={language}
                    errorOf={(of) => errors[`/${part}/fields/${opened}/${of}`]}
                    onChange={(next) =>
                      changeFields(form.fields.map((other, index) => (index === opened ? next : other)))
                    }
                  />
                )}
              </FieldList>
              <div>{add}</div>
            </>
          )}
        </Section>
        {form.fields.length > 0 && (
          <Section title={a("form.head")} about={a("form.headAbout")}>
            <LocalizedInput
              label={a("setting.formTitle")}
              language={language}
              value={form.title}
              onChange={(text) => changeText("title", text)}
            />
            <LocalizedInput
              label={a("setting.formIntro")}
              multiline
              language={language}
              value={form.intro}
              onChange={(text) => changeText("intro", text)}
            />
          </Section>
        )}
      </div>
      <aside className={previewClasses.preview} aria-label={a("form.preview")}>
        <Stack gap="xs">
          <Title order={2} fz="sm">
            {a("form.preview")}
          </Title>
          <FormPreview
            form={form}
            look={editing.value.look}
            language={language}
            button={a(part === "survey" ? "survey.previewSend" : "form.previewStart")}
            empty={a(part === "survey" ? "survey.previewNothing" : "form.previewNothing")}
          />
          {form.fields.some((question) => question.hidden) && (
            <Text fz="xs" c="dimmed">
              {a("form.previewHidden", { count: form.fields.filter((question) => question.hidden).length })}
            </Text>
          )}
        </Stack>
      </aside>
    </div>
  );
}

/** A text that was emptied is gone rather than empty. */
function withText<Form extends Pick<PreChatForm, "title" | "intro">>(
  form: Form,
  which: "title" | "intro",
  text: Record<string, string> | undefined,
): Form {
  const { [which]: _before, ...others } = form;
  return (text === undefined ? others : { ...others, [which]: text }) as Form;
}

function AddField({ onAdd }: { onAdd(type: FormField["type"]): void }) {
  return (
    <Menu position="bottom-start" returnFocus={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconPlus size={16} />}>
          {a("form.add")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FIELD_TYPES.map(({ type, icon: Icon }) => (
          <Menu.Item key={type} leftSection={<Icon size={16} aria-hidden />} onClick={() => onAdd(type)}>
            {a(`type.${type}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
