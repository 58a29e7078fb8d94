import { ExpressionError } from "./expression-error.ts";

/** `value` is the number, the text without its quotes, the name, or the sign itself ("" at the end). */
export type Token = { kind: "number" | "text" | "name" | "sign" | "end"; at: number; end: number; value: string };

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const SIGN = /\?\.|[<>=!]=|&&|\|\||[-+*/%<>!?:.,()[\]{}]/y;
const ESCAPES = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
]);

/** The token that begins at or after a place. Throws ExpressionError "syntax". */
export function readToken(source: string, from: number): Token {
  const at = from + matchAt(SPACE, source, from).length;
  const character = source[at];
  if (character === undefined) return { kind: "end", at, end: at, value: "" };
  if (character === "'" || character === '"') return readText(source, at, character);
  const number = matchAt(NUMBER, source, at);
  if (number) return { kind: "number", at, end: at + number.length, value: number };
  const name = matchAt(NAME, source, at);
  if (name) return { kind: "name", at, end: at + name.length, value: name };
  const sign = matchAt(SIGN, source, at);
  if (sign) return { kind: "sign", at, end: at + sign.length, value: sign };
  throw new ExpressionError("syntax", at, unknownSign(character));
}

function readText(source: string, at: number, quote: string): Token {
  let value = "";
  for (let end = at + 1; end < source.length; end++) {
    const character = source[end] as string;
    if (character === quote) return { kind: "text", at, end: end + 1, value };
    if (character !== "\\") {
      value += character;
      continue;
    }
    const hex = /[0-9a-fA-F]{4}/y;
    const code = source[end + 1] === "u" ? matchAt(hex, source, end + 2) : "";
    const meant = code ? String.fromCharCode(Number.parseInt(code, 16)) : ESCAPES.get(source[end + 1] ?? "");
    if (meant === undefined) throw new ExpressionError("syntax", end, "Unknown escape: write \\\\ for a backslash");
    value += meant;
    end += code ? 5 : 1;
  }
  throw new ExpressionError("syntax", at, "The quote is not closed");
}

function unknownSign(character: string): string {
  if (character === "=") return "Formulas do not assign: compare with ==";
  if (character === "&") return "And is written &&";
  if (character === "|") return "Or is written ||";
  return "This character means nothing here";
}

function matchAt(pattern: RegExp, source: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0] ?? "";
}
