import type { FieldComponent } from "@clew/contract/flows/components";
import { answerText } from "@clew/domain/flows/screens/answer-text";
import { hasCard } from "@clew/domain/flows/screens/mask-cards";
import type { PageField } from "@clew/domain/flows/screens/page";
import { screenText } from "@clew/domain/flows/screens/present";
import { privacyOf } from "@clew/domain/flows/screens/privacy";
import { inWords } from "@clew/domain/flows/screens/words-of-problem";
import { isComposite } from "./composite.ts";
import type { Attributes } from "./control-props.ts";
import { Control } from "./controls.tsx";
import { fileProblem } from "./file-problem.ts";
import { useForm } from "./form-context.ts";

/** One question with its label, hint, what is wrong, and what others say about it, tied to it for whoever listens. */
export function FieldFrame({ id, field, value }: { id: string; field: PageField; value: unknown }) {
  const place = useForm();
  const { say, shown, state, words, page } = place;
  const component = field.question as FieldComponent;
  const element = `${place.prefix}${id.replaceAll("/", "-")}`;
  const label = screenText(component.label, page.seen, shown) || (component.kind === "consent" ? "" : component.id);
  const hint = screenText(component.hint, page.seen, shown);
  const told = state.problems[place.full(id)] ?? "";
  const lost = state.files.find(({ field: to, state: way }) => way === "failed" && to === place.full(id));
  const judged = place.isJudged(id);
  const wrong = lost
    ? fileProblem(lost, words)
    : judged && field.problem
      ? inWords(field.problem, words.problems)
      : told;
  const said = state.hints[place.full(id)];
  const card = component.kind.endsWith("ext") && privacyOf(component) === "open" && hasCard(String(value ?? ""));
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
    wrong && (
      <p class="ff-wrong" id={`${element}-wrong`}>
        <Sign path="M12 8v5M12 16.5h.01M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z" />
        {wrong}
      </p>
    ),
  ];
  const described = ["hint", "said", "card", "wrong"].flatMap((name, index) =>
    notes[index] ? [`${element}-${name}`] : [],
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
      <Suggested id={id} field={field} />
      <Origin id={id} />
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

/** What somebody else would write here, until it is answered. */
function Suggested({ id, field }: { id: string; field: PageField }) {
  const { state, say, form, full, shown } = useForm();
  const found = state.suggestions.find((each) => each.field === full(id));
  if (!found || field.question.kind === "repeat") return null;
  const text = answerText(field.question, found.value as never, shown, field.options) || String(found.value);
  return (
    <p class="ff-ghost">
      <span>
        {say("suggests", found.by.name)} <b dir="auto">{text}</b>
      </span>
      <span class="ff-pair">
        <button type="button" class="secondary" onClick={() => form.answerSuggestion(full(id), true)}>
          {say("accept")}
          <span class="hidden"> {text}</span>
        </button>
        <button type="button" class="ff-link" onClick={() => form.answerSuggestion(full(id), false)}>
          {say("dismiss")}
          <span class="hidden"> {text}</span>
        </button>
      </span>
    </p>
  );
}

/** How a value came to be, where it was not typed by the reader. */
function Origin({ id }: { id: string }) {
  const { viewOf, say, agent, shown } = useForm();
  const view = viewOf(id);
  if (!view || view.value === null || view.value === undefined) return null;
  if (view.by === "agent") return <p class="ff-origin">{say("filledBy", agent)}</p>;
  if (view.by !== "flow" || view.source === "typed") return null;
  const day = new Date(view.at).toLocaleDateString(shown.locale, { dateStyle: "medium" });
  return <p class="ff-origin">{view.source === "carried" ? say("carried", day) : say("filledFor")}</p>;
}

export function Sign({ path }: { path: string }) {
  return (
    <svg class="ff-sign" viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
