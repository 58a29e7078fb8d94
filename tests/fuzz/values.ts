import fc from "fast-check";
import type { TSchema } from "typebox";

type Loose = TSchema & {
  anyOf?: Loose[];
  const?: unknown;
  type?: string;
  pattern?: string;
  properties?: Record<string, Loose>;
  required?: string[];
  patternProperties?: Record<string, Loose>;
  items?: Loose;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
};

const UUID = "^[0-9a-f]{8}-";

/** Values that mostly fit a schema: enough of each kind to get past the edge and into the handlers. */
export function fitting(schema: TSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const loose = schema as Loose;
  if (loose.anyOf) return fc.oneof(...loose.anyOf.map((branch) => fitting(branch, ids)));
  if (loose.const !== undefined) return fc.constant(loose.const);
  switch (loose.type) {
    case "string":
      return text(loose, ids);
    case "integer":
      return fc.integer({ min: Math.max(loose.minimum ?? 0, -1000), max: Math.min(loose.maximum ?? 1e9, 1e9) });
    case "number":
      return fc.double({ noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(fitting(loose.items ?? {}, ids), { maxLength: 3 });
    case "object":
      return object(loose, ids);
    default:
      return fc.jsonValue();
  }
}

function text({ pattern, minLength = 0, maxLength = 60 }: Loose, ids: readonly string[]): fc.Arbitrary<string> {
  if (pattern?.startsWith(UUID)) return fc.oneof(fc.constantFrom(...ids), fc.uuid({ version: 7 }));
  if (pattern?.includes("@")) return fc.constantFrom("admin@clew.example", "nobody@clew.example");
  if (pattern) return fc.stringMatching(new RegExp(pattern)).map((value) => value.slice(0, maxLength));
  return fc.string({ unit: "grapheme", minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)) });
}

function object(
  { properties = {}, required = [], patternProperties }: Loose,
  ids: readonly string[],
): fc.Arbitrary<object> {
  const pattern = Object.values(patternProperties ?? {})[0];
  if (pattern) return fc.dictionary(fc.constantFrom("en", "de", "ja", "x-1"), fitting(pattern, ids), { maxKeys: 3 });
  const record = Object.fromEntries(Object.entries(properties).map(([key, item]) => [key, fitting(item, ids)]));
  return fc.record(record, { requiredKeys: required as never });
}

const ODD: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  "",
  "\0",
  "\ud800",
  "x".repeat(20_000),
  "<script>alert(1)</script>",
  "'; DROP TABLE events; --",
  "../../../etc/passwd",
  [],
  {},
  [[[[[]]]]],
  { $ref: "#" },
  "__proto__",
  "constructor",
];

/** A value with one of its parts replaced, removed or added. */
export function mutated(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== "object" || value === null) return fc.constantFrom(...ODD);
  const keys = Object.keys(value);
  if (keys.length === 0) return fc.constantFrom(...ODD);
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...ODD) },
    {
      weight: 4,
      arbitrary: fc
        .constantFrom(...keys)
        .chain((key) => mutated((value as Record<string, unknown>)[key]).map((part) => put(value, key, part))),
    },
    { weight: 1, arbitrary: fc.constantFrom(...keys).map((key) => put(value, key, undefined)) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD).map((part) => put(value, "surplus", part)) },
  );
}

function put(value: object, key: string, part: unknown): unknown {
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? part : item));
  return { ...value, [key]: part };
}
