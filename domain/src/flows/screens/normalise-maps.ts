import { plainNumber } from "../../forms/parse-number.ts";
import type { Value } from "../expressions/expression.ts";
import { moneyOf } from "../expressions/money.ts";
import { type Normal, no, type Of } from "./field-problem.ts";
import { lineOf } from "./normalise-texts.ts";
import type { Shown } from "./present.ts";

type Map = Readonly<Record<string, unknown>>;

/** The parts of an address, in the order in which they are asked. */
export const ADDRESS_PARTS = ["line1", "line2", "postcode", "city", "region", "country"] as const;
export type AddressPart = (typeof ADDRESS_PARTS)[number];

/** What cannot be left out of an address. */
export const NEEDED_PARTS: readonly AddressPart[] = ["line1", "city"];

const POSTCODES: Readonly<Record<string, RegExp>> = {
  AT: /^\d{4}$/,
  AU: /^\d{4}$/,
  BE: /^\d{4}$/,
  CA: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/,
  CH: /^\d{4}$/,
  DE: /^\d{5}$/,
  DK: /^\d{4}$/,
  ES: /^\d{5}$/,
  FI: /^\d{5}$/,
  FR: /^\d{5}$/,
  GB: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/,
  IT: /^\d{5}$/,
  JP: /^\d{3}-?\d{4}$/,
  NL: /^\d{4} ?[A-Z]{2}$/,
  NO: /^\d{4}$/,
  PL: /^\d{2}-\d{3}$/,
  PT: /^\d{4}-\d{3}$/,
  SE: /^\d{3} ?\d{2}$/,
  US: /^\d{5}(-\d{4})?$/,
};

/** Whether a postcode can be one: of the country where its form is known, otherwise of any. */
export function isPostcode(text: string, country = ""): boolean {
  const known = Object.hasOwn(POSTCODES, country) ? POSTCODES[country] : undefined;
  return (known ?? /^(?=.*\d)[A-Z\d][A-Z\d -]{1,8}[A-Z\d]$/).test(text);
}

/** Parts that are texts; the country as two letters, the only one where there is only one. */
export function addressOf(given: unknown, { countries }: Of<"address">): Normal {
  if (!isMap(given)) return no("address");
  const parts: Record<string, Value> = {};
  for (const part of ADDRESS_PARTS) {
    const text = ownText(given, part);
    if (text === null || text.length > 200) return no("address");
    const line = lineOf(text, part === "postcode" ? "postcode" : undefined);
    if (line) parts[part] = part === "country" ? line.toUpperCase() : line;
  }
  if (Object.keys(parts).every((part) => part === "country")) return { value: null };
  const country = String(parts.country ?? (countries?.length === 1 ? countries[0] : ""));
  if (NEEDED_PARTS.some((part) => !parts[part])) return no("address");
  if (countries ? !countries.includes(country) : country !== "" && !/^[A-Z]{2}$/.test(country)) return no("country");
  if (country) parts.country = country;
  if (typeof parts.postcode === "string" && !isPostcode(parts.postcode, country)) return no("postcode");
  return { value: parts };
}

/** `{amount: "12.50", currency: "EUR"}`; an amount alone is of the field's first currency. */
export function moneyIn(given: unknown, { currencies }: Of<"money">, shown: Shown): Normal {
  const written = isMap(given) ? (given.amount ?? "") : given;
  if (isMap(given) && String(written).trim() === "") return { value: null };
  const typed = typeof written === "number" ? String(written) : written;
  const plain = typeof typed === "string" && typed.length < 60 ? plainNumber(typed, shown.locale) : null;
  const [, sign = "", whole = "", fraction = ""] = /^([+-]?)(\d{0,15})(?:\.(\d{0,6}))?$/.exec(plain ?? "-") ?? [];
  if (plain === null || whole + fraction === "") return no("money");
  const currency = isMap(given) && typeof given.currency === "string" ? given.currency.trim() : currencies?.[0];
  if (currency === undefined || !/^[A-Z]{3}$/.test(currency)) return no("currency");
  if (currencies && !currencies.includes(currency)) return no("currency");
  const digits = fraction.replace(/0+$/, "").padEnd(digitsOf(currency), "0");
  const size = `${whole.replace(/^0+(?=\d)/, "") || "0"}${digits ? `.${digits}` : ""}`;
  const amount = `${sign === "-" && /[1-9]/.test(size) ? "-" : ""}${size}`;
  return moneyOf({ amount, currency }) ? { value: { amount, currency } } : no("money");
}

/** How many digits the currency has after the point. */
function digitsOf(currency: string): number {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** One file, or a list where more than one may be given. Each is named by the id under which it was uploaded. */
export function filesOf(given: unknown, { accept, maxMb, max = 1 }: Of<"file">): Normal {
  const files: Value[] = [];
  for (const item of Array.isArray(given) ? given.slice(0, 50) : [given]) {
    if (!isMap(item)) return no("file");
    const [id, name, type] = [ownText(item, "id"), ownText(item, "name"), ownText(item, "type")];
    const { size } = item;
    if (!id || !name || id.length > 100 || name.length > 300 || type === null || type.length > 200) return no("file");
    if (typeof size !== "number" || !Number.isInteger(size) || size < 0) return no("file");
    if (accept && !accept.some((wanted) => isOfType(type, wanted))) return no("file-type");
    if (maxMb !== undefined && size > maxMb * 1_000_000) return no("file-size", `${maxMb} MB`);
    files.push({ id, name, size, type });
  }
  if (files.length > max) return no("too-many", String(max));
  return { value: max > 1 ? files : (files[0] ?? null) };
}

function isOfType(type: string, wanted: string): boolean {
  return wanted.endsWith("/*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}

/** Drawn: `{path}`, an SVG path in a field of 300 × 100. Typed: `{name}`. */
export function signatureOf(given: unknown): Normal {
  if (!isMap(given)) return no("signature");
  const [path, name] = [ownText(given, "path"), ownText(given, "name")];
  if (path === null || name === null) return no("signature");
  if (path && /^(M\d{1,3} \d{1,3}(L\d{1,3} \d{1,3})*)+$/.test(path) && path.length <= 7_000) return { value: { path } };
  const line = lineOf(name).slice(0, 200).trim();
  return path || !line ? (path ? no("signature") : { value: null }) : { value: { name: line } };
}

/** A text of the map; "" when there is none, null for what is no text. */
function ownText(map: Map, name: string): string | null {
  const held = Object.hasOwn(map, name) ? map[name] : undefined;
  return held === undefined || held === null ? "" : typeof held === "string" ? held : null;
}

function isMap(given: unknown): given is Map {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}
