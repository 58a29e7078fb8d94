import { inLanguage } from "../../languages/fall-back.ts";
import type { FieldProblem } from "./field-problem.ts";
import { problems as ar } from "./words/ar.ts";
import { problems as de } from "./words/de.ts";
import { problems as en } from "./words/en.ts";
import { problems as es } from "./words/es.ts";
import { problems as fr } from "./words/fr.ts";
import { problems as ja } from "./words/ja.ts";
import { inWords } from "./words-of-problem.ts";

/** What is wrong, in the reader's language; the author's own words first. */
export function problemText(problem: FieldProblem, locale: string): string {
  return inWords(problem, inLanguage({ en, de, fr, es, ja, ar }, locale) ?? en);
}
