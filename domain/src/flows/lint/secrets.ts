import type { Finding } from "@clew/contract/flows/lint";
import { error } from "./finding.ts";
import type { Shape } from "./shape.ts";

/** Words that come before a credential, and the beginnings by which well-known makers mark theirs. */
const MARKED = [
  /\b(?:bearer|basic)\s+[A-Za-z0-9._~+/=-]{16,}/i,
  /\b(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{10,}/,
  /\b(?:gh[pousr]|xox[abprs]|glpat)[_-][A-Za-z0-9-]{16,}/,
  /\bAKIA[A-Z0-9]{16}\b/,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\./,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b(?:password|passwd|api[_-]?key|secret|token)\s*[:=]\s*["']?(?=[^\s"'{]*\d)[^\s"'{]{8,}/i,
];
const LONG_WORD = /[A-Za-z0-9_+/=-]{24,}/g;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Bits a letter from which a long word looks thrown by dice rather than written; words of a language have less. */
const RANDOM_BITS = 3.6;

/** Credentials written into the flow itself, where everybody who may read the flow reads them. */
export function writtenSecrets(shape: Shape): Finding[] {
  return shape.texts
    .filter(({ path, text }) => path.startsWith("/nodes/") && holdsCredential(text))
    .map(({ path }) =>
      error("secret-in-text", path, "a password, key or token seems to be written here", {
        suggestion: "keep it in a connector, which adds it to the request",
      }),
    );
}

function holdsCredential(text: string): boolean {
  if (MARKED.some((pattern) => pattern.test(text))) return true;
  return (text.match(LONG_WORD) ?? []).some(looksRandom);
}

function looksRandom(word: string): boolean {
  if (UUID.test(word)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(word)).length;
  const isHex = /^[0-9a-f]{32,}$/i.test(word) && /\d/.test(word) && /[a-f]/i.test(word);
  if (isHex) return true;
  return kinds === 3 && !/[/]/.test(word) && bitsALetter(word) >= RANDOM_BITS && changes(word) >= word.length / 3;
}

function bitsALetter(word: string): number {
  const counts = new Map<string, number>();
  for (const letter of word) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / word.length) * Math.log2(count / word.length), 0);
}

/** How often one kind of letter follows another: names such as "sendReminderForCase2" change seldom. */
function changes(word: string): number {
  const kind = (letter: string) => (/[a-z]/.test(letter) ? 1 : /[A-Z]/.test(letter) ? 2 : /\d/.test(letter) ? 3 : 4);
  return [...word].filter((letter, index) => index > 0 && kind(letter) !== kind(word[index - 1]!)).length;
}
