import { type FunctionRow, textAt } from "./function-table.ts";
import { charge, fail, type Run } from "./run.ts";
import { styled } from "./styles.ts";
import type { Value } from "./value.ts";
import { written } from "./written.ts";

/** What asks the locale or the host. */
export const WORLD_FUNCTIONS: readonly FunctionRow[] = [
  ["format", 1, 3, (run, values) => styled(run, values)],
  ["label", 1, 1, label],
  ["asset", 1, 1, (run, values) => asked(run, "asset")(textAt(run, values, 0))],
  ["visits", 1, 1, (run, values) => asked(run, "visits")(textAt(run, values, 0))],
];

/** The words of a choice; of several, a list. A value without words of its own stands for itself. */
function label(run: Run, [value]: readonly Value[], path: string | null): Value {
  const say = (item: Value): Value => {
    charge(run, 1);
    return item === null ? null : (run.options.host?.label?.(item, path) ?? written(run, item));
  };
  return Array.isArray(value) ? value.map(say) : say(value as Value);
}

function asked<Name extends "asset" | "visits">(run: Run, name: Name) {
  const host = run.options.host;
  const answer = host?.[name]?.bind(host);
  if (!answer) throw fail(run, "name", `${name} is not known in this place`);
  return answer as (text: string) => Value;
}
