import { plainNumber } from "../../forms/parse-number.ts";
import type { Value } from "../expressions/expression.ts";
import { moneyOf } from "../expressions/money.ts";
import { type Normal, no, type Of } from "./field-problem.ts";
import { isGivenMap, ownText } from "./given-map.ts";
import { lineOf } from "./normalise-texts.ts";
import { isPostcode } from "./postcodes.ts";
import type { Shown } from "./present.ts";

/** The parts of an address, in the order in which they are asked. */
export const ADDRESS_PARTS = ["line1", "line2", "postcode", "city", "region", "country"] as const;
export type AddressPart = (typeof ADDRESS_PARTS)[number];

/** What cannot be left out of an address. */
export const NEEDED_PARTS: readonly AddressPart[] = ["line1", "city"];

/** Parts that are texts; the country as two letters, the only one where there is only one. */
export function addressOf(given: unknown, { countries }: Of<"address">): Normal {
  if (!isGivenMap(given)) return no("address");
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
  const written = isGivenMap(given) ? (given.amount ?? "") : given;
  if (isGivenMap(given) && String(written).trim() === "") return { value: null };
  const typed = typeof written === "number" ? String(written) : written;
  const plain = typeof typed === "string" && typed.length < 60 ? plainNumber(typed, shown.locale) : null;
  const [, sign = "", whole = "", fraction = ""] = /^([+-]?)(\d{0,15})(?:\.(\d{0,6}))?$/.exec(plain ?? "-") ?? [];
  if (plain === null || whole + fraction === "") return no("money");
  const currency = isGivenMap(given) && typeof given.currency === "string" ? given.currency.trim() : currencies?.[0];
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
