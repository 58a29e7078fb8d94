import type { FieldSuggestion, FieldView } from "@clew/contract/flows/form-live";
import type { Values } from "../engine/run.ts";
import type { Value } from "../expressions/expression.ts";
import { isMap } from "../expressions/value.ts";
import { fieldsOf, type Question } from "../screens/components.ts";
import "../screens/every-kind.ts";
import { maskCards } from "../screens/mask-cards.ts";
import { checkPage } from "../screens/page.ts";
import { dueOf } from "../screens/payment-kind.ts";
import type { Shown } from "../screens/present.ts";
import { agentMaySee, privacyOf } from "../screens/privacy.ts";
import { problemText } from "../screens/problem-text.ts";
import { draftAnswers, type FormDraft, fieldParts } from "./draft.ts";
import { type Form, openInputs, questionOf } from "./form.ts";
import type { Place } from "./place.ts";

type Payment = Extract<Question, { kind: "payment" }>;
export type Reader = "customer" | "staff";
type Seen = {
  form: Form;
  draft: FormDraft;
  place: Place;
  live: "values" | "status" | "none";
  shown: Shown;
  openedAt: number;
  /** Fields whose problems are to be shown though nothing was typed: an attempt to send them failed. */
  problems: Readonly<Record<string, string>>;
};

/** Every field as the reader may see it: those of the page shown now, and those filled in before. */
export function fieldViews(seen: Seen, reader: Reader): Map<string, FieldView> {
  const { form, draft, place, shown, live } = seen;
  const views = new Map<string, FieldView>();
  if (reader === "staff" && live === "none") return views;
  const answers = draftAnswers(draft);
  for (const step of [...place.path.steps, ...(place.path.current ? [place.path.current] : [])]) {
    const { node } = step;
    const page = checkPage(step.screen.components, answers[node] ?? {}, { scope: step.scope, shown });
    const ids = new Set([...fieldsOf(step.screen.components).map(({ id }) => id), ...page.fields.keys()]);
    for (const id of ids) {
      const name = `${node}.${id}`;
      const question = questionOf(form, name);
      const held = draft.fields.get(name);
      if (!question || (node !== place.step?.node && !held && !page.fields.has(id))) continue;
      const asked = page.fields.get(id);
      const problem =
        seen.problems[name] ??
        (asked?.problem && asked.status === "invalid" ? problemText(asked.problem, shown.locale) : null);
      const view: FieldView = {
        field: name,
        status: (isUnseen(question, held?.value) ? held?.status : asked?.status) ?? "empty",
        visible: asked !== undefined,
        ...(problem ? { problem } : {}),
        by: held?.by ?? "flow",
        source: held?.source ?? "prefill",
        seq: held?.seq ?? 0,
        at: held?.at ?? seen.openedAt,
      };
      const value = question.kind === "payment" ? paidOf(question, held?.value, page.seen, shown) : held?.value;
      const told = toldOf(question, view, value, { ...seen, reader });
      if (told) views.set(name, told);
    }
  }
  return views;
}

function toldOf(
  question: Question,
  view: FieldView,
  value: Value | undefined,
  { reader, live, draft }: Pick<Seen, "live" | "draft"> & { reader: Reader },
): FieldView | null {
  if (reader === "customer") {
    return value === undefined || isUnseen(question, value) ? view : { ...view, value };
  }
  const may = agentMaySee(question);
  if (may === "nothing") return null;
  if (
    (may === "status" && question.kind !== "payment") ||
    live !== "values" ||
    !draft.showTyping ||
    value === undefined
  )
    return view;
  return { ...view, value: forStaff(question, value) };
}

/** Whether an answer is unknown here, or nobody's business. Of a payment only its token is. */
function isUnseen(question: Question, value: Value | undefined): boolean {
  return privacyOf(question) === "secret" && (question.kind !== "payment" || (value ?? null) === null);
}

function mayKnow(question: Question, reader: Reader): boolean {
  return reader === "customer" || agentMaySee(question) !== "nothing";
}

/** What may be told of a payment: what was paid, and what is due by now. */
function paidOf(question: Payment, paid: Value | undefined, seen: Values, shown: Shown): Value | undefined {
  return isMap(paid ?? null) ? { ...amountIn(paid ?? null), due: dueOf(question, seen, shown) } : undefined;
}

function amountIn(paid: Value): { amount: Value } {
  return { amount: isMap(paid) ? (paid.amount ?? null) : null };
}

/** What staff may read of a value: single fields of a list by their own class, numbers of cards masked. */
function forStaff(question: Question, value: Value): Value {
  if (question.kind !== "repeat" || !Array.isArray(value)) return masked(value);
  const open = new Set(
    fieldsOf(question.components).flatMap((inner) => (agentMaySee(inner) === "value" ? [inner.id] : [])),
  );
  return value.map((item) =>
    isMap(item)
      ? Object.fromEntries(
          Object.entries(item)
            .filter(([name]) => open.has(name))
            .map(([name, one]) => [name, masked(one)]),
        )
      : {},
  );
}

function masked(value: Value): Value {
  if (typeof value === "string") return maskCards(value);
  if (Array.isArray(value)) return value.map(masked);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, masked(one)]));
  return value;
}

/** Suggestions as the reader may see them. Of an answer that is not open only its author and the customer see the words. */
export function suggestionView(
  { form, draft }: Pick<Seen, "form" | "draft">,
  field: string,
  reader: Reader,
): FieldSuggestion | null {
  const suggestion = draft.suggestions.get(field);
  const question = questionOf(form, field);
  if (!suggestion || !question) return null;
  const hidden = reader === "staff" && privacyOf(question) !== "open";
  const { id, name } = suggestion.by;
  return { field, value: hidden ? null : suggestion.value, by: { ...(id ? { id } : {}), name }, at: suggestion.at };
}

/** What formulas and texts of a page may read: for customers all but secrets, for staff what is open and shown to them. */
export function scopeFor(
  { form, draft, place, live }: Pick<Seen, "form" | "draft" | "place" | "live">,
  reader: Reader,
): Values {
  const scope = place.step?.scope ?? {};
  const shows = reader === "customer" || (live === "values" && draft.showTyping);
  const entries = Object.entries(scope).flatMap(([name, value]): [string, Value][] => {
    const screen = form.screens.get(name);
    if (!screen)
      return reader === "customer" || name in openInputs(form.flows.flow, { [name]: value }) ? [[name, value]] : [];
    if (!shows || !isMap(value)) return [[name, {}]];
    const own = fieldsOf(screen.components).flatMap((question): [string, Value][] => {
      const answer = value[question.id];
      if (answer === undefined || isUnseen(question, answer)) return [];
      if (question.kind === "payment") return mayKnow(question, reader) ? [[question.id, amountIn(answer)]] : [];
      if (reader === "customer") return [[question.id, answer]];
      return agentMaySee(question) === "value" ? [[question.id, forStaff(question, answer)]] : [];
    });
    return [[name, Object.fromEntries(own)]];
  });
  return Object.fromEntries(entries);
}

/** The screen a field stands on. */
export function nodeOf(field: string): string {
  return fieldParts(field)?.node ?? "";
}
