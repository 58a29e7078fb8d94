import type { Component } from "@clew/contract/flows/components";
import type { ReceiptAnswer } from "@clew/contract/flows/entries";
import type { Values } from "../engine/run.ts";
import { answerText } from "./answer-text.ts";
import { type FormFlows, type FormStep, formPath } from "./form-path.ts";
import { checkPage, type PageField } from "./page.ts";
import { type Shown, screenText } from "./present.ts";
import { privacyOf } from "./privacy.ts";

/**
 * What a receipt says of a form that was sent: every question that was asked and answered, in order. Of private and
 * secret answers only that they were given.
 */
export function receiptAnswers(
  form: FormFlows & { inputs: Values },
  answers: Readonly<Record<string, Values>>,
  shown: Shown,
): ReceiptAnswer[] {
  return formPath(form, form.inputs, answers, shown).steps.flatMap((step) =>
    receiptOf(step, answers[step.node] ?? {}, shown),
  );
}

/** The same of one screen; also what a review shows before sending. */
export function receiptOf(
  step: Pick<FormStep, "node" | "scope"> & { screen: { components: readonly Component[] } },
  answers: Values,
  shown: Shown,
): ReceiptAnswer[] {
  const page = checkPage(step.screen.components, answers, { scope: step.scope, shown, held: answers });
  return [...page.fields].flatMap(([id, field]) => {
    if (field.question.kind === "repeat" || field.value === null) return [];
    const privacy = privacyOf(field.question);
    const text = privacy === "open" ? answerText(field.question, field.value, shown, field.options) : null;
    return [{ field: `${step.node}.${id}`, label: labelOfField(id, field, page.seen, shown), text, privacy }];
  });
}

/** What a field is called: its label; in a repeat with the number of its item before it. */
export function labelOfField(
  id: string,
  { question }: PageField,
  scope: Values | PageField["value"],
  shown: Shown,
): string {
  const label = screenText(question.label, (scope ?? {}) as Values, shown) || question.id;
  const index = /\/(\d+)\//.exec(id)?.[1];
  return index === undefined ? label : `${Number(index) + 1} · ${label}`;
}
