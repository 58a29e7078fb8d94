/** What we read of a JSON Schema, and the annotations of contract/flows/spellings. */
export type JsonSchema = {
  type?: string;
  const?: unknown;
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  patternProperties?: Record<string, JsonSchema>;
  additionalProperties?: boolean | JsonSchema;
  minProperties?: number;
  items?: JsonSchema | JsonSchema[];
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  description?: string;
  "x-spelling"?: "formula" | "text" | "value";
  "x-gives"?: string;
  "x-takes"?: "open" | "private" | "secret";
  "x-reads"?: "people";
  "x-names"?: "node" | "variable" | "flow";
  "x-keys"?: "variable";
};

/** The fields that tell the members of a union of objects apart. */
const TELLING = ["type", "kind", "do"] as const;

/** The member of a union that a value means to be: by its telling field, else by its JSON type and the keys it has. */
export function schemaFor(schema: JsonSchema, value: unknown): JsonSchema {
  if (!schema.anyOf) return schema;
  const telling = tellingField(schema);
  if (telling && isMap(value)) {
    const said = Object.hasOwn(value, telling) ? value[telling] : undefined;
    return schema.anyOf.find((member) => member.properties?.[telling]?.const === said) ?? {};
  }
  const able = schema.anyOf.filter((member) => takesType(member, value));
  const best = able.toSorted((a, b) => keyFit(b, value) - keyFit(a, value))[0];
  return best ?? schema.anyOf[0] ?? {};
}

/** The field that every member of a union fixes to a word of its own, if there is one. */
export function tellingField(schema: JsonSchema): string | undefined {
  return TELLING.find((name) => schema.anyOf?.every((member) => member.properties?.[name]?.const !== undefined));
}

function takesType(schema: JsonSchema, value: unknown): boolean {
  if (schema.anyOf) return schema.anyOf.some((member) => takesType(member, value));
  if (schema.const !== undefined) return schema.const === value;
  if (schema.type === undefined) return true;
  if (schema.type === "integer" || schema.type === "number") return typeof value === "number";
  if (schema.type === "array") return Array.isArray(value);
  if (schema.type === "object") return isMap(value);
  return schema.type === typeof value;
}

/** How well an object's keys fit: known ones count for it, missing required ones and unknown ones against it. */
function keyFit(schema: JsonSchema, value: unknown): number {
  if (!isMap(value) || !schema.properties) return 0;
  const known = schema.properties;
  const keys = Object.keys(value);
  const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(value, name)).length;
  return keys.filter((name) => Object.hasOwn(known, name)).length * 2 - missing - keys.length;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
