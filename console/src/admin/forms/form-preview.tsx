import type { Look } from "@clew/contract/channels";
import type { FormField, PreChatForm } from "@clew/contract/forms";
import { RATING_MAX } from "@clew/contract/limits";
import { useComputedColorScheme } from "@mantine/core";
import { type CSSProperties, useId, useState } from "react";
import { isColour, readableOn } from "../channels/contrast.ts";
import { isRightToLeft, localized } from "../strings/languages.ts";
import { a } from "../strings/words.ts";
import classes from "./forms.module.css";

type FormPreviewProps = {
  form: Pick<PreChatForm, "title" | "intro" | "fields">;
  look: Look;
  language: string;
  /** What its button says. */
  button: string;
  /** What is said when nothing is asked. */
  empty: string;
};

/** The form as a customer of the language sees it. It can be filled in, so that dependent lists can be tried. */
export function FormPreview({ form, look, language, button, empty }: FormPreviewProps) {
  const computed = useComputedColorScheme("light");
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const colour = isColour(look.colour) ? look.colour : "#3d4ab4";
  const tokens = {
    "--colour": colour,
    "--colour-text": look.colourText !== null && isColour(look.colourText) ? look.colourText : readableOn(colour),
    "--radius": `${look.radius}px`,
    fontFamily: look.font ?? undefined,
  } as CSSProperties;
  const shown = form.fields.filter((field) => !field.hidden);
  const title = localized(form.title, language);
  const intro = localized(form.intro, language);
  return (
    <div
      className={classes.preview}
      style={tokens}
      lang={language}
      dir={isRightToLeft(language) ? "rtl" : "ltr"}
      data-scheme={look.scheme === "auto" ? computed : look.scheme}
    >
      {title && <h3>{title}</h3>}
      {intro && <p>{intro}</p>}
      {shown.length === 0 && <p>{empty}</p>}
      {shown.map((field, index) => (
        <Question
          // biome-ignore lint/suspicious/noArrayIndexKey: keys may be doubled while they are typed
          key={index}
          field={field}
          language={language}
          chosen={chosen}
          choose={(value) => setChosen({ ...chosen, [field.key]: value })}
        />
      ))}
      <div className={classes.start} aria-hidden>
        {button}
      </div>
    </div>
  );
}

type QuestionProps = {
  field: FormField;
  language: string;
  chosen: Record<string, string>;
  choose(value: string): void;
};

function Question({ field, language, chosen, choose }: QuestionProps) {
  const id = useId();
  const label = localized(field.label, language) || a("field.unnamed");
  const hint = localized(field.hint, language);
  const asterisk = field.required ? " *" : "";
  if (field.type === "checkbox") {
    return (
      <div className={classes.check}>
        <input type="checkbox" id={id} disabled={!field.editable} />
        <label htmlFor={id}>
          {label}
          {asterisk}
        </label>
        {hint && <small>{hint}</small>}
      </div>
    );
  }
  return (
    <div className={classes.question}>
      <label htmlFor={id}>
        {label}
        {asterisk}
      </label>
      <Control id={id} field={field} language={language} chosen={chosen} choose={choose} />
      {hint && <small>{hint}</small>}
    </div>
  );
}

const INPUT_TYPES: Partial<Record<FormField["type"], string>> = {
  email: "email",
  number: "number",
  phone: "tel",
  date: "date",
};

function Control({ id, field, language, chosen, choose }: QuestionProps & { id: string }) {
  const fixed = { id, disabled: !field.editable, maxLength: field.maxLength };
  if (field.type === "longText") return <textarea rows={3} {...fixed} />;
  if (field.type === "rating") return <Scale id={id} />;
  if (field.type !== "choice" && field.type !== "dependentChoice")
    return <input type={INPUT_TYPES[field.type] ?? "text"} {...fixed} />;
  const parent = field.dependsOn === undefined ? "" : (chosen[field.dependsOn] ?? "");
  const choices = (field.choices ?? []).filter((choice) => field.type === "choice" || choice.when?.includes(parent));
  return (
    <select
      id={id}
      disabled={!field.editable}
      value={chosen[field.key] ?? ""}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value="">{a("form.choose")}</option>
      {choices.map((choice, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: values may be doubled while they are typed
        <option key={index} value={choice.value}>
          {localized(choice.label, language) || choice.value}
        </option>
      ))}
    </select>
  );
}

const STEPS = Array.from({ length: RATING_MAX }, (_, index) => index + 1);

function Scale({ id }: { id: string }) {
  return (
    <span className={classes.scale}>
      {STEPS.map((step) => (
        <label key={step}>
          <input type="radio" name={id} id={step === 1 ? id : undefined} />
          {step}
        </label>
      ))}
    </span>
  );
}
