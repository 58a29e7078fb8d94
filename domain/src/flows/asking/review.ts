import { draftAnswers } from "../cowork/draft.ts";
import type { Place } from "../cowork/place.ts";
import { receiptOf } from "../screens/receipt-of.ts";
import type { AskedForm } from "./next-question.ts";

/** Signs in the place of an answer that is not to be repeated. */
const HIDDEN = "•••";

/** What will be sent, in order, as the customer may change it by its number. */
export function answersToReview(
  { draft, shown }: AskedForm,
  { path }: Place,
): { field: string; label: string; text: string }[] {
  const answers = draftAnswers(draft);
  const steps = [...path.steps, ...(path.current ? [path.current] : [])];
  return steps.flatMap((step) =>
    receiptOf(step, answers[step.node] ?? {}, shown).map(({ field, label, text }) => ({
      field,
      label,
      text: text ?? HIDDEN,
    })),
  );
}
