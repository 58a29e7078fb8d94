import type { FunctionRow } from "./function-table.ts";
import { fail, type Run } from "./run.ts";
import { isList, isMap, kindOf, type Value } from "./value.ts";

export const size: FunctionRow = ["size", 1, 1, (run, [value]) => sizeOf(run, value as Value)];
export const isEmpty: FunctionRow = [
  "isEmpty",
  1,
  1,
  (_, [value]) => value === null || sizeOfAny(value as Value) === 0,
];

function sizeOf(run: Run, value: Value): number {
  const found = sizeOfAny(value);
  if (found === null) throw fail(run, "type", `${kindOf(value)} has no size`);
  return found;
}

function sizeOfAny(value: Value): number | null {
  if (typeof value === "string" || (value !== null && isList(value))) return value.length;
  return isMap(value) ? Object.keys(value).length : null;
}
