import type { Fact } from "@clew/contract/facts";
import type { FormField, PreChatForm } from "@clew/contract/forms";
import { mustBeAnswered } from "./check-value.ts";

const DAY = 86_400_000;

/** The questions to put before a session starts, in the order of the form. `sessionNumber` is that of the coming session. */
export function questionsToAsk(
  form: Pick<PreChatForm, "ask" | "fields">,
  facts: readonly Fact[],
  at: { now: number; sessionNumber: number },
): FormField[] {
  const visible = form.fields.filter((field) => !field.hidden);
  switch (form.ask.when) {
    case "conversation":
      return at.sessionNumber === 1 ? visible : [];
    case "session":
      return visible;
    case "missing": {
      const maxAge = form.ask.olderThanDays === undefined ? Number.POSITIVE_INFINITY : form.ask.olderThanDays * DAY;
      return withDependants(visible, (field) => isMissing(field, facts, at.now - maxAge));
    }
  }
}

/** A fact left blank counts as answered, unless the question must be answered by now. */
function isMissing(field: FormField, facts: readonly Fact[], oldest: number): boolean {
  const fact = factOf(facts, field.key);
  if (fact === undefined || fact.at < oldest) return true;
  return fact.value === null && mustBeAnswered(field, factOf(facts, field.dependsOn)?.value);
}

function factOf(facts: readonly Fact[], key: string | undefined): Fact | undefined {
  return facts.findLast((known) => known.key === key);
}

/** The missing fields, and those whose choices hang on one of them: the answer may take their choice away. */
function withDependants(fields: readonly FormField[], isMissing: (field: FormField) => boolean): FormField[] {
  const asked = new Set(fields.filter(isMissing).map((field) => field.key));
  // Parents stand before their children, so one turn finds grandchildren too.
  for (const field of fields) if (field.dependsOn !== undefined && asked.has(field.dependsOn)) asked.add(field.key);
  return fields.filter((field) => asked.has(field.key));
}
