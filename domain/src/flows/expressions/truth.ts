import { fail, type Run } from "./run.ts";
import { kindOf, type Value } from "./value.ts";

/** Null counts as false, so that a missing answer decides like an unticked one. */
export function isTrue(run: Run, value: Value): boolean {
  if (value === null || typeof value === "boolean") return value === true;
  throw fail(run, "type", `True or false is needed here, not ${kindOf(value)}`);
}
