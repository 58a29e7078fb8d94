import type { Answer, AnswerValue, FormField, PreChatForm } from "@clew/contract/forms";
import { type AnswerReason, checkValue, isBlank, mustBeAnswered } from "./check-value.ts";

export type CheckedAnswers = { ok: true; answers: Answer[] } | { ok: false; fields: Record<string, AnswerReason> };

export type AnswersContext = {
  /** Language of the customer, for numbers as people write them. */
  language: string;
  /** Keys of the questions put this time, as `questionsToAsk` gives them; absent: all that are visible. */
  asked?: readonly string[];
  /** Current facts as values by key, for a dependent choice whose parent is not asked again. */
  known?: Readonly<Record<string, AnswerValue>>;
};

/**
 * Checks answers against their form. The answers come back in the order of the form and in the form in which they are kept;
 * one left blank is null, one not given (or not set by the page) is absent.
 */
export function checkAnswers(
  form: Pick<PreChatForm, "fields">,
  answers: readonly Answer[],
  context: AnswersContext,
): CheckedAnswers {
  const faults = new Map<string, AnswerReason>();
  const given = new Map<string, Answer>();
  const fields = new Map(form.fields.map((field) => [field.key, field]));
  for (const answer of answers) {
    const fault = given.has(answer.key) ? "twice" : refusalOf(fields.get(answer.key), answer);
    if (fault) faults.set(answer.key, fault);
    given.set(answer.key, answer);
  }
  const kept: Answer[] = [];
  for (const field of form.fields) {
    const answer = given.get(field.key);
    const parent = field.dependsOn === undefined ? undefined : valueGiven(field.dependsOn, given, context);
    const parentFaulty = field.dependsOn !== undefined && faults.has(field.dependsOn);
    if (faults.has(field.key) || parentFaulty) continue;
    if (!answer || isUntold(field, answer)) {
      if (wasAsked(field, context) && mustBeAnswered(field, parent)) faults.set(field.key, "required");
      continue;
    }
    const checked = checkValue(field, answer.value, { language: context.language, parent });
    if (checked.ok)
      kept.push({ key: field.key, value: checked.value, how: fromPage(field, answer) ? "hidden" : "typed" });
    else faults.set(field.key, checked.reason);
  }
  return faults.size > 0 ? { ok: false, fields: Object.fromEntries(faults) } : { ok: true, answers: kept };
}

/** Fields that only page script sets take no typed answer; a blank one that came along by itself does no harm. */
function refusalOf(field: FormField | undefined, answer: Answer): AnswerReason | null {
  // A page in the field may speak of a question that the form no longer has: nobody is turned away for it.
  if (!field) return answer.how === "hidden" ? null : "unknown-field";
  return field.hidden && answer.how === "typed" && !isBlank(answer.value) ? "hidden-only" : null;
}

/** Blank because the page has set nothing, not because someone left it so. */
function isUntold(field: FormField, answer: Answer): boolean {
  return isBlank(answer.value) && fromPage(field, answer);
}

/** Hidden and fixed fields show what the page has set, whoever sent it along. */
export function fromPage(field: FormField, answer: Answer): boolean {
  return field.hidden || !field.editable || answer.how === "hidden";
}

function wasAsked(field: FormField, context: AnswersContext): boolean {
  return context.asked ? context.asked.includes(field.key) : !field.hidden;
}

function valueGiven(key: string, given: ReadonlyMap<string, Answer>, context: AnswersContext): AnswerValue | undefined {
  const answer = given.get(key);
  const value = answer ? answer.value : context.known?.[key];
  return typeof value === "string" ? value.trim() : value;
}
