import { type Normal, no } from "./field-problem.ts";

const EMAIL = /^[^\s@<>(),;:"]{1,64}@[^\s@<>(),;:"]{1,190}$/u;
const DOMAIN = /^[^.]+(\.[^.]+)+$/u;
const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;

/** One line: no breaks, nothing around. Numbers of accounts and cards without what people write between the digits. */
export function lineOf(text: string, format?: "iban" | "luhn" | "postcode"): string {
  const line = text.replace(CONTROL, " ").trim();
  if (format === "iban") return line.replace(/[\s-]/gu, "").toUpperCase();
  if (format === "luhn") return line.replace(/[\s-]/gu, "");
  return format === "postcode" ? line.replace(/\s+/gu, " ").toUpperCase() : line;
}

/** Several lines: breaks of one kind, no other control characters, nothing around. */
export function paragraphsOf(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/gu, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .trim();
}

/** The domain in small letters; what stands before the @ belongs to the receiver and stays. */
export function emailOf(text: string): Normal {
  const line = lineOf(text);
  const at = line.lastIndexOf("@");
  const domain = line.slice(at + 1).toLowerCase();
  return EMAIL.test(line) && DOMAIN.test(domain) ? { value: `${line.slice(0, at)}@${domain}` } : no("email");
}
