/** What looking up an address says; `#` is a number. All languages together, for they come with the first lookup only. */
const ENGLISH = {
  find: "Find an address",
  found: "Addresses found: #",
  none: "No such address was found. Please fill in its parts.",
};

const WORDS: Readonly<Record<string, typeof ENGLISH>> = {
  de: {
    find: "Adresse suchen",
    found: "Gefundene Adressen: #",
    none: "Diese Adresse wurde nicht gefunden. Bitte füllen Sie die Felder aus.",
  },
  es: {
    find: "Buscar una dirección",
    found: "Direcciones encontradas: #",
    none: "No se encontró esa dirección. Rellene los campos.",
  },
  fr: {
    find: "Rechercher une adresse",
    found: "Adresses trouvées : #",
    none: "Cette adresse est introuvable. Veuillez remplir les champs.",
  },
  ar: {
    find: "ابحث عن عنوان",
    found: "العناوين التي وُجدت: #",
    none: "لم يُعثر على هذا العنوان. يُرجى ملء الحقول.",
  },
  ja: {
    find: "住所を検索",
    found: "見つかった住所：#件",
    none: "該当する住所が見つかりませんでした。各欄にご記入ください。",
  },
};

export function lookupWords(language: string): typeof ENGLISH {
  return WORDS[language.slice(0, 2).toLowerCase()] ?? ENGLISH;
}
