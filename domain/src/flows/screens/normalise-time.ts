import { western } from "../../forms/parse-number.ts";
import { timeOfDay } from "../expressions/instants.ts";
import { type Normal, no } from "./field-problem.ts";

/** "HH:MM" of 24 hours. */
export function timeOf(text: string): Normal {
  const [all, hour = "", minute = "00", half = ""] =
    /^(\d{1,2})(?:[:.](\d{2})(?::\d{2})?)?\s?([ap]m|h)?$/iu.exec(western(text).trim()) ?? [];
  if (!all || (all === hour && hour.length > 2)) return no("time");
  const late = half.toLowerCase();
  if ((late === "am" || late === "pm") && (Number(hour) < 1 || Number(hour) > 12)) return no("time");
  const on24 = late === "pm" ? (Number(hour) % 12) + 12 : late === "am" ? Number(hour) % 12 : Number(hour);
  const time = `${String(on24).padStart(2, "0")}:${minute}`;
  return timeOfDay(time) === null ? no("time") : { value: time };
}
