import type { LiveForm, LiveFormState } from "@clew/widget/flow-forms/live-form";
import { ActionIcon, Button, Menu, Select, TextInput } from "@mantine/core";
import { IconBulb, IconDots, IconFocus2, IconLock, IconMessage2 } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { day } from "../clock/ages.ts";
import { t } from "../strings/strings.ts";
import classes from "./mirror.module.css";
import { type MirrorRow, rowsOf, valueText } from "./mirror-rows.ts";

type Props = { form: LiveForm; state: LiveFormState; customer: string };

/** What nobody but the customer may say. */
const OWN = ["consent", "secret", "signature", "payment", "file", "repeat"];

/** The page that the customer is on, field by field, as far as it may be seen. */
export function MirrorFields({ form, state, customer }: Props) {
  const writing = state.people.find(({ who }) => who === "customer")?.field;
  return (
    <>
      {state.page?.title && (
        <p className={classes.quiet} dir="auto">
          {t("mirror.page", { title: state.page.title })}
        </p>
      )}
      {state.live === "status" && <p className={classes.quiet}>{t("mirror.onlyStatus")}</p>}
      {state.live === "values" && !state.showTyping && (
        <p className={classes.quiet}>{t("mirror.typingHidden", { name: customer })}</p>
      )}
      <dl className={classes.fields}>
        {rowsOf(state).map((row) => (
          <Field key={row.field} row={row} form={form} state={state} writing={writing === row.field} />
        ))}
      </dl>
    </>
  );
}

type FieldProps = Omit<Props, "customer"> & { row: MirrorRow; writing: boolean };

function Field({ row, form, state, writing }: FieldProps) {
  const { field, label, question, view, text, known } = row;
  const [doing, setDoing] = useState<"suggest" | "hint" | null>(null);
  const [told, setTold] = useState("");
  const suggestion = state.suggestions.find((one) => one.field === field);
  const { staff } = form;
  return (
    <div data-writing={writing || undefined}>
      <dt>
        <span dir="auto">{label}</span>
        {writing && <em className={classes.writing}>{t("mirror.writing")}</em>}
      </dt>
      <dd>
        {staff && (
          <Menu position="bottom-end" width={190}>
            <Menu.Target>
              <ActionIcon
                className={classes.menu ?? ""}
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t("mirror.actions", { field: label })}
              >
                <IconDots size={14} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {state.maySuggest && !OWN.includes(question.kind) && (
                <Menu.Item leftSection={<IconBulb size={14} />} onClick={() => setDoing("suggest")}>
                  {t("mirror.suggest")}
                </Menu.Item>
              )}
              <Menu.Item
                leftSection={<IconFocus2 size={14} />}
                onClick={() => {
                  staff.point(field);
                  setTold(t("mirror.pointed", { field: label }));
                }}
              >
                {t("mirror.point")}
              </Menu.Item>
              <Menu.Item leftSection={<IconMessage2 size={14} />} onClick={() => setDoing("hint")}>
                {t("mirror.hint")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
        <span
          className={known ? undefined : classes.quiet}
          dir="auto"
          data-wrong={view?.status === "invalid" || undefined}
        >
          {!known && view && view.status !== "empty" && <IconLock size={11} aria-hidden="true" />} {text}
        </span>
        {view?.problem && !(question.kind === "payment" && view.value) && (
          <span className={classes.problem}>{view.problem}</span>
        )}
        {view?.source === "carried" && view.by === "flow" && (
          <span className={classes.quiet}>{t("mirror.carried", { date: day(view.at, Date.now()) })}</span>
        )}
        {suggestion && (
          <span className={classes.suggestion}>
            {t("mirror.suggested", { value: valueText(question, suggestion.value) })}
          </span>
        )}
        <span role="status" className={classes.quiet}>
          {told}
        </span>
        {doing && staff && (
          <Write
            what={doing}
            label={label}
            question={question}
            done={(value) => {
              if (value !== null && doing === "suggest") staff.suggest(field, value);
              if (value !== null && doing === "hint") staff.hint(field, value);
              setDoing(null);
            }}
          />
        )}
      </dd>
    </div>
  );
}

type WriteProps = {
  what: "suggest" | "hint";
  label: string;
  question: MirrorRow["question"];
  done(value: string | null): void;
};

/** A suggestion or a hint, in one line. */
function Write({ what, label, question, done }: WriteProps) {
  const [value, setValue] = useState("");
  const options =
    what === "suggest" && question.kind === "choice" && !question.multiple
      ? (question.options ?? []).map((option) => ({ value: option.value, label: valueText(question, option.value) }))
      : null;
  const name = t(what === "suggest" ? "mirror.suggestFor" : "mirror.hintFor", { field: label });
  function submit(event: FormEvent): void {
    event.preventDefault();
    done(value.trim() || null);
  }
  return (
    <form className={classes.write} onSubmit={submit}>
      {options ? (
        <Select
          size="xs"
          data={options}
          aria-label={name}
          value={value || null}
          onChange={(one) => setValue(one ?? "")}
        />
      ) : (
        <TextInput
          size="xs"
          aria-label={name}
          value={value}
          maxLength={500}
          data-autofocus
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      )}
      <span className={classes.row}>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => done(null)}>
          {t("app.cancel")}
        </Button>
        <Button size="compact-xs" type="submit" disabled={value.trim() === ""}>
          {t(what === "suggest" ? "mirror.sendSuggestion" : "mirror.sendHint")}
        </Button>
      </span>
    </form>
  );
}
