import type { FieldStatus } from "@clew/contract/flows/form-live";
import type { Asking } from "../asking/asking.ts";
import type { Value } from "../expressions/expression.ts";
import { isMap } from "../expressions/value.ts";

/** One field as it was last filled in. `value` as it was typed, null when emptied; never there for a secret. */
export type DraftField = {
  field: string;
  value: Value;
  seq: number;
  by: "customer" | "agent" | "flow";
  byId: string | null;
  at: number;
  source: "typed" | "prefill" | "suggestion" | "carried";
  status: FieldStatus;
  op: string | null;
};

export type DraftSuggestion = { field: string; value: Value; by: { id: string | null; name: string }; at: number };

/**
 * What a form holds before it is sent. `seq` counts its changes; `sent` are the screens the customer has passed, in
 * order. What was sent once, and by which ids, is remembered for as long as the form is in memory.
 */
export type FormDraft = {
  seq: number;
  fields: ReadonlyMap<string, DraftField>;
  suggestions: ReadonlyMap<string, DraftSuggestion>;
  sent: readonly string[];
  showTyping: boolean;
  /** How far it has come where its questions are asked as messages. */
  asking?: Asking;
};

export type Answers = Record<string, Record<string, Value>>;

/** "ask.borrowers/0/name" taken apart; null for what names no field. */
export function fieldParts(
  field: string,
): { node: string; id: string; index: number | null; inner: string | null } | null {
  const found = /^([A-Za-z0-9_]+)\.([A-Za-z0-9_]+)(?:\/(\d{1,2})\/([A-Za-z0-9_]+))?$/.exec(field);
  if (!found) return null;
  const [, node = "", id = "", index, inner] = found;
  return { node, id, index: index === undefined ? null : Number(index), inner: inner ?? null };
}

/** Answers by screen, put together from single fields in the order given: what comes later counts. */
export function answersOf(fields: Iterable<{ field: string; value: Value }>): Answers {
  const answers: Answers = Object.create(null);
  for (const { field, value } of fields) {
    const parts = fieldParts(field);
    if (!parts) continue;
    const { node, id, index, inner } = parts;
    answers[node] ??= Object.create(null) as Record<string, Value>;
    const page = answers[node];
    if (index === null || inner === null) page[id] = value;
    else {
      const list = Array.isArray(page[id]) ? [...(page[id] as Value[])] : [];
      while (list.length <= index) list.push({});
      const item = list[index] as Value;
      list[index] = { ...(isMap(item) ? item : {}), [inner]: value };
      page[id] = list;
    }
  }
  return answers;
}

/** The answers of a draft, by screen. */
export function draftAnswers({ fields }: Pick<FormDraft, "fields">): Answers {
  return answersOf([...fields.values()].sort((a, b) => a.seq - b.seq));
}
