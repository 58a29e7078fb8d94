/** What a text in a definition means. `offset` is where the source begins in the text as it is written. */
export type Spelling =
  | { readonly kind: "literal"; readonly value: unknown }
  | { readonly kind: "formula"; readonly source: string; readonly offset: number }
  | { readonly kind: "text"; readonly source: string; readonly offset: number };

/**
 * Tells the three spellings apart: "=…" is a formula, a text with "{{" has holes, all else is a literal. A literal that
 * begins with "=" is written "'=…" (and "'=…" itself "''=…").
 */
export function spellingOf(value: unknown): Spelling {
  if (typeof value !== "string") return { kind: "literal", value };
  if (value.startsWith("=")) return { kind: "formula", source: value.slice(1), offset: 1 };
  const offset = /^'+=/.test(value) ? 1 : 0;
  const source = value.slice(offset);
  return source.includes("{{") ? { kind: "text", source, offset } : { kind: "literal", value: source };
}

/** How a literal text is written so that spellingOf reads it as that text. */
export function spellLiteral(text: string): string {
  const written = text.replaceAll("{{", "{{'{{'}}");
  return /^'*=/.test(written) ? `'${written}` : written;
}
