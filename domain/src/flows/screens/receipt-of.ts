import type { Component } from "@clew/contract/flows/components";
import type { ReceiptAnswer } from "@clew/contract/flows/entries";
import type { Value } from "../expressions/expression.ts";
import { answerText } from "./answer-text.ts";
import { labelOfField } from "./field-label.ts";
import { checkPage } from "./page.ts";
import type { Shown } from "./present.ts";
import { privacyOf } from "./privacy.ts";

type Values = Record<string, Value>;
type Screen = { node: string; scope: Values; screen: { components: readonly Component[] } };

/** What a receipt says of one screen: every question that was asked and answered, in order. */
export function receiptOf({ node, scope, screen }: Screen, answers: Values, shown: Shown): ReceiptAnswer[] {
  const page = checkPage(screen.components, answers, { scope, shown, held: answers });
  return [...page.fields].flatMap(([id, field]) => {
    if (field.question.kind === "repeat" || field.value === null) return [];
    // Of a payment its amount is told, which is open; its token is not among what a receipt could say.
    const privacy = field.question.kind === "payment" ? "open" : privacyOf(field.question);
    const text = privacy === "open" ? answerText(field.question, field.value, shown, field.options) : null;
    const files = privacy === "open" && field.question.kind === "file" ? { files: [field.value].flat() as never } : {};
    return [{ field: `${node}.${id}`, label: labelOfField(id, field, shown), text, privacy, ...files }];
  });
}
