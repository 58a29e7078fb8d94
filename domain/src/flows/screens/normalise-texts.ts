import { western } from "../../forms/parse-number.ts";
import { CALLING } from "./calling-codes.ts";
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

/** "+" and digits. A number without the country's code gets that of `country`, if its code is known. */
export function phoneOf(text: string, country?: string): Normal {
  const line = western(lineOf(text));
  if (line.length > 40 || !/^\+?[\d\s()./-]+$/u.test(line)) return no("phone");
  // "+43 (0)664 …": the zero in brackets is for calls within the country.
  const digits = line.replace(/\(0\)/u, line.startsWith("+") || line.startsWith("00") ? "" : "0").replace(/\D/gu, "");
  const full = line.startsWith("+") ? digits : digits.startsWith("00") ? digits.slice(2) : abroad(digits, country);
  if (full === null) return no("phone-country");
  return /^[1-9]\d{6,14}$/.test(full) ? { value: `+${full}` } : no("phone");
}

function abroad(digits: string, country = ""): string | null {
  const known = Object.hasOwn(CALLING, country) ? CALLING[country] : undefined;
  if (known === undefined) return null;
  const [code = "", trunk = "0"] = known.split("/");
  return code + (trunk !== "" && digits.startsWith(trunk) ? digits.slice(trunk.length) : digits);
}

/** An address of the web, with its scheme; "example.com" is meant as https. */
export function urlOf(text: string): Normal {
  const line = lineOf(text);
  const whole = /^[a-z][a-z0-9+.-]*:/iu.test(line) && !/^[^/]+:\d/u.test(line) ? line : `https://${line}`;
  const [, scheme = "", host = "", rest = ""] = /^(https?):\/\/([^\s/?#@\\]{1,253})([/?#]\S*)?$/iu.exec(whole) ?? [];
  if (!host || !/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+(:\d{1,5})?$/u.test(host) || whole.length > 2_000) return no("url");
  return { value: `${scheme.toLowerCase()}://${host.toLowerCase()}${rest}` };
}
