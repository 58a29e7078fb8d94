export type LauncherWords = { open: string; close: string };

/** The launcher's own two labels in every language, because it speaks before the languages are loaded. */
const WORDS: Record<string, LauncherWords> = {
  en: { open: "Open chat", close: "Close chat" },
  de: { open: "Chat öffnen", close: "Chat schließen" },
  fr: { open: "Ouvrir le chat", close: "Fermer le chat" },
  es: { open: "Abrir el chat", close: "Cerrar el chat" },
  ja: { open: "チャットを開く", close: "チャットを閉じる" },
  ar: { open: "فتح الدردشة", close: "إغلاق الدردشة" },
};

export function launcherWords(language: string): LauncherWords {
  return WORDS[language.toLowerCase().split("-")[0] ?? ""] ?? (WORDS.en as LauncherWords);
}
