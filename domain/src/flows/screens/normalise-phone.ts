import { western } from "../../forms/parse-number.ts";
import { CALLING } from "./calling-codes.ts";
import { type Normal, no } from "./field-problem.ts";
import { lineOf } from "./normalise-texts.ts";

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
