import { Button } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import { t } from "../../strings/strings.ts";
import { Components } from "./components.tsx";
import { type Answers, answersOf, pageOf, type ScreenView } from "./page.ts";
import classes from "./screen-form.module.css";

export type ScreenButton = "next" | "back" | "save" | "cancel";

type Props = {
  screen: ScreenView;
  /** What was wrong with the answers sent, in words, by field. */
  problems?: Readonly<Record<string, string>>;
  busy?: boolean;
  /** How deep the title stands in the page around. */
  level?: 3 | 4;
  onButton(button: ScreenButton, values: Answers): void;
  /** Hears every change: the other side of a form watches. */
  onChange?(values: Answers): void;
  onFile?(file: File): Promise<Answers | null>;
};

/** A screen of a flow with its questions and buttons. Mount it anew for each screen: `key={screen.id}`. */
export function ScreenForm({ screen, problems = {}, busy = false, level = 4, onButton, onChange, onFile }: Props) {
  const [values, setValues] = useState<Answers>(screen.values);
  const [touched, setTouched] = useState<readonly string[]>([]);
  const heading = useId();
  const Title = `h${level}` as const;
  const page = pageOf(screen, values);
  const { next, back, save, cancel } = screen.buttons;
  const open = Object.fromEntries(Object.entries(problems).filter(([id]) => !touched.includes(id)));
  function set(id: string, value: unknown): void {
    const changed = { ...values, [id]: value };
    setValues(changed);
    setTouched([...touched, ...Object.keys(problems).filter((one) => one === id || one.startsWith(`${id}/`))]);
    onChange?.(changed);
  }
  function press(button: ScreenButton): void {
    if (button === "next") setTouched([]);
    onButton(button, button === "next" ? answersOf(page, values) : values);
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    press("next");
  }
  return (
    <form className={classes.form} aria-labelledby={heading} onSubmit={submit} noValidate>
      <Title id={heading} className={classes.title}>
        <bdi>{screen.title || t("flows.screen")}</bdi>
      </Title>
      {Object.keys(open).length > 0 && (
        <p role="alert" className={classes.wrong}>
          {t("flows.wrong", { count: Object.keys(open).length })}
        </p>
      )}
      <Components
        components={screen.components}
        at=""
        page={page}
        values={values}
        screen={screen}
        problems={open}
        set={set}
        {...(onFile ? { onFile } : {})}
      />
      <div className={classes.buttons}>
        {cancel && (
          <Button variant="subtle" color="gray" size="xs" disabled={busy} onClick={() => press("cancel")}>
            {t("flows.cancelScreen")}
          </Button>
        )}
        {save && (
          <Button variant="default" size="xs" disabled={busy} onClick={() => press("save")}>
            {t("flows.save")}
          </Button>
        )}
        {back && (
          <Button variant="default" size="xs" disabled={busy} onClick={() => press("back")}>
            {t("flows.back")}
          </Button>
        )}
        {next !== null && (
          <Button type="submit" size="xs" loading={busy}>
            {next || t("flows.next")}
          </Button>
        )}
      </div>
    </form>
  );
}
