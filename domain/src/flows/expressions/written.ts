import { fail, type Run } from "./run.ts";
import { kindOf, type Value } from "./value.ts";

/** A text, number, or true and false as a text. */
export function written(run: Run, value: Value): string {
  if (typeof value === "object") throw fail(run, "type", `${kindOf(value)} is no text: choose with join or format`);
  return String(value);
}
