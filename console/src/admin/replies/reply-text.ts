/** What a quick reply may hold, as an agent writes it: `{{customer.name}}`. */
const VARIABLE = /\{\{\s*([A-Za-z][A-Za-z0-9_.]*)\s*\}\}/g;
const KNOWN = /^(customer\.name|agent\.name|reconnect\.link|fact\.[a-z][A-Za-z0-9_]{0,49})$/;

/** The text with examples in place of variables, in pieces, so that a preview can mark them. */
export function replyPieces(text: string, examples: Record<string, string>): { text: string; variable: boolean }[] {
  const pieces: { text: string; variable: boolean }[] = [];
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), variable: false });
    const name = match[1] ?? "";
    pieces.push({ text: examples[name] ?? name.replace(/^fact\./, ""), variable: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), variable: false });
  return pieces;
}

/** Variables that nobody will fill in, such as a mistyped `{{custmer.name}}`. */
export function unknownVariables(text: string): string[] {
  return [...text.matchAll(VARIABLE)].map((match) => match[1] ?? "").filter((name) => !KNOWN.test(name));
}

/** A shortcut made from a title: "Order status" → "order-status". */
export function shortcutFromTitle(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
}
