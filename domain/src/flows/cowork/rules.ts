import type { FieldComponent } from "@clew/contract/flows/components";
import type { FieldStatus, FormAct, FormSay } from "@clew/contract/flows/form-live";
import type { Value } from "../expressions/expression.ts";
import { statusOf } from "../screens/check.ts";
import type { Question } from "../screens/components.ts";
import { normalised } from "../screens/normalise.ts";
import type { Shown } from "../screens/present.ts";
import { isCustomersOwn, privacyOf } from "../screens/privacy.ts";
import type { DraftField, FormDraft } from "./draft.ts";

/** Who works on a form. The agent is the one who serves; all other staff look on. */
export type FormRole = "customer" | "agent" | "supervisor";
type Code = Extract<FormSay, { say: "reject" }>["code"];
type SetAct = Extract<FormAct, { act: "set" }>;
type SuggestAct = Extract<FormAct, { act: "suggest" }>;
type AnswerAct = Extract<FormAct, { act: "answer-suggestion" }>;

/** Who acts, on which question, under which circumstances. `leased`: the customer is in the field. */
export type Acting = {
  role: FormRole;
  id: string;
  name: string;
  now: number;
  question: Question | null;
  leased: boolean;
  maySuggest: boolean;
  shown: Shown;
};

/** `told`: a change of the agent's that the customer's has overruled. */
export type Outcome =
  | { draft: FormDraft; changed: string[]; suggested?: string; gone?: string; told?: "conflict" }
  | { known: number }
  | { reject: Code; current?: string };

/** The longest value and the largest form, in bytes of JSON. */
export const MOST_VALUE_BYTES = 8_192;
export const MOST_FORM_BYTES = 65_536;
/** The customer's field is theirs for so long after they left it, and without a sign of them, in milliseconds. */
export const LEASE_AFTER_MS = 5_000;
export const LEASE_IDLE_MS = 30_000;
/** What one connection may do in a second. */
export const MOST_ACTS_A_SECOND = 20;

/** A field filled in. The customer's word stands; the agent's becomes a suggestion where the field is not theirs. */
export function setField(draft: FormDraft, act: SetAct, acting: Acting): Outcome {
  const { role, question } = acting;
  const before = draft.fields.get(act.field);
  if (role === "supervisor") return { reject: "not-yours" };
  if (!question) return { reject: "unknown-field" };
  if (before?.op === act.op) return { known: before.seq };
  const given = (act.value ?? null) as Value;
  const secret = privacyOf(question) === "secret";
  const paid = question.kind === "payment" ? paymentIn(question, given, acting.shown) : null;
  if (secret && given !== null && paid === null) return { reject: "invalid" };
  if (role === "agent") {
    if (isCustomersOwn(question)) return { reject: "not-yours" };
    if (!isBothSides(question) || acting.leased)
      return suggest(draft, { ...act, act: "suggest", value: given }, acting);
    if (before && before.by !== "agent" && before.seq > act.base) return { reject: "conflict", current: act.field };
  }
  const value = secret ? paid : withoutSecrets(question, given);
  const tooLarge = sizeProblem(draft, act.field, value);
  if (tooLarge) return tooLarge;
  const overruled = role === "customer" && before?.by === "agent" && before.seq > act.base;
  const next = filled(draft, {
    field: act.field,
    value,
    by: role === "agent" ? "agent" : "customer",
    byId: acting.id,
    at: acting.now,
    source: "typed",
    status: secret && !paid ? statusTold(question, act.status) : status(question, value, acting.shown),
    op: act.op,
  });
  return { draft: next, changed: [act.field], ...(overruled ? { told: "conflict" as const } : {}) };
}

/** Answers that the agent who serves may write as well as the customer. */
export function isBothSides(question: Question): boolean {
  if (question.kind === "repeat" || isCustomersOwn(question)) return false;
  return question.edit === "both" && privacyOf(question) === "open";
}

/** What was paid, as it is kept; null: it is no payment. */
function paymentIn(question: FieldComponent, given: Value, shown: Shown): Value {
  const normal = normalised(question, given, shown);
  return "value" in normal ? normal.value : null;
}

/** Of a secret its browser says how it stands; paid is only what was handed over. */
function statusTold({ kind }: Question, told: FieldStatus = "empty"): FieldStatus {
  return kind === "payment" && told !== "invalid" ? "empty" : told;
}

/** A value that the customer may take over. Of their own answers nobody suggests any. */
export function suggest(draft: FormDraft, { field, value }: SuggestAct, acting: Acting): Outcome {
  const { question, role, maySuggest } = acting;
  if (!question) return { reject: "unknown-field" };
  if (role !== "agent" || !maySuggest || isCustomersOwn(question)) return { reject: "not-yours" };
  const tooLarge = sizeProblem(draft, field, value as Value);
  if (tooLarge) return tooLarge;
  const suggestions = new Map(draft.suggestions);
  suggestions.set(field, {
    field,
    value: value as Value,
    by: { id: acting.id, name: acting.name },
    at: acting.now,
  });
  return { draft: { ...draft, seq: draft.seq + 1, suggestions }, changed: [], suggested: field };
}

/** Taken over or set aside by the customer, or withdrawn by who serves. What is set aside leaves no trace. */
export function answerSuggestion(draft: FormDraft, { op, field, accept }: AnswerAct, acting: Acting): Outcome {
  if (acting.role === "supervisor" || (acting.role === "agent" && accept)) return { reject: "not-yours" };
  const suggestion = draft.suggestions.get(field);
  if (!suggestion) return { known: draft.seq };
  const suggestions = new Map(draft.suggestions);
  suggestions.delete(field);
  const without = { ...draft, suggestions };
  if (!accept || !acting.question) return { draft: { ...without, seq: draft.seq + 1 }, changed: [], gone: field };
  const next = filled(without, {
    field,
    value: suggestion.value,
    by: "agent",
    byId: suggestion.by.id,
    at: acting.now,
    source: "suggestion",
    status: status(acting.question, suggestion.value, acting.shown),
    op,
  });
  return { draft: next, changed: [field], gone: field };
}

/** Without what those have suggested who serve no longer; the same draft where there is nothing of theirs. */
export function withdrawn(draft: FormDraft, isGone: (id: string) => boolean): FormDraft {
  const stays = [...draft.suggestions].filter(([, { by }]) => by.id === null || !isGone(by.id));
  if (stays.length === draft.suggestions.size) return draft;
  return { ...draft, seq: draft.seq + 1, suggestions: new Map(stays) };
}

/** Values that a flow hands in when it opens the form. */
export function prefilled(
  draft: FormDraft,
  given: { field: string; value: Value; question: Question; source: "prefill" | "carried" },
  { now, shown }: { now: number; shown: Shown },
): FormDraft {
  const { field, value, question, source } = given;
  if (isCustomersOwn(question) || privacyOf(question) === "secret") return draft;
  return filled(draft, {
    ...{ field, value, source, at: now, by: "flow", byId: null, op: null },
    status: status(question, value, shown),
  });
}

/** The customer is in the field, has just left it, or has just written into it. */
export function isLeased(
  field: string,
  {
    focus,
    left,
    fields,
  }: { focus: readonly { field: string; at: number }[]; left: ReadonlyMap<string, number> } & Pick<FormDraft, "fields">,
  now: number,
): boolean {
  if (focus.some((one) => one.field === field && now - one.at < LEASE_IDLE_MS)) return true;
  if (now - (left.get(field) ?? Number.NEGATIVE_INFINITY) < LEASE_AFTER_MS) return true;
  const last = fields.get(field);
  return last?.by === "customer" && last.source === "typed" && now - last.at < LEASE_AFTER_MS;
}

function filled(draft: FormDraft, field: Omit<DraftField, "seq">): FormDraft {
  const seq = draft.seq + 1;
  const fields = new Map(draft.fields);
  fields.set(field.field, { ...field, seq });
  return { ...draft, seq, fields };
}

function status(question: Question, value: Value, shown: Shown): FieldStatus {
  if (question.kind === "repeat") return Array.isArray(value) && value.length > 0 ? "filled" : "empty";
  return statusOf(question, value, shown);
}

/** A list handed over whole must not carry what its single fields would not. */
export function withoutSecrets(question: Question, value: Value): Value {
  if (question.kind !== "repeat" || !Array.isArray(value)) return value;
  const secret = new Set(
    question.components.flatMap((inner) =>
      "id" in inner && inner.id && privacyOf(inner as Question) === "secret" ? [inner.id] : [],
    ),
  );
  if (secret.size === 0) return value;
  return value.map((item) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).filter(([name]) => !secret.has(name)))
      : item,
  );
}

function sizeProblem(draft: FormDraft, field: string, value: Value): { reject: Code } | null {
  const size = bytes(value);
  if (size > MOST_VALUE_BYTES) return { reject: "too-large" };
  let all = size;
  for (const one of draft.fields.values()) if (one.field !== field) all += bytes(one.value);
  return all > MOST_FORM_BYTES ? { reject: "too-large" } : null;
}

/** As UTF-8, without what only browsers and Node bring along. */
function bytes(value: Value): number {
  let length = 0;
  for (const character of JSON.stringify(value)) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
