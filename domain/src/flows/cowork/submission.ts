import type { Component } from "@clew/contract/flows/components";
import type { ReceiptAnswer } from "@clew/contract/flows/entries";
import type { Values } from "../engine/run.ts";
import type { Value } from "../expressions/expression.ts";
import { isMap } from "../expressions/value.ts";
import { fieldsOf, type Question } from "../screens/components.ts";
import { type FormPath, formPath } from "../screens/form-path.ts";
import { checkPage } from "../screens/page.ts";
import { paymentReference } from "../screens/payment-kind.ts";
import { type Shown, screenText } from "../screens/present.ts";
import { privacyOf } from "../screens/privacy.ts";
import { receiptAnswers } from "../screens/receipt.ts";
import { type Answers, answersOf, draftAnswers, type FormDraft, fieldParts } from "./draft.ts";
import type { Form } from "./form.ts";

/** A consent that was given, with the words it was given to; `keep`: what of the sending is kept beside it. */
export type Consent = {
  field: string;
  textId: string;
  textVersion: number;
  text: string;
  keep: readonly ("ip" | "userAgent")[];
};
export type Secret = { id: string; field: string; value: string };

/**
 * What a form that fits holds. In `answers` and `outputs` a secret is the map `{secretRef}`, and so is the token of a
 * payment; what was typed is in `secrets` alone. Fields that were not asked are not there.
 */
export type Sent = {
  answers: Answers;
  outputs: Values;
  labels: Record<string, string>;
  receipt: ReceiptAnswer[];
  consents: Consent[];
  secrets: Secret[];
  /** The screens it went through. */
  screens: string[];
};

type Given = {
  formId: string;
  form: Form;
  inputs: Values;
  draft: FormDraft;
  values: Readonly<Record<string, unknown>>;
  shown: Shown;
  newId(): string;
};

/** The drafts with what is sent now on top, checked as a whole; or what is wrong, by field. Nothing wrong: it is not at its end. */
export function checkSubmission(given: Given): Sent | { problems: Record<string, string> } {
  const { form, inputs, draft, values, shown } = given;
  const typed = draftAnswers(draft);
  const answers = answersOf([
    ...[...draft.fields.values()].sort((a, b) => a.seq - b.seq),
    ...Object.entries(values).map(([field, value]) => ({ field, value: (value ?? null) as Value })),
  ]);
  const now = formPath(form.drafted, inputs, passed(typed, draft.sent), shown).current?.node;
  const asked = new Set([...draft.sent, ...(now ? [now] : []), ...Object.keys(answers)]);
  const path = formPath(form.flows, inputs, passed(answers, [...asked]), shown);
  if (path.current) {
    const { node } = path.current;
    return {
      problems: Object.fromEntries(Object.entries(path.problems).map(([id, problem]) => [`${node}.${id}`, problem])),
    };
  }
  if (path.outcome === "faulted") return { problems: {} };
  return sentBy(given, path, answers);
}

function passed(answers: Answers, nodes: readonly string[]): Answers {
  return Object.fromEntries(nodes.map((node) => [node, answers[node] ?? {}]));
}

function sentBy({ formId, form, inputs, shown, newId }: Given, path: FormPath, answers: Answers): Sent {
  const secrets: Secret[] = [];
  const consents: Consent[] = [];
  const kept: Answers = {};
  for (const { node, screen, scope } of path.steps) {
    const held = answers[node] ?? {};
    const page = checkPage(screen.components, held, { scope, shown, held });
    consents.push(...consentsIn(screen.components, held, { at: `${node}.`, scope, shown }));
    kept[node] = withReferences(screen.components, page.values, { formId, at: `${node}.`, secrets, newId });
  }
  // Once more, for what the flow makes of the answers: with references where the secrets were, which no rule may judge.
  const again = formPath(form.drafted, inputs, kept, shown);
  const outputs = referred(again.current ? {} : again.outputs, secrets) as Values;
  const told = receiptAnswers({ ...form.flows, inputs }, answers, shown);
  return {
    answers: referred(kept, secrets) as Answers,
    outputs,
    labels: again.labels,
    receipt: told,
    consents,
    secrets,
    screens: path.steps.map(({ node }) => node),
  };
}

type Around = { at: string; scope: Values; shown: Shown };

/** Consents that are given on a page and in each item of its repeats, with their words as they were read there. */
function consentsIn(components: readonly Component[], held: Values, { at, scope, shown }: Around): Consent[] {
  const { fields, values, seen } = checkPage(components, held, { scope, shown, held });
  return fieldsOf(components).flatMap((question): Consent[] => {
    const value = fields.has(question.id) ? values[question.id] : null;
    const field = at + question.id;
    if (question.kind === "repeat" && Array.isArray(value)) {
      const within = (index: number) => ({ at: `${field}/${index}/`, scope: seen, shown });
      return value.flatMap((item, index) => consentsIn(question.components, item as Values, within(index)));
    }
    if (question.kind !== "consent" || value !== true) return [];
    const { textId, textVersion, text, label, keep = [] } = question;
    const read = screenText(text, seen, shown) || screenText(label, seen, shown);
    return [{ field, textId, textVersion, text: read, keep }];
  });
}

type Keeping = { formId: string; at: string; secrets: Secret[]; newId(): string };

/** The values with an id in the place of each secret. */
function withReferences(components: Parameters<typeof fieldsOf>[0], values: Values, keeping: Keeping): Values {
  const { formId, at, secrets, newId } = keeping;
  const kept: Values = { ...values };
  for (const question of fieldsOf(components)) {
    const value = values[question.id];
    if (value === undefined || value === null) continue;
    if (question.kind === "repeat" && Array.isArray(value)) {
      kept[question.id] = value.map((item, index) =>
        isMap(item as Value)
          ? withReferences(question.components, item as Values, { ...keeping, at: `${at}${question.id}/${index}/` })
          : (item as Value),
      );
    } else if (question.kind === "payment" && isMap(value)) {
      const id = newId();
      const field = at + question.id;
      secrets.push({ id, field, value: String(value.token) });
      kept[question.id] = { ...value, token: id, reference: paymentReference(formId, field) };
    } else if (isSecret(question)) {
      const id = newId();
      secrets.push({ id, field: at + question.id, value: typeof value === "string" ? value : JSON.stringify(value) });
      kept[question.id] = id;
    }
  }
  return kept;
}

function isSecret(question: Question): boolean {
  return privacyOf(question) === "secret";
}

/** Ids of secrets as the references that flows know. */
function referred(value: Value, secrets: readonly Secret[]): Value {
  if (secrets.length === 0) return value;
  if (typeof value === "string") return secrets.some(({ id }) => id === value) ? { secretRef: value } : value;
  if (Array.isArray(value)) return value.map((one) => referred(one, secrets));
  if (isMap(value))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, referred(one, secrets)]));
  return value;
}

/** Whether the form asks for a consent somewhere: then nobody else sends it. */
export function asksConsent({ screens }: Form): boolean {
  return [...screens.values()].some(({ components }) => asksOwnWord(components));
}

function asksOwnWord(components: readonly Component[]): boolean {
  return fieldsOf(components).some((question) =>
    question.kind === "repeat"
      ? asksOwnWord(question.components)
      : question.kind === "consent" || question.kind === "signature",
  );
}

/** Whether a field belongs to one of these screens. */
export function isOn(field: string, screens: readonly string[]): boolean {
  return screens.includes(fieldParts(field)?.node ?? "");
}
