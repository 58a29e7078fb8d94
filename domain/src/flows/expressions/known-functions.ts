import type { FunctionRow, Macro } from "./function-table.ts";
import { isEmpty, size } from "./sizes.ts";

/**
 * Evaluated by evaluate.ts itself, which stops at the first argument that is neither null nor an empty text. Where all
 * are, an empty text goes before null.
 */
const COALESCE: FunctionRow = ["coalesce", 1, Number.POSITIVE_INFINITY, () => null];

/**
 * What formulas can call. The few that nearly every form uses are known from the start; functions.ts adds all others. A
 * server and the console import that at once, a browser only for a page whose formulas call one of them.
 */
const known = new Map<string, FunctionRow>([COALESCE, isEmpty, size].map((row) => [row[0], row]));
const macros = new Map<string, Macro>();
let knowsAll = false;

/** These look at null; any other function given a null is null. */
export const TAKES_NULL: ReadonlySet<string> = new Set(["isEmpty", "coalesce"]);

/** Told once, by functions.ts, with everything else there is. */
export function learnFunctions(rows: readonly FunctionRow[], all: Iterable<readonly [string, Macro]>): void {
  for (const row of rows) known.set(row[0], row);
  for (const [name, macro] of all) macros.set(name, macro);
  knowsAll = true;
}

/** Whether nothing has to be learned before a formula calls this; that no function has the name is known as well. */
export function isFunctionThere(name: string): boolean {
  return knowsAll || known.has(name);
}

export function functionNamed(name: string): FunctionRow | undefined {
  return known.get(name) ?? unheardOf(name);
}

export function macroNamed(name: string): Macro | undefined {
  return macros.get(name) ?? unheardOf(name);
}

/** The least and greatest number of arguments of a function, undefined if there is none of the name. */
export function takes(name: string): readonly [number, number] | undefined {
  const row = functionNamed(name);
  return row && [row[1], row[2]];
}

/** Before all are learned, a missing function may be one that exists: a formula must not come out empty for that. */
function unheardOf(name: string): undefined {
  if (!knowsAll) throw new Error(`The function ${name} is not loaded`);
}
