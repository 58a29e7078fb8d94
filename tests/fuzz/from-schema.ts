import fc from "fast-check";

/** A JSON schema as the contract writes them. */
export type Schema = {
  type?: string;
  const?: unknown;
  anyOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  minItems?: number;
};

/** Texts that have hurt somebody: markup, control characters, overlong, half surrogates, quotes for SQL, template holes. */
export const EVIL_TEXTS = [
  "",
  " ",
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "'; DROP TABLE conversations; --",
  "\u0000\u0001\u001f",
  "\ud800",
  "\u202egnp.exe",
  "{{constructor.constructor('return 1')()}}",
  "../../../../etc/passwd",
  "__proto__",
  "💥".repeat(40),
  "a".repeat(20_000),
] as const;

const evil = fc.constantFrom(...EVIL_TEXTS);
const wrong = fc.oneof(
  evil,
  fc.constantFrom<unknown>(null, true, -1, 0, 1.5, 1e300, Number.MAX_SAFE_INTEGER + 1, [], {}, [[]], {
    __proto__: null,
  }),
  fc.array(fc.anything({ maxDepth: 1 }), { maxLength: 3 }),
);

/** Values that fit the schema, as far as schemas say; `known` gives values for ids, so that they may be somebody's. */
export function fitting(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => fitting(one, known)));
  if (schema.allOf)
    return fc.tuple(...schema.allOf.map((one) => fitting(one, known))).map((parts) => Object.assign({}, ...parts));
  switch (schema.type) {
    case "object": {
      if (schema.patternProperties) {
        const [value = {}] = Object.values(schema.patternProperties);
        return fc.dictionary(fc.constantFrom("en", "de", "pt-BR"), fitting(value, known), { maxKeys: 3 });
      }
      const fields = Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, one]) => [name, fitting(one, known)]),
      );
      return fc.record(fields, { requiredKeys: schema.required ?? [] });
    }
    case "array":
      return fc.array(fitting(schema.items ?? {}, known), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, Math.max(3, schema.minItems ?? 0)),
      });
    case "string":
      return fittingText(schema, known);
    case "integer":
      return fc.integer({
        min: Math.max(schema.minimum ?? -1000, -2147483648),
        max: Math.min(schema.maximum ?? 100_000, 2147483647),
      });
    case "number":
      return fc.double({
        noNaN: true,
        noDefaultInfinity: true,
        min: schema.minimum ?? -1e6,
        max: schema.maximum ?? 1e6,
      });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return fc.anything({ maxDepth: 1 });
  }
}

function fittingText(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.pattern?.includes("[0-9a-f]{12}")) return fc.oneof(fc.uuid({ version: 7 }), fc.constantFrom(...known));
  if (schema.pattern)
    return fc.stringMatching(new RegExp(schema.pattern)).filter((text) => text.length <= (schema.maxLength ?? 10_000));
  return fc.oneof(
    evil.map((text) => text.slice(0, schema.maxLength ?? 20_000)),
    fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 50, 50) }),
  );
}

/** Values that fit but for one thing: a field of the wrong type, gone, too much, or the whole replaced. */
export function nearly(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(fitting(schema, known), fc.nat(), wrong, fc.constantFrom("replace", "drop", "add"))
        .map(([value, place, other, how]) => mutate(value, { place, other, how })),
    },
    { weight: 1, arbitrary: wrong },
  );
}

type Mutation = { place: number; other: unknown; how: "replace" | "drop" | "add" };

/** Changes one place somewhere inside the value. */
function mutate(value: unknown, mutation: Mutation): unknown {
  if (value === null || typeof value !== "object") return mutation.other;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  const names = Object.keys(copy);
  if (mutation.how === "add" || names.length === 0) {
    copy.surplus = mutation.other;
    return copy;
  }
  const name = names[mutation.place % names.length] as string;
  const deeper = { ...mutation, place: Math.floor(mutation.place / names.length) };
  if (typeof copy[name] === "object" && copy[name] !== null && mutation.place % 2 === 0)
    copy[name] = mutate(copy[name], deeper);
  else if (mutation.how === "drop") delete copy[name];
  else copy[name] = mutation.other;
  return copy;
}
