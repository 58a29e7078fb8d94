import type { FieldComponent } from "@clew/contract/flows/components";
import { fromText } from "../screens/from-text.ts";
import type { Shown } from "../screens/present.ts";

/** So many asides in a row cost nothing; from then on they are answers that do not fit. */
export const MOST_ASIDES = 5;

/** Words longer than this are not repeated in a question about them, in characters. */
const MOST_OFFERED = 200;

/** Whether somebody asks back: the last thing but signs and spaces is a question mark, of any script. */
export function asksBack(text: string): boolean {
  return /[?؟][\p{P}\p{S}\p{M}\s]*$/u.test(text.normalize("NFKC"));
}

/**
 * Whether any words at all are an answer to this question, so that nobody can tell an answer from talk by its form.
 * `isOption`: they are one of what can be chosen.
 */
export function takesAnyWords(component: FieldComponent, isOption: boolean): boolean {
  const { kind } = component;
  if (kind === "choice") return component.other === true && !isOption;
  return kind === "longText" || (kind === "text" && component.format === undefined);
}

/** What is asked about when it was said to an agent and may be meant as the answer; null: it is too long, or yes or no. */
export function offerable(text: string, shown: Shown): string | null {
  const words = text.trim();
  return words === "" || words.length > MOST_OFFERED || yesOrNo(words, shown) !== null ? null : words;
}

/** Yes or no in the words that a question for it takes; null: neither. */
export function yesOrNo(text: string, shown: Shown): boolean | null {
  const meant = fromText({ id: "sure", kind: "boolean" }, text, {}, shown);
  return typeof meant === "boolean" ? meant : null;
}
