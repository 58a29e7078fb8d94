/** Where a text goes, which decides what its signs could mean there. */
export type Escape = "plain" | "markdown" | "html";

const HTML: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** The text so that it reads as itself in the place it goes to, whatever signs it holds. */
export function escaped(text: string, target: Escape): string {
  if (target === "html") return text.replace(/[&<>"']/g, (sign) => HTML.get(sign) as string);
  return target === "markdown" ? inMarkdown(text) : text;
}

/**
 * Only what could begin something gets a backslash: addresses with underscores stay whole, and who reads the message
 * without Markdown sees few of them. At the beginning of a line also lists, quotes, headings and fences; a telephone
 * number is no list.
 */
function inMarkdown(text: string): string {
  return text
    .replace(/[\\`*[\]]|~(?=~)|(?<![\p{L}\p{N}])_/gu, "\\$&")
    .replace(/^( {0,3})([-#>~]|\+(?=\s|$))/gm, "$1\\$2")
    .replace(/^( {0,3}\d{1,4})([.)])(?= )/gm, "$1\\$2");
}
