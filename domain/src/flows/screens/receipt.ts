import type { ReceiptAnswer } from "@clew/contract/flows/entries";
import type { Values } from "../engine/run.ts";
import { type FormFlows, formPath } from "./form-path.ts";
import type { Shown } from "./present.ts";
import { receiptOf } from "./receipt-of.ts";

export { receiptOf } from "./receipt-of.ts";

/**
 * What a receipt says of a form that was sent: every question that was asked and answered, in order. Of private and
 * secret answers only that they were given.
 */
export function receiptAnswers(
  form: FormFlows & { inputs: Values },
  answers: Readonly<Record<string, Values>>,
  shown: Shown,
): ReceiptAnswer[] {
  const { steps } = formPath(form, form.inputs, answers, shown);
  return steps.flatMap((step) => receiptOf(step, answers[step.node] ?? {}, shown));
}
