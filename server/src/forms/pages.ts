import type { FormDraft } from "@clew/domain/flows/cowork/draft";
import { draftAnswers } from "@clew/domain/flows/cowork/draft";
import type { Form } from "@clew/domain/flows/cowork/form";
import { placeOf } from "@clew/domain/flows/cowork/place";
import type { Values } from "@clew/domain/flows/engine/run";
import { checkScreen } from "@clew/domain/flows/screens/check";
import type { Shown } from "@clew/domain/flows/screens/present";
import type { StoredForm } from "./store.ts";

/** The draft after a turn of the page; what is wrong keeps it where it is, by field. */
export function turnPage(
  form: Form,
  { head, draft }: StoredForm,
  to: "next" | "back",
  shown: Shown,
): { draft: FormDraft } | { problems: Record<string, string> } {
  const { path, step } = placeOf(form, head.inputs, draft, shown);
  // As drafts are asked: without secrets, which only the browser has.
  const asked = path.current ?? path.steps.at(-1);
  const turned = (sent: readonly string[]) => ({ draft: { ...draft, seq: draft.seq + 1, sent } });
  if (!step || !asked) return { draft };
  if (to === "back") {
    const before = path.steps.map(({ node }) => node).filter((node) => node !== step.node);
    return turned(before.slice(0, -1));
  }
  const answers: Values = draftAnswers(draft)[step.node] ?? {};
  const checked = checkScreen(asked.screen, answers, step.scope, shown, answers);
  if (!checked.ok) return { problems: named(step.node, checked.problems) };
  const sent = path.steps.map(({ node }) => node);
  return turned(sent.includes(step.node) ? sent : [...sent, step.node]);
}

/** Problems of one screen as problems of the form. */
export function named(node: string, problems: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(problems).map(([id, problem]) => [`${node}.${id}`, problem]));
}
