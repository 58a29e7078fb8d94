import { moneyOf } from "../expressions/money.ts";
import { isMap } from "../expressions/value.ts";
import { readable } from "./evaluated.ts";
import { isIban } from "./iban.ts";
import { learnKinds } from "./kinds.ts";
import { textual } from "./normalise.ts";
import { ADDRESS_PARTS, addressOf, moneyIn } from "./normalise-maps.ts";
import { phoneOf } from "./normalise-phone.ts";
import { timeOf } from "./normalise-time.ts";
import { urlOf } from "./normalise-url.ts";
import { isPostcode } from "./postcodes.ts";

learnKinds(
  {
    money: { normal: moneyIn, text: (value, shown) => (moneyOf(value) ? readable(value, shown) : "") },
    address: {
      normal: addressOf,
      text: (value) =>
        isMap(value) ? ADDRESS_PARTS.flatMap((part) => (value[part] ? [String(value[part])] : [])).join(", ") : "",
    },
    phone: { normal: (given, { country }) => textual(given, (text) => phoneOf(text, country), "phone") },
    time: { normal: (given) => textual(given, timeOf, "time") },
    url: { normal: (given) => textual(given, urlOf, "url") },
  },
  {
    iban: (value) => typeof value === "string" && isIban(value),
    postcode: (value) =>
      isMap(value)
        ? isPostcode(String(value.postcode ?? ""), String(value.country ?? ""))
        : isPostcode(typeof value === "string" ? value : ""),
  },
);
