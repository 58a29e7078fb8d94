import { inLanguage } from "../../languages/fall-back.ts";
import { words as ar } from "./words/ar.ts";
import { words as de } from "./words/de.ts";
import { words as en } from "./words/en.ts";
import { words as es } from "./words/es.ts";
import { words as fr } from "./words/fr.ts";
import { words as ja } from "./words/ja.ts";

export type Words = typeof en;

/** What is said around questions, in the language of who is asked. */
export function wordsOf(locale: string): Words {
  return inLanguage({ en, de, fr, es, ja, ar }, locale) ?? en;
}

/** Whether somebody has written one of these words and nothing else. */
export function isOneOf(text: string, among: readonly string[]): boolean {
  const said = plain(text);
  return among.some((word) => plain(word) === said);
}

function plain(text: string): string {
  return text
    .normalize("NFKC")
    .trim()
    .replace(/^[“”«»„"'「」]+|[“”«»"'「」.!]+$/gu, "")
    .trim()
    .toLowerCase();
}
