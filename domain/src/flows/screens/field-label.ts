import type { Value } from "../expressions/value.ts";
import type { Question } from "./components.ts";
import type { PageField } from "./page.ts";
import { type Shown, screenText } from "./present.ts";

type Values = Readonly<Record<string, Value>>;

/** What a field is called: its label; in a repeat with the number of its item before it. */
export function labelOfField(id: string, { question, seen }: PageField, shown: Shown): string {
  const label = nameOfQuestion(question, seen, shown) || question.id;
  const index = /\/(\d+)\//.exec(id)?.[1];
  return index === undefined ? label : `${Number(index) + 1} · ${label}`;
}

/** A question's label; of a consent without one the words that are agreed to, as far as a name goes. "": it has neither. */
export function nameOfQuestion(question: Question, seen: Values, shown: Shown): string {
  const words = screenText(question.kind === "consent" ? question.text : "", seen, shown);
  return (
    screenText(question.label, seen, shown) ||
    words
      .trim()
      .replace(/\n.*/s, "")
      .replace(/^(.{99}).{2,}/u, "$1…")
  );
}
