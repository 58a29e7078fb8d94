/** What formulas compute with: JSON. Dates, times, datetimes and durations are ISO 8601 texts. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value };

export type ValueMap = { readonly [name: string]: Value };

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is ValueMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * What data holds under a name of its own, null for anything else: what is inherited, what a getter would have to
 * compute, and what is no JSON.
 */
export function ownValue(of: object, name: string | number): Value {
  const held: unknown = Object.getOwnPropertyDescriptor(of, name)?.value;
  switch (typeof held) {
    case "string":
    case "number":
    case "boolean":
    case "object":
      return held as Value;
    default:
      return null;
  }
}

/** A map that inherits nothing. */
export function mapOf(entries: Iterable<readonly [string, Value]>): ValueMap {
  const map: Record<string, Value> = Object.create(null);
  for (const [name, value] of entries) map[name] = value;
  return map;
}

/** The word for a kind of value in messages. */
export function kindOf(value: Value): string {
  if (value === null) return "nothing";
  if (typeof value === "object") return isList(value) ? "a list" : "a map";
  return typeof value === "string" ? "a text" : typeof value === "number" ? "a number" : "true or false";
}
