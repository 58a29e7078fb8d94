export type LauncherWords = readonly [open: string, close: string];

/** The launcher's own two labels in every language, because it speaks before the languages are loaded. */
const WORDS: Record<string, LauncherWords> = {
  en: ["Open chat", "Close chat"],
  de: ["Chat öffnen", "Chat schließen"],
  fr: ["Ouvrir le chat", "Fermer le chat"],
  es: ["Abrir el chat", "Cerrar el chat"],
  ja: ["チャットを開く", "チャットを閉じる"],
  ar: ["فتح الدردشة", "إغلاق الدردشة"],
};

export function launcherWords(language: string): LauncherWords {
  return WORDS[language.toLowerCase().split("-")[0] ?? ""] ?? (WORDS.en as LauncherWords);
}
