import type { Macro } from "./function-table.ts";
import { compareOrNull } from "./list-functions.ts";
import { extremeOf, sum } from "./number-functions.ts";
import type { Run } from "./run.ts";
import { isTrue } from "./truth.ts";
import type { Value } from "./value.ts";

/** What goes over a list, by the names that the parser knows. */
export const MACROS: ReadonlyMap<string, Macro> = new Map<string, Macro>([
  ["filter", (run, list, body) => list.filter((item) => isTrue(run, body(item)))],
  ["map", (run, list, body) => list.map((item) => body(item))],
  ["all", (run, list, body) => list.every((item) => isTrue(run, body(item)))],
  ["exists", (run, list, body) => list.some((item) => isTrue(run, body(item)))],
  ["find", (run, list, body) => list.find((item) => isTrue(run, body(item))) ?? null],
  ["count", (run, list, body) => list.filter((item) => isTrue(run, body(item))).length],
  [
    "sum",
    (run, list, body) =>
      sum(
        run,
        list.map((item) => body(item)),
      ),
  ],
  [
    "min",
    (run, list, body) =>
      extremeOf(
        run,
        list.map((item) => body(item)),
        -1,
      ),
  ],
  [
    "max",
    (run, list, body) =>
      extremeOf(
        run,
        list.map((item) => body(item)),
        1,
      ),
  ],
  ["sortBy", sortBy],
]);

/** Ascending and stable; items whose key is null come last. */
function sortBy(run: Run, list: readonly Value[], body: (item: Value) => Value): Value {
  const keyed = list.map((item) => ({ item, key: body(item) }));
  return keyed.sort((left, right) => compareOrNull(run, left.key, right.key)).map(({ item }) => item);
}
