/** Digits of other scripts and full-width signs as their plain counterparts. */
export function western(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[٠-٩]/gu, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/gu, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/−/gu, "-");
}

/**
 * A number as typed, or null. The decimal sign is the point, or the comma where the language writes one. Signs that group
 * digits are refused except white space: "1.234" means different things to different readers.
 */
export function parseNumber(typed: string, language: string): number | null {
  const plain = plainNumber(typed, language);
  return plain === null ? null : Number(plain);
}

/** The same as text with a decimal point, every digit kept: "+1 200,5" in German is "+1200.5". */
export function plainNumber(typed: string, language: string): string | null {
  const text = western(typed).replace(/\s/gu, "").replace("٫", ".");
  const plain = decimalSign(language) === "," && !text.includes(".") ? text.replace(",", ".") : text;
  return /^[+-]?(\d{1,100}(\.\d{0,100})?|\.\d{1,100})$/u.test(plain) ? plain : null;
}

function decimalSign(language: string): string {
  try {
    return (
      new Intl.NumberFormat(language, { numberingSystem: "latn" })
        .formatToParts(1.5)
        .find((part) => part.type === "decimal")?.value ?? "."
    );
  } catch {
    return ".";
  }
}
