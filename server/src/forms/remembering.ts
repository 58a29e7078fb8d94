import type { ConversationState } from "@clew/domain/conversations/state";
import { type Form, questionOf } from "@clew/domain/flows/cowork/form";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { statusOf } from "@clew/domain/flows/screens/check";
import { fieldsOf, type Question } from "@clew/domain/flows/screens/components";
import type { Shown } from "@clew/domain/flows/screens/present";
import { privacyOf } from "@clew/domain/flows/screens/privacy";
import type { Raw } from "../database/database.ts";
import type { Definitions } from "./definitions.ts";
import type { SubmissionsStore } from "./submissions-store.ts";

/** An answer from before, for a field of the form that is opened now. `at`: when it was told. */
export type Remembered = { field: string; question: Question; value: Value; at: number };
type Told = { id: string; value: Value; at: number; question: Question | null };

const STRICTNESS = ["open", "private", "secret"];

/**
 * What the customer has told earlier in the conversation, for the screens that want it: answers of forms of theirs that were
 * sent, and of the pre-chat, by the name of the field. The newest counts. Only what this very customer has told: where
 * somebody signed in since, what was told before is not given back. No answer becomes less private than it was.
 */
export function remembering({ submissions, definitions }: { submissions: SubmissionsStore; definitions: Definitions }) {
  return async (raw: Raw, { snapshot }: ConversationState, form: Form, shown: Shown): Promise<Remembered[]> => {
    const screens = [...form.screens].filter(([, screen]) => screen.remember);
    if (screens.length === 0) return [];
    const { id: conversationId, facts, customer } = snapshot;
    const typed = facts.filter(({ how, by }) => how === "typed" && by.id === customer.id);
    const told: Told[] = typed.map(({ key, value, at }) => ({ id: key, value, at, question: null }));
    for (const { flow, answers, participant, at } of await submissions.ofConversation(raw, conversationId)) {
      const earlier = definitions.of(flow);
      if (!earlier || participant.id !== customer.id) continue;
      for (const [node, values] of Object.entries(answers)) {
        for (const [id, value] of Object.entries(values as Record<string, Value>))
          told.push({ id, value, at, question: questionOf(earlier, `${node}.${id}`) });
      }
    }
    const newestFirst = told.filter(({ value }) => value !== null && value !== "").sort((a, b) => b.at - a.at);
    return screens.flatMap(([node, { components }]) =>
      fieldsOf(components).flatMap((question): Remembered[] => {
        const found = newestFirst.find((one) => one.id === question.id && fits(question, one, shown));
        return found ? [{ field: `${node}.${question.id}`, question, value: found.value, at: found.at }] : [];
      }),
    );
  };
}

function fits(question: Question, { value, question: before }: Told, shown: Shown): boolean {
  if (question.kind === "file") return false;
  if (before && before.kind !== question.kind) return false;
  if (before && STRICTNESS.indexOf(privacyOf(before)) > STRICTNESS.indexOf(privacyOf(question))) return false;
  if (question.kind === "repeat") return Array.isArray(value);
  if (question.kind === "choice" && question.optionsFrom === undefined && !question.other) {
    const offered = new Set(question.options?.map((option) => option.value));
    return [value].flat().every((one) => offered.has(String(one)));
  }
  return statusOf(question, value, shown) === "valid";
}
