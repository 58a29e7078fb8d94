import type { Value } from "../expressions/value.ts";
import { learnKinds } from "./kinds.ts";
import { textual } from "./normalise.ts";
import { datetimeOf, durationOf, lasting } from "./normalise-moments.ts";

/** "1:30" of "PT1H30M"; a duration with other parts as it is. */
function clockOf(value: Value): string {
  const [, hours = "0", minutes = "0"] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(String(value)) ?? [];
  return hours === "0" && minutes === "0" ? String(value) : `${hours}:${minutes.padStart(2, "0")}`;
}

learnKinds({
  datetime: { normal: (given, _, shown) => textual(given, (text) => datetimeOf(text, shown), "datetime") },
  duration: { normal: (given) => textual(given, durationOf, "duration"), text: clockOf, measure: lasting },
});
