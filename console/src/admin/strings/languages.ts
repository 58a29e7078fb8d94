const names = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

/** "German" for "de"; the tag itself when nobody knows it. */
export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The text of a language as a reader of it would get it: exact tag, base language, English, the first there is. */
export function localized(text: Readonly<Record<string, string>> | undefined, language: string): string {
  if (text === undefined) return "";
  return text[language] ?? text[language.split("-")[0] ?? ""] ?? text.en ?? Object.values(text)[0] ?? "";
}

export function isRightToLeft(tag: string): boolean {
  return ["ar", "he", "fa", "ur"].includes(tag.split("-")[0] ?? "");
}
