import type { FunctionRow } from "./function-table.ts";
import { LIST_FUNCTIONS } from "./list-functions.ts";
import { NUMBER_FUNCTIONS } from "./number-functions.ts";
import { TEXT_FUNCTIONS } from "./text-functions.ts";
import { TIME_FUNCTIONS } from "./time-functions.ts";
import { WORLD_FUNCTIONS } from "./world-functions.ts";

/**
 * Evaluated by evaluate.ts itself, which stops at the first argument that is neither null nor an empty text. Where all
 * are, an empty text goes before null.
 */
const COALESCE: FunctionRow = ["coalesce", 1, Number.POSITIVE_INFINITY, () => null];

const FUNCTIONS: ReadonlyMap<string, FunctionRow> = new Map(
  [...TEXT_FUNCTIONS, ...NUMBER_FUNCTIONS, ...TIME_FUNCTIONS, ...LIST_FUNCTIONS, ...WORLD_FUNCTIONS, COALESCE].map(
    (row) => [row[0], row] as const,
  ),
);

/** These look at null; any other function given a null is null. */
export const TAKES_NULL: ReadonlySet<string> = new Set(["isEmpty", "coalesce"]);

export const FUNCTION_NAMES: readonly string[] = [...FUNCTIONS.keys()];

export function functionNamed(name: string): FunctionRow | undefined {
  return FUNCTIONS.get(name);
}

/** The least and greatest number of arguments of a function, undefined if there is none of the name. */
export function takes(name: string): readonly [number, number] | undefined {
  const row = FUNCTIONS.get(name);
  return row && [row[1], row[2]];
}
