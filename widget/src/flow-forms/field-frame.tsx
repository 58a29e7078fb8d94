import type { FieldComponent } from "@clew/contract/flows/components";
import type { PageField } from "@clew/domain/flows/screens/page";
import { screenText } from "@clew/domain/flows/screens/present";
import { privacyOf } from "@clew/domain/flows/screens/privacy";
import { inWords } from "@clew/domain/flows/screens/words-of-problem";
import { isComposite } from "./composite.ts";
import type { Attributes } from "./control-props.ts";
import { Control } from "./controls.tsx";
import { fileProblem } from "./file-problem.ts";
import { useForm } from "./form-context.ts";
import { PARTS } from "./parts.ts";

/** One question with its label, hint, what is wrong, and what others say about it, tied to it for whoever listens. */
export function FieldFrame({ id, field, value }: { id: string; field: PageField; value: unknown }) {
  const place = useForm();
  const { say, shown, state, words } = place;
  const component = field.question as FieldComponent;
  const element = `${place.prefix}${id.replaceAll("/", "-")}`;
  const label = screenText(component.label, field.seen, shown) || (component.kind === "consent" ? "" : component.id);
  const hint = screenText(component.hint, field.seen, shown);
  const told = state.problems[place.full(id)] ?? "";
  const lost = state.files.find(({ field: to, state: way }) => way === "failed" && to === place.full(id));
  const judged = place.isJudged(id);
  const wrong = lost
    ? fileProblem(lost, words)
    : judged && field.problem
      ? inWords(field.problem, words.problems)
      : told || (judged && place.viewOf(id)?.problem);
  const said = state.hints[place.full(id)];
  const more = PARTS.more.get();
  const isOpenText = component.kind.endsWith("ext") && privacyOf(component) === "open";
  const card = isOpenText && more?.hasCard(String(value ?? ""));
  const notes = [
    hint && (
      <p class="ff-hint" id={`${element}-hint`}>
        {hint}
      </p>
    ),
    said && (
      <p class="ff-note" id={`${element}-said`}>
        <b>{place.agent}:</b> {said}
      </p>
    ),
    card && (
      <p class="ff-note" id={`${element}-card`}>
        {say("card")}
      </p>
    ),
    // What is wrong with a file is told beside its name.
    wrong && !lost && (
      <p class="ff-wrong" id={`${element}-wrong`}>
        <Sign path="M12 8v5M12 16.5h.01M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z" />
        {wrong}
      </p>
    ),
  ];
  const described = ["hint", "said", "card", "wrong"].flatMap((name, index) =>
    notes[index] || (name === "wrong" && lost) ? [`${element}-${name}`] : [],
  );
  const locked = field.readOnly || state.sending === "sending";
  const attributes: Attributes = {
    id: element,
    "aria-describedby": described.join(" ") || undefined,
    "aria-invalid": wrong ? "true" : undefined,
    "aria-required": field.required ? "true" : undefined,
    autocomplete: component.autocomplete,
  };
  const name = (
    <>
      {label}
      {!field.required && !field.readOnly && component.kind !== "consent" && (
        <span class="ff-optional"> {say("optional")}</span>
      )}
      {privacyOf(component) !== "open" && (
        <span class="ff-lock">
          <Sign path="M6.5 10.5h11v9h-11ZM9 10.5V8a3 3 0 0 1 6 0v2.5" />
          <span class="hidden">{say("private")}</span>
        </span>
      )}
    </>
  );
  const control = (
    <Control
      {...{ component, field, name: place.full(id), value, locked, attributes }}
      change={(next, now) => place.change(id, next, now)}
    />
  );
  const classes = `ff-field ff-${component.width ?? "full"}${wrong ? " ff-faulty" : ""}${state.pointed === place.full(id) ? " ff-pointed" : ""}${privacyOf(component) === "open" ? "" : " rr-mask rr-ignore ph-no-capture"}`;
  // Recorders of sessions that a page may carry leave out what is marked so.
  const recorded = privacyOf(component) === "open" ? {} : { "data-private": "", "data-sl": "mask" };
  const events = { ...recorded, onFocusIn: () => place.focus(id), onFocusOut: () => place.focus(null) };
  const below = (
    <>
      {notes}
      {more && <more.SaidByOthers id={id} field={field} />}
    </>
  );
  // A box or switch has its label beside it.
  const saysItself = component.kind === "boolean" && !field.required;
  if (isComposite(component, field)) {
    return (
      <fieldset class={classes} {...events} aria-describedby={attributes["aria-describedby"]} id={`${element}-group`}>
        {label && !saysItself && <legend>{name}</legend>}
        {control}
        {below}
      </fieldset>
    );
  }
  return (
    <div class={classes} {...events}>
      <label for={element}>{name}</label>
      {control}
      {below}
    </div>
  );
}

export function Sign({ path }: { path: string }) {
  return (
    <svg class="ff-sign" viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
