import { learnFunctions } from "./known-functions.ts";
import { fail, type Run } from "./run.ts";
import { isList, isMap, kindOf, type Value } from "./value.ts";

learnFunctions([
  // Evaluated by evaluate.ts itself, which stops at the first argument that is neither null nor an empty text. Where all
  // are, an empty text goes before null.
  ["coalesce", 1, Number.POSITIVE_INFINITY, () => null],
  ["isEmpty", 1, 1, (_, [value]) => value === null || sizeOfAny(value as Value) === 0],
  ["size", 1, 1, (run, [value]) => sizeOf(run, value as Value)],
]);

function sizeOf(run: Run, value: Value): number {
  const found = sizeOfAny(value);
  if (found === null) throw fail(run, "type", `${kindOf(value)} has no size`);
  return found;
}

function sizeOfAny(value: Value): number | null {
  if (typeof value === "string" || (value !== null && isList(value))) return value.length;
  return isMap(value) ? Object.keys(value).length : null;
}
