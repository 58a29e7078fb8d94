import type { Value } from "@clew/domain/flows/expressions/expression";
import { fromText } from "@clew/domain/flows/screens/from-text";
import { privacyOf } from "@clew/domain/flows/screens/privacy";
import type { LiveForm, LiveFormState } from "@clew/widget/flow-forms/live-form";
import { ActionIcon, Button, Menu, Select, TextInput } from "@mantine/core";
import { IconBulb, IconDots, IconFocus2, IconLock, IconMessage2, IconPencil } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { day } from "../clock/ages.ts";
import { useViewer } from "../desk.tsx";
import { t } from "../strings/strings.ts";
import classes from "./mirror.module.css";
import { type MirrorRow, rowsOf, suggestedText, valueText } from "./mirror-rows.ts";

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

/** What an agent may write at a field. */
type Writing = "fill" | "suggest" | "hint";

/** Some questions are both sides' to answer. While the customer is in the field it becomes a suggestion. */
function mayFill(question: MirrorRow["question"]): boolean {
  return question.kind !== "repeat" && question.edit === "both" && privacyOf(question) === "open";
}

/** What is meant by words that were written for an answer: of a choice its value, of yes and no which. */
function meantBy(question: MirrorRow["question"], words: string, { page }: LiveFormState): unknown {
  if (question.kind === "repeat") return words;
  const scope = (page?.scope ?? {}) as Readonly<Record<string, Value>>;
  return fromText(question, words, scope, { now: Date.now(), zone: "UTC", locale: "en" });
}

type FieldProps = Omit<Props, "customer"> & { row: MirrorRow; writing: boolean };

function Field({ row, form, state, writing }: FieldProps) {
  const { field, label, question, view, text, known } = row;
  const [doing, setDoing] = useState<Writing | null>(null);
  const [told, setTold] = useState("");
  const suggestion = state.suggestions.find((one) => one.field === field);
  const { staff } = form;
  const me = useViewer().agentId;
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
              {mayFill(question) && (
                <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setDoing("fill")}>
                  {t("mirror.fill")}
                </Menu.Item>
              )}
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
        {!view?.problem && state.problems[field] && <span className={classes.problem}>{state.problems[field]}</span>}
        {view?.source === "carried" && view.by === "flow" && (
          <span className={classes.quiet}>{t("mirror.carried", { date: day(view.at, Date.now()) })}</span>
        )}
        {suggestion && (
          <span className={classes.suggestion}>
            {suggestedText(question, suggestion, me)}
            {staff && (
              <button
                type="button"
                className={classes.withdraw}
                aria-label={t("mirror.withdrawThis", { field: label })}
                onClick={() => form.answerSuggestion(field, false)}
              >
                {t("mirror.withdraw")}
              </button>
            )}
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
              setDoing(null);
              if (value === null) return;
              const meant = meantBy(question, value, state);
              if (doing === "fill") form.set(field, meant, { status: "filled", now: true });
              else if (doing === "suggest") staff.suggest(field, meant);
              else staff.hint(field, value);
            }}
          />
        )}
      </dd>
    </div>
  );
}

type WriteProps = {
  what: Writing;
  label: string;
  question: MirrorRow["question"];
  done(value: string | null): void;
};

/** A suggestion or a hint, in one line. */
function Write({ what, label, question, done }: WriteProps) {
  const [value, setValue] = useState("");
  const options =
    what !== "hint" && question.kind === "choice" && !question.multiple
      ? (question.options ?? []).map((option) => ({ value: option.value, label: valueText(question, option.value) }))
      : null;
  const name = t(`mirror.${what}For`, { field: label });
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
          {t(`mirror.send.${what}`)}
        </Button>
      </span>
    </form>
  );
}
