import type { SettingChange } from "@clew/contract/channels";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

/** The properties by which an item of a list is the same item before and after, wherever it stands. */
const NAMED_BY = ["key", "value", "kid", "skillId", "date", "id"] as const;

/**
 * The structural difference of two settings, in the order of their properties. `path` is a JSON pointer; null stands for
 * "not there". Lists of things that have a name of their own (a question's `key`, a choice's `value`) are compared by
 * that name: a question put in front changes one line and not all that follow. A removed item has the index that it had
 * `before`, every other the one that it has `after`. When only the order differs, the list's own path tells both orders.
 */
export function configurationChanges(before: unknown, after: unknown): SettingChange[] {
  return compare("", asJson(before), asJson(after));
}

/** As it will be stored: `undefined` properties are not there. */
function asJson(value: unknown): Json {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json);
}

function compare(path: string, before: Json, after: Json): SettingChange[] {
  if (isObject(before) && isObject(after)) return compareObjects(path, before, after);
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(path, before, after);
  return isEqual(before, after) ? [] : [{ path, before, after }];
}

function compareObjects(path: string, before: JsonObject, after: JsonObject): SettingChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => compare(`${path}/${escapeKey(key)}`, before[key] ?? null, after[key] ?? null));
}

function compareLists(path: string, before: Json[], after: Json[]): SettingChange[] {
  const name = NAMED_BY.find((property) => isNamedBy(property, before) && isNamedBy(property, after));
  if (!name || before.length + after.length === 0) return isEqual(before, after) ? [] : [{ path, before, after }];

  const namesBefore = namesOf(name, before);
  const namesAfter = namesOf(name, after);
  const removed = namesBefore.flatMap((item, index) =>
    namesAfter.includes(item) ? [] : [{ path: `${path}/${index}`, before: before[index], after: null }],
  );
  const others = namesAfter.flatMap((item, index) =>
    compare(`${path}/${index}`, before[namesBefore.indexOf(item)] ?? null, after[index] ?? null),
  );
  const keptBefore = namesBefore.filter((item) => namesAfter.includes(item));
  const keptAfter = namesAfter.filter((item) => namesBefore.includes(item));
  const order = isEqual(keptBefore, keptAfter) ? [] : [{ path, before: namesBefore, after: namesAfter }];
  return [...order, ...removed, ...others];
}

function isNamedBy(property: string, items: Json[]): boolean {
  const names = items.map((item) => (isObject(item) ? item[property] : undefined));
  return names.every((name) => typeof name === "string") && new Set(names).size === names.length;
}

function namesOf(property: string, items: Json[]): string[] {
  return items.map((item) => (item as JsonObject)[property] as string);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON text would call objects different whose keys stand in another order; PostgreSQL and clients may reorder them. */
function isEqual(before: Json, after: Json): boolean {
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.length === after.length && before.every((item, index) => isEqual(item, after[index] ?? null));
  }
  if (isObject(before) && isObject(after)) return compareObjects("", before, after).length === 0;
  return before === after;
}

/** RFC 6901. */
function escapeKey(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
