import type { FormField } from "@clew/contract/forms";
import { useChatWindow } from "../conversation/window-state.ts";
import { answersOf, type Values } from "../forms/check-answer.ts";

/** The answers being given: what the page filled in, below what was typed. Half-filled ones are kept by the chat. */
export function useQuestions(fields: readonly FormField[]) {
  const { chat, preChatDraft, prefill, conversation } = useChatWindow();
  const given = prefill.value;
  const isFixed = (field: FormField) => !field.editable || (!given.editable && given.values[field.key] !== undefined);
  const shown: Values = { ...given.values, ...preChatDraft.value };
  for (const field of fields) if (isFixed(field)) shown[field.key] = given.values[field.key];
  return {
    values: shown,
    isFixed,
    // Fixed fields that the page left empty have nothing to show and nothing to answer.
    fields: fields.filter((field) => !isFixed(field) || given.values[field.key] !== undefined),
    change: (key: string, value: FormValue) => chat.setPreChatDraft({ ...preChatDraft.peek(), [key]: value }),
    answers: () => answersOf(fields, shown, isFixed),
    conversationId: conversation.value?.id ?? null,
  };
}
type FormValue = string | number | boolean | null;
