import type { FormPage } from "@clew/contract/flows/form-live";
import type { Values } from "../engine/run.ts";
import type { Value } from "../expressions/expression.ts";
import { type FormPath, type FormStep, formPath } from "../screens/form-path.ts";
import { type Shown, titleOfScreen } from "../screens/present.ts";
import { draftAnswers, type FormDraft } from "./draft.ts";
import type { Form } from "./form.ts";

/** Where a draft stands: the way through its screens, and the screen to be shown now. */
export type Place = { path: FormPath; step: FormStep | null; last: boolean };

export function placeOf(form: Form, inputs: Values, draft: FormDraft, shown: Shown): Place {
  const answers = draftAnswers(draft);
  const path = way(form, inputs, answers, draft.sent, shown);
  const drafted = path.current ?? path.steps.at(-1) ?? null;
  const step = drafted && { ...drafted, screen: form.screens.get(drafted.node) ?? drafted.screen };
  return { path, step, last: step !== null && endsAfter(form, inputs, answers, draft.sent, { step, path, shown }) };
}

/** Screens that were passed count with what they hold, though that be nothing. */
function way(form: Form, inputs: Values, answers: Record<string, Values>, sent: readonly string[], shown: Shown) {
  const passed = Object.fromEntries(sent.map((node): [string, Values] => [node, answers[node] ?? {}]));
  return formPath(form.drafted, inputs, passed, shown);
}

function endsAfter(
  form: Form,
  inputs: Values,
  answers: Record<string, Values>,
  sent: readonly string[],
  { step, path, shown }: { step: FormStep; path: FormPath; shown: Shown },
): boolean {
  if (path.current === null) return true;
  const next = way(form, inputs, answers, [...sent, step.node], shown);
  if (next.current === null) return next.outcome !== "faulted";
  // While answers are missing, only a way that does not branch can be told.
  return next.current.node === step.node && leadsToEnd(form, step.node);
}

function leadsToEnd({ flows: { flow } }: Form, from: string): boolean {
  const seen = new Set<string>();
  let name: string | undefined = from;
  while (name !== undefined && !seen.has(name)) {
    seen.add(name);
    const node: { type: string; next?: unknown } | undefined = flow.nodes[name];
    if (!node || node.type === "end") return node !== undefined;
    if (name !== from && node.type !== "assign") return false;
    if (node.next === undefined || node.next === null) return true;
    name = typeof node.next === "string" ? node.next : undefined;
  }
  return false;
}

/** The page as its reader gets it. `scope` is what of its surroundings they may read. */
export function pageOf({ step, path, last }: Place, scope: Record<string, Value>, shown: Shown): FormPage | null {
  if (!step) return null;
  const { node, screen } = step;
  return {
    node,
    title: titleOfScreen(screen, scope, shown),
    components: screen.components,
    scope,
    back: path.steps.some((one) => one.node !== node),
    last,
    review: screen.review === true,
  };
}
