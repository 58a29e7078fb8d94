import type { WhereValue } from "../engine/operation.ts";
import type { Value } from "../expressions/expression.ts";

type Fields = Readonly<Record<string, Value>>;

/** Whether a record fits all conditions. The one meaning of the operators, for every kind of record, also in simulations. */
export function fits(record: Fields, where: readonly WhereValue[]): boolean {
  return where.every(([field, operator, wanted]) => {
    const held = at(record, field);
    switch (operator) {
      case "eq":
        return same(held, wanted);
      case "eqi":
        return lower(held) === lower(wanted);
      case "ne":
        return !same(held, wanted);
      case "in":
        return Array.isArray(wanted) && wanted.some((one) => same(held, one));
      case "contains":
        if (Array.isArray(held)) return held.some((one) => same(one, wanted));
        return held !== null && wanted !== null && String(lower(held)).includes(String(lower(wanted)));
      case "startsWith":
        return held !== null && wanted !== null && String(lower(held)).startsWith(String(lower(wanted)));
      case "isNull":
        return (held === null || held === "") === (wanted === true);
      default:
        return ordered(held, wanted, operator);
    }
  });
}

/** A field by its path; null where there is none. */
export function at(record: Fields, path: string): Value {
  let value: Value = record as Value;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, name)) return null;
    value = (value as Fields)[name] ?? null;
  }
  return value;
}

/** Records in order; nulls come last. */
export function sorted<T extends Fields>(
  records: readonly T[],
  sort: readonly (readonly [string, "asc" | "desc"])[],
): T[] {
  return [...records].sort((a, b) => {
    for (const [field, way] of sort) {
      const [one, other] = [at(a, field), at(b, field)];
      if (same(one, other)) continue;
      if (one === null || other === null) return one === null ? 1 : -1;
      return (one < other ? -1 : 1) * (way === "asc" ? 1 : -1);
    }
    return 0;
  });
}

function same(one: Value, other: Value): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function lower(value: Value): Value {
  return typeof value === "string" ? value.toLowerCase() : value;
}

function ordered(held: Value, wanted: Value, operator: string): boolean {
  if (held === null || wanted === null || typeof held !== typeof wanted) return false;
  switch (operator) {
    case "lt":
      return held < wanted;
    case "le":
      return held <= wanted;
    case "gt":
      return held > wanted;
    default:
      return held >= wanted;
  }
}

/** The named fields of a record, and what it is known by. */
export function picked(record: Fields, fields: readonly string[]): Record<string, Value> {
  const roots = new Set(["id", "version", ...fields.map((field) => field.split(".")[0] ?? field)]);
  return Object.fromEntries(Object.entries(record).filter(([name]) => roots.has(name)));
}
