import type { AnswerValue, FormField } from "@clew/contract/forms";
import { RATING_MAX } from "@clew/contract/limits";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useBox } from "../conversation/box.ts";
import { useFirstFocus } from "../conversation/focus.ts";
import { useChatWindow } from "../conversation/window-state.ts";
import { checkAnswer, type Fault, type Values } from "./check-answer.ts";
import { Field } from "./field.tsx";

export type FormProps = {
  /** Where two forms may be on the screen: what ids begin with. */
  name?: string;
  /** Focus that is nowhere goes to the first question, unless something else is to be done first. */
  takesFocus?: boolean;
  fields: readonly FormField[];
  values: Values;
  isFixed(field: FormField): boolean;
  change(key: string, value: AnswerValue): void;
  submit(): void;
  /** Faults that only the server found. */
  refused: Readonly<Record<string, Fault>>;
  children: ComponentChildren;
};

/**
 * Questions with their faults. A fault shows when its field is left or the form is sent, and goes as soon as it is
 * mended; sending with faults leads to the first one.
 */
export function Form({
  name = "field",
  takesFocus = true,
  fields,
  values,
  isFixed,
  change,
  submit,
  refused,
  children,
}: FormProps) {
  const { say, text, speech } = useChatWindow();
  const left = useBox<ReadonlySet<string>>(new Set());
  const form = useRef<HTMLFormElement>(null);
  useFirstFocus(form, takesFocus && "input:not([readonly]), select, textarea:not([readonly])");
  const faultOf = (field: FormField) =>
    isFixed(field) ? undefined : (checkAnswer(field, values) ?? refused[field.key]);
  const word = (field: FormField, fault: Fault | undefined) => {
    if (!fault) return null;
    return fault.say === "patternHint"
      ? text(field.patternHint)
      : say(fault.say, { count: "count" in fault ? (fault.count ?? 0) : 0 });
  };
  const faults = fields.filter((field) => left.value.has(field.key) && faultOf(field));
  useEffect(() => {
    if (Object.keys(refused).length > 0) left.value = new Set(fields.map((field) => field.key));
  }, [refused, fields, left]);
  return (
    <form
      ref={form}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const first = fields.find(faultOf);
        left.value = new Set(fields.map((field) => field.key));
        if (!first) return submit();
        form.current?.querySelector<HTMLElement>(`#clew-${name}-${first.key}`)?.focus();
      }}
    >
      <p class="hidden" role="status">
        {faults.length > 0 ? say("checkAnswers", { count: faults.length }) : ""}
      </p>
      {fields.map((field) => (
        <Field
          key={field.key}
          form={name}
          field={field}
          values={values}
          language={speech.value.language}
          fault={left.value.has(field.key) ? word(field, faultOf(field)) : null}
          fixed={isFixed(field)}
          words={{
            optional: say("optional"),
            choose: say("choose"),
            rating: (value) => say("ratingOf", { value, count: RATING_MAX }),
          }}
          change={change}
          leave={(key) => {
            const value = values[key];
            // An untouched field is not complained about before the customer tries to send.
            if (value !== undefined && value !== "") left.value = new Set([...left.peek(), key]);
          }}
        />
      ))}
      {children}
    </form>
  );
}
