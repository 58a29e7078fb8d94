import type { FieldComponent } from "@clew/contract/flows/components";
import type { Values } from "../engine/run.ts";
import type { Value } from "../expressions/expression.ts";
import { formPath } from "../screens/form-path.ts";
import { checkPage } from "../screens/page.ts";
import type { Shown } from "../screens/present.ts";
import { privacyOf } from "../screens/privacy.ts";
import { answersOf, type FormDraft } from "./draft.ts";
import type { Form } from "./form.ts";

/** An answer that another system is to judge, in normal form. */
export type FieldCheck = { field: string; node: string; question: FieldComponent; connector: string; value: Value };

type Given = {
  form: Form;
  inputs: Values;
  draft: FormDraft;
  /** What is sent now, by field, on top of the drafts. */
  values?: Readonly<Record<string, unknown>>;
  shown: Shown;
};

const asksOthers = new WeakMap<Form, boolean>();

/** The answers that are to be checked elsewhere: those that are asked, given, and nothing is wrong with here. */
export function checksOf({ form, inputs, draft, values = {}, shown }: Given): FieldCheck[] {
  if (!hasChecks(form)) return [];
  const answers = answersOf([
    ...[...draft.fields.values()].sort((a, b) => a.seq - b.seq),
    ...Object.entries(values).map(([field, value]) => ({ field, value: (value ?? null) as Value })),
  ]);
  const passed = [...new Set([...draft.sent, ...Object.keys(answers)])];
  const path = formPath(
    form.drafted,
    inputs,
    Object.fromEntries(passed.map((node): [string, Values] => [node, answers[node] ?? {}])),
    shown,
  );
  return [...path.steps, ...(path.current ? [path.current] : [])].flatMap(({ node, screen, scope }) => {
    const held = answers[node] ?? {};
    const { fields } = checkPage(screen.components, held, { scope, shown, held });
    return [...fields].flatMap(([id, { question, value, problem, readOnly }]): FieldCheck[] => {
      if (question.kind === "repeat" || question.check === undefined || privacyOf(question) === "secret") return [];
      if (value === null || problem || readOnly) return [];
      return [{ field: `${node}.${id}`, node, question, connector: question.check, value }];
    });
  });
}

function hasChecks(form: Form): boolean {
  const known = asksOthers.get(form);
  if (known !== undefined) return known;
  const has = JSON.stringify([...form.screens.values()].map(({ components }) => components)).includes('"check":');
  asksOthers.set(form, has);
  return has;
}
