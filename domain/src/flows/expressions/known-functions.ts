import type { FunctionRow, Macro } from "./function-table.ts";

/**
 * What formulas can call. The few that nearly every form uses come with the language (common-functions.ts); functions.ts
 * adds all others. A server and the console import that at once, a browser only for a page whose formulas call one of them.
 */
const known = new Map<string, FunctionRow>();
const macros = new Map<string, Macro>();
let knowsAll = false;

export const COMMON: ReadonlySet<string> = new Set(["coalesce", "isEmpty", "size"]);

/** These look at null; any other function given a null is null. */
export const TAKES_NULL: ReadonlySet<string> = new Set(["isEmpty", "coalesce"]);

export function learnFunctions(rows: readonly FunctionRow[]): void {
  for (const row of rows) known.set(row[0], row);
}

/** Told once, by functions.ts, with everything that there is besides. */
export function learnAllFunctions(rows: readonly FunctionRow[], all: Iterable<readonly [string, Macro]>): void {
  learnFunctions(rows);
  for (const [name, macro] of all) macros.set(name, macro);
  knowsAll = true;
}

/** Whether nothing has to be learned before a formula calls this; that no function has the name is known as well. */
export function isFunctionThere(name: string): boolean {
  return knowsAll || COMMON.has(name);
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
