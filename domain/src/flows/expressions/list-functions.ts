import { compare, equal } from "./comparing.ts";
import { type FunctionRow, listAt, mapAt, wholeAt } from "./function-table.ts";
import { charge, type Run } from "./run.ts";
import { isList, mapOf, ownValue, type Value } from "./value.ts";

export const LIST_FUNCTIONS: readonly FunctionRow[] = [
  ["first", 1, 1, (run, values) => ownValue(listAt(run, values, 0), 0)],
  ["last", 1, 1, (run, values) => ownValue(listAt(run, values, 0), listAt(run, values, 0).length - 1)],
  ["slice", 2, 3, slice],
  ["reverse", 1, 1, (run, values) => paid(run, listAt(run, values, 0)).toReversed()],
  [
    "sort",
    1,
    1,
    (run, values) => paid(run, listAt(run, values, 0)).toSorted((left, right) => compareOrNull(run, left, right)),
  ],
  ["unique", 1, 1, unique],
  ["flatten", 1, 1, flatten],
  ["keys", 1, 1, (run, values) => paid(run, Object.keys(mapAt(run, values, 0)))],
  [
    "values",
    1,
    1,
    (run, values) => paid(run, Object.keys(mapAt(run, values, 0))).map((name) => ownValue(mapAt(run, values, 0), name)),
  ],
  ["merge", 2, 2, merge],
];

/** As compare, with null behind everything else. */
export function compareOrNull(run: Run, left: Value, right: Value): number {
  charge(run, 1);
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return compare(run, left, right);
}

function paid<Item>(run: Run, list: readonly Item[]): readonly Item[] {
  charge(run, list.length);
  return list;
}

/** A negative place counts from the end. */
function slice(run: Run, values: readonly Value[]): Value {
  const list = listAt(run, values, 0);
  return paid(run, list.slice(wholeAt(run, values, 1), wholeAt(run, values, 2, list.length)));
}

function unique(run: Run, values: readonly Value[]): Value {
  const kept: Value[] = [];
  for (const item of listAt(run, values, 0)) if (!kept.some((other) => equal(run, other, item))) kept.push(item);
  return kept;
}

/** One level. */
function flatten(run: Run, values: readonly Value[]): Value {
  const kept: Value[] = [];
  for (const item of paid(run, listAt(run, values, 0))) {
    if (item !== null && isList(item)) for (const inner of paid(run, item)) kept.push(inner);
    else kept.push(item);
  }
  return kept;
}

/** What both have is taken from the second. */
function merge(run: Run, values: readonly Value[]): Value {
  const maps = [mapAt(run, values, 0), mapAt(run, values, 1)];
  return mapOf(maps.flatMap((map) => paid(run, Object.keys(map)).map((name) => [name, ownValue(map, name)] as const)));
}
