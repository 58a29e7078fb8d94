import { type KeyOf, stringsOf } from "../../strings/strings.ts";
import en from "./en.json" with { type: "json" };

/** A sentence of the flow screens. */
export const f = stringsOf(en);
export type FlowWord = KeyOf<typeof en> & string;

/** A word of the format in the reader's language; one that a newer server has is shown as it is. */
export function wordOf(group: "type" | "way" | "diff", word: string): string {
  const key = `${group}.${word}`;
  return key in en ? f(key as FlowWord) : fieldName(word);
}

/** "onFault" as "On fault": fields of the format are named as they are, so that formulas and JSON match. */
export function fieldName(name: string): string {
  const words = name.replaceAll(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
  return (words[0] ?? "").toUpperCase() + words.slice(1);
}
