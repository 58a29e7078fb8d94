import type { Localized } from "@clew/contract/ids";

/** The tags to look for, best first: the tag, its base language. */
function wanted(language: string): string[] {
  const tag = language.toLowerCase();
  const base = tag.split("-")[0] ?? tag;
  return base === tag ? [tag] : [tag, base];
}

/** The entry of a record by language: exact tag, base language, "en", the first there is; undefined when it is empty. */
export function inLanguage<T>(record: Readonly<Record<string, T>>, language: string): T | undefined {
  const entries = Object.entries(record);
  for (const tag of [...wanted(language), "en"]) {
    const found = entries.find(([key]) => key.toLowerCase() === tag);
    if (found) return found[1];
  }
  return entries[0]?.[1];
}

/** A localized text in the best language there is; "" when there is none at all. */
export function textIn(text: Localized, language: string): string {
  return inLanguage(text, language) ?? "";
}

/** Everything said for the language or its base; where nothing is, what is said for "en". */
export function allInLanguage<T>(record: Readonly<Record<string, readonly T[]>>, language: string): T[] {
  const of = (tags: readonly string[]) =>
    Object.entries(record).flatMap(([key, items]) => (tags.includes(key.toLowerCase()) ? items : []));
  const own = of(wanted(language));
  return own.length > 0 ? own : of(["en"]);
}
