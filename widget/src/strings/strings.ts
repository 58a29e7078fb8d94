import { en } from "./en.ts";
import type { Plural, StringKey, Strings } from "./sentences.ts";

export type { StringKey, Strings } from "./sentences.ts";

/** Languages the widget speaks besides English; each is a file of its own, loaded when it is asked for. */
const LANGUAGES: Record<string, () => Promise<Strings>> = {
  de: () => import("./de.ts").then((file) => file.de),
  fr: () => import("./fr.ts").then((file) => file.fr),
  es: () => import("./es.ts").then((file) => file.es),
  ja: () => import("./ja.ts").then((file) => file.ja),
  ar: () => import("./ar.ts").then((file) => file.ar),
};
const RIGHT_TO_LEFT = /^(ar|he|fa|ur|ps|sd|ug|yi|dv|ckb)\b/i;

export type Speech = {
  /** The tag to format dates and numbers with, such as "pt-BR". */
  language: string;
  direction: "ltr" | "rtl";
  strings: Strings;
};
/** The sentences of parts that come later join it with them. */
export const ENGLISH: Speech = { language: "en", direction: "ltr", strings: en as Strings };

/** Loads the sentences of a language; one that the widget does not speak is answered in English. */
export async function loadSpeech(language: string): Promise<Speech> {
  const base = language.toLowerCase().split("-")[0] ?? "en";
  const load = Object.hasOwn(LANGUAGES, base) ? LANGUAGES[base] : undefined;
  const english = ENGLISH.strings;
  const strings = load ? await load().catch(() => english) : english;
  const spoken = strings === english && base !== "en" ? "en" : language;
  return { language: spoken, direction: RIGHT_TO_LEFT.test(spoken) ? "rtl" : "ltr", strings };
}

/** The language to speak: what was asked for, else the page's, else the browser's; of those the channel offers. */
export function chooseLanguage(wanted: readonly (string | null | undefined)[], offered: readonly string[]): string {
  const base = (tag: string) => tag.toLowerCase().split("-")[0];
  for (const tag of wanted) {
    if (!tag) continue;
    const found =
      offered.find((each) => each.toLowerCase() === tag.toLowerCase()) ??
      offered.find((each) => base(each) === base(tag));
    if (found || offered.length === 0) return found ?? tag;
  }
  return offered[0] ?? "en";
}

/** A sentence with its gaps filled; `count` chooses the plural form. */
export function sentence(speech: Speech, key: StringKey, values: Record<string, string | number> = {}): string {
  const entry: string | Plural = speech.strings[key];
  const { count } = values;
  const form =
    typeof entry === "string"
      ? entry
      : (entry[new Intl.PluralRules(speech.language).select(Number(count))] ?? entry.other);
  return form.replace(/\{(\w+)\}/g, (gap, name: string) => {
    const value = values[name];
    if (typeof value === "number") return new Intl.NumberFormat(speech.language).format(value);
    return value ?? gap;
  });
}

/** A text of the configuration in the language spoken: exact tag, base language, English, the first there is. */
export function localized(text: Record<string, string> | undefined, language: string): string {
  if (!text) return "";
  return text[language] ?? text[language.split("-")[0] ?? ""] ?? text.en ?? Object.values(text)[0] ?? "";
}
