import type { FieldProblem } from "./field-problem.ts";
import type { problems } from "./words/en.ts";

/** What is wrong, with the words of one language at hand; the author's own words first. */
export function inWords({ code, limit = "", text }: FieldProblem, words: typeof problems): string {
  return text ?? words[code].replace("#", () => limit);
}
