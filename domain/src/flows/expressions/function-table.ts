import { fail, type Run } from "./run.ts";
import { isList, isMap, kindOf, type Value, type ValueMap } from "./value.ts";

/** `path` is given to `label` alone: where its value was read. */
export type Computation = (run: Run, values: readonly Value[], path: string | null) => Value;

/** Name, least and greatest number of arguments, what it does. */
export type FunctionRow = readonly [name: string, least: number, most: number, run: Computation];

/** Goes over a list; `body` is evaluated for an item. */
export type Macro = (run: Run, list: readonly Value[], body: (item: Value) => Value) => Value;

/** The zone that an argument names; that of the run where it is left out. */
export function zoneAt(run: Run, values: readonly Value[], index: number): string {
  return index < values.length ? textAt(run, values, index) : run.options.zone;
}

export function textAt(run: Run, values: readonly Value[], index: number): string {
  const value = values[index] as Value;
  if (typeof value !== "string") throw wrong(run, "a text", value, index);
  return value;
}

export function numberAt(run: Run, values: readonly Value[], index: number): number {
  const value = values[index] as Value;
  if (typeof value !== "number" || !Number.isFinite(value)) throw wrong(run, "a number", value, index);
  return value;
}

/** A whole number within JavaScript's safe range; `missing` when the argument was not written. */
export function wholeAt(run: Run, values: readonly Value[], index: number, missing?: number): number {
  if (index >= values.length && missing !== undefined) return missing;
  const value = numberAt(run, values, index);
  if (!Number.isSafeInteger(value)) throw fail(run, "number", `Argument ${index + 1} is a whole number`);
  return value;
}

export function listAt(run: Run, values: readonly Value[], index: number): readonly Value[] {
  const value = values[index] as Value;
  if (value === null || !isList(value)) throw wrong(run, "a list", value, index);
  return value;
}

export function mapAt(run: Run, values: readonly Value[], index: number): ValueMap {
  const value = values[index] as Value;
  if (!isMap(value)) throw wrong(run, "a map", value, index);
  return value;
}

function wrong(run: Run, wanted: string, value: Value, index: number) {
  return fail(run, "type", `Argument ${index + 1} is ${wanted}, not ${kindOf(value)}`);
}
