import * as english from "./words/en.ts";

export type FormWords = typeof english;
export type FormWord = keyof FormWords["words"];

/** Each language is a file of its own. */
const LANGUAGES: Record<string, () => Promise<FormWords>> = {
  de: () => import("./words/de.ts"),
  fr: () => import("./words/fr.ts"),
  es: () => import("./words/es.ts"),
  ja: () => import("./words/ja.ts"),
  ar: () => import("./words/ar.ts"),
};
export const ENGLISH: FormWords = english;

/** The words of a language; English for one that is not spoken or cannot be fetched. */
export function loadWords(language: string): Promise<FormWords> {
  const base = language.toLowerCase().split("-")[0] ?? "";
  const load = Object.hasOwn(LANGUAGES, base) ? LANGUAGES[base] : undefined;
  return load ? load().catch(() => ENGLISH) : Promise.resolve(ENGLISH);
}
