import { mergeFacts } from "@clew/contract/apply-event";
import type { Fact, SessionFact } from "@clew/contract/facts";
import type { Answer, AnswerValue, FormField, PreChatForm } from "@clew/contract/forms";
import { fromPage } from "../forms/answers.ts";
import { type AnswerReason, checkValue, isBlank } from "../forms/check-value.ts";
import { textIn } from "../languages/fall-back.ts";

type Place = { sessionId: string; sessionNumber: number; now: number };

/**
 * The facts that checked answers make, in the order of the form; nothing for an answer that the same session holds already. The
 * same value told in a later session is a new fact: it was confirmed, so it is neither old nor carried any more.
 */
export function recordAnswers(
  by: Place & {
    facts: readonly Fact[];
    answers: readonly Answer[];
    form: Pick<PreChatForm, "fields">;
    customer: { id: string; name: string | null };
  },
): Fact[] {
  const { sessionId, sessionNumber, now: at } = by;
  const { id, name } = by.customer;
  return by.form.fields.flatMap((field): Fact[] => {
    const { key } = field;
    const answer = by.answers.find((given) => given.key === key);
    if (!answer) return [];
    const value = isBlank(answer.value) ? null : answer.value;
    const current = currentFact(by.facts, key);
    if (current?.sessionId === sessionId && current.value === value) return [];
    const told = { key, value, ...labelOf(field, value), sessionId, sessionNumber, at };
    if (fromPage(field, answer)) return [{ ...told, how: "hidden", by: { who: "page" } }];
    return [{ ...told, how: "typed", by: { who: "customer", id, ...(name === null ? {} : { name }) } }];
  });
}

export type Correction = { ok: true; fact: Fact | null } | { ok: false; reason: AnswerReason };

/**
 * An agent's correction of a fact, also of hidden and fixed ones and of ones whose question left the form; `fact` is null
 * when it changes nothing. `confirms`: the same value said again confirms for this session what an earlier one told. Agents
 * may clear any fact, required ones too: they know better than the form.
 */
export function correct(
  by: Place & {
    facts: readonly Fact[];
    form: Pick<PreChatForm, "fields">;
    key: string;
    value: AnswerValue;
    language: string;
    agent: { id: string; name: string };
    confirms?: boolean;
  },
): Correction {
  const field = by.form.fields.find((known) => known.key === by.key);
  const current = currentFact(by.facts, by.key);
  if (!field && !current) return { ok: false, reason: "unknown-field" };
  const parent = field?.dependsOn === undefined ? undefined : currentFact(by.facts, field.dependsOn)?.value;
  const checked = field
    ? checkValue({ ...field, required: false }, by.value, { language: by.language, parent })
    : ({ ok: true, value: isBlank(by.value) ? null : by.value } as const);
  if (!checked.ok) return checked;
  const same = current?.value === checked.value;
  if (same && !(by.confirms && current.sessionId !== by.sessionId)) return { ok: true, fact: null };
  const { sessionId, sessionNumber, now: at, agent } = by;
  const who = { who: "agent" as const, id: agent.id, name: agent.name };
  return {
    ok: true,
    fact: {
      key: by.key,
      value: checked.value,
      ...labelOf(field, checked.value),
      sessionId,
      sessionNumber,
      at,
      how: same ? "confirmed" : "corrected",
      by: who,
    },
  };
}

/** The facts as a session has them: the newest of each key, `carried` when it was told in an earlier session. */
export function factsOfSession(facts: readonly Fact[], sessionId: string): SessionFact[] {
  return mergeFacts([], facts).map((fact) => ({ ...fact, carried: fact.sessionId !== sessionId }));
}

/** Current values by key, for checks that look at other fields. */
export function valuesOf(facts: readonly Fact[]): Record<string, AnswerValue> {
  return Object.fromEntries(facts.map((fact) => [fact.key, fact.value]));
}

/** What the chosen value is called; nothing for fields without choices. */
function labelOf(field: FormField | undefined, value: AnswerValue): { label?: string } {
  const choice = field?.choices?.find((one) => one.value === value);
  const label = choice && textIn(choice.label, "en");
  return label ? { label } : {};
}

/** Facts are kept in the order in which they were told, so the last of a key is the one that holds. */
function currentFact(facts: readonly Fact[], key: string): Fact | undefined {
  return facts.findLast((fact) => fact.key === key);
}
