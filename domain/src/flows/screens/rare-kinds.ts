import { moneyOf } from "../expressions/money.ts";
import { isMap, type Value } from "../expressions/value.ts";
import { readable } from "./evaluated.ts";
import { isIban } from "./iban.ts";
import { learnKinds } from "./kinds.ts";
import { textual } from "./normalise.ts";
import { ADDRESS_PARTS, addressOf, moneyIn } from "./normalise-maps.ts";
import { datetimeOf, durationOf, lasting } from "./normalise-moments.ts";
import { isPostcode } from "./postcodes.ts";

/** "1:30" of "PT1H30M"; a duration with other parts as it is. */
function clockOf(value: Value): string {
  const [, hours = "0", minutes = "0"] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(String(value)) ?? [];
  return hours === "0" && minutes === "0" ? String(value) : `${hours}:${minutes.padStart(2, "0")}`;
}

learnKinds(
  {
    money: { normal: moneyIn, text: (value, shown) => (moneyOf(value) ? readable(value, shown) : "") },
    address: {
      normal: addressOf,
      text: (value) =>
        isMap(value) ? ADDRESS_PARTS.flatMap((part) => (value[part] ? [String(value[part])] : [])).join(", ") : "",
    },
    datetime: {
      normal: (given, _, shown) => textual(given, (text) => datetimeOf(text, shown), "datetime"),
    },
    duration: { normal: (given) => textual(given, durationOf, "duration"), text: clockOf, measure: lasting },
  },
  {
    iban: (value) => typeof value === "string" && isIban(value),
    postcode: (value) =>
      isMap(value)
        ? isPostcode(String(value.postcode ?? ""), String(value.country ?? ""))
        : isPostcode(typeof value === "string" ? value : ""),
  },
);
