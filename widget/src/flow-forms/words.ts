import * as english from "./words/en.ts";
import type { Words } from "./words/form-words.ts";

export type FormWord = keyof Words;
export type FormWords = { words: Words; problems: typeof english.problems };

/** Each language is a file of its own. */
const LANGUAGES: Record<string, () => Promise<FormWords>> = {
  de: () => import("./words/de.ts"),
  fr: () => import("./words/fr.ts"),
  es: () => import("./words/es.ts"),
  ja: () => import("./words/ja.ts"),
  ar: () => import("./words/ar.ts"),
};
/** The words of the part that comes later join it with that. */
export const ENGLISH = english as FormWords;

/** The words of a language; English for one that is not spoken or cannot be fetched. */
export function loadWords(language: string): Promise<FormWords> {
  const base = language.toLowerCase().split("-")[0] ?? "";
  const load = Object.hasOwn(LANGUAGES, base) ? LANGUAGES[base] : undefined;
  return load ? load().catch(() => ENGLISH) : Promise.resolve(ENGLISH);
}
