/** The switch of announcements, in all languages together: it stands in few forms, and long after their page. */
const WORDS: Readonly<Record<string, string>> = {
  de: "Ansagen, was andere hier tun",
  es: "Anunciar lo que hacen otros",
  fr: "Annoncer ce que font les autres",
  ar: "الإعلان عمّا يفعله الآخرون",
  ja: "他の人の操作を読み上げる",
};

export function announceWord(language: string): string {
  return WORDS[language.slice(0, 2).toLowerCase()] ?? "Announce what others do here";
}
