import { ExpressionError } from "../expressions/expression-error.ts";
import { format } from "../expressions/format.ts";
import { startRun } from "../expressions/run.ts";
import { spellingOf } from "../expressions/spelling.ts";
import type { Value } from "../expressions/value.ts";
import type { When } from "./components.ts";
import { formulas } from "./formulas.ts";
import { optionsOf, type Shown } from "./present.ts";

type Values = Readonly<Record<string, Value>>;

/** Whether a condition holds. One that cannot be computed does not: what depends on it stays hidden, or optional. */
export function holds(when: When, values: Values, shown: Shown): boolean {
  if (typeof when !== "string") return when !== false;
  return screenValue(when, values, shown) === true;
}

/** A literal, formula or text with holes, at any depth of a list or map. What cannot be computed is null. */
export function screenValue(written: unknown, values: Values, shown: Shown): Value {
  if (Array.isArray(written)) return written.map((item) => screenValue(item, values, shown));
  if (typeof written === "object" && written !== null)
    return Object.fromEntries(Object.entries(written).map(([name, item]) => [name, screenValue(item, values, shown)]));
  const spelling = spellingOf(written);
  if (spelling.kind === "literal") return (spelling.value ?? null) as Value;
  return guarded(null, () =>
    spelling.kind === "formula"
      ? formulas().evaluate(spelling.source, values, optionsOf(shown))
      : formulas().render(spelling.source, values, optionsOf(shown)),
  );
}

/** A value as people of the language write it; "" for what has no such form. */
export function readable(value: Value, shown: Shown): string {
  return guarded("", () => format(startRun({}, optionsOf(shown)), value));
}

export function guarded<T>(otherwise: T, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ExpressionError) return otherwise;
    throw error;
  }
}
