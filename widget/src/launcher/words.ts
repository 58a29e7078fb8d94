/** `retry` is said when the chat could not be loaded; how to close it, only a loaded chat needs to say. */
export type LauncherWords = readonly [open: string, retry: string, close?: string];

/** The launcher's own two words in every language, because it speaks before the languages are loaded. */
const WORDS: Record<string, LauncherWords> = {
  en: ["Open chat", "Try again"],
  de: ["Chat öffnen", "Erneut versuchen"],
  fr: ["Ouvrir le chat", "Réessayer"],
  es: ["Abrir el chat", "Reintentar"],
  ja: ["チャットを開く", "再試行"],
  ar: ["فتح الدردشة", "حاول مرة أخرى"],
};

export function launcherWords(language: string): LauncherWords {
  return WORDS[language.toLowerCase().split("-")[0] ?? ""] ?? (WORDS.en as LauncherWords);
}
