import { Flow, FlowNode } from "@clew/contract/flows/definition";
import { type JsonSchema, schemaFor, tellingField } from "@clew/domain/flows/format/schema";

export type { JsonSchema };

/** The schema of a step of that type; of an unknown type one that says nothing. */
export function nodeSchema(type: string): JsonSchema {
  return schemaFor(FlowNode as JsonSchema, { type });
}

/** The flow without its steps. */
export function flowSchema(): JsonSchema {
  const { nodes: _, ...properties } = (Flow as JsonSchema).properties ?? {};
  return { ...(Flow as JsonSchema), properties };
}

/** By what a value is edited. `words`: one text or one per language. `any`: text, number, formula or JSON in one line. */
export type FieldKind =
  | "link"
  | "choice"
  | "boolean"
  | "number"
  | "text"
  | "words"
  | "list"
  | "tuple"
  | "map"
  | "object"
  | "variants"
  | "any";

export function fieldKind(schema: JsonSchema): FieldKind {
  if (schema["x-names"] === "node") return "link";
  if (schema.anyOf) return unionKind(schema.anyOf);
  if (schema.type === "boolean") return "boolean";
  if (schema.type === "integer" || schema.type === "number") return "number";
  if (schema.type === "string") return "text";
  if (schema.type === "array") return Array.isArray(schema.items) ? "tuple" : "list";
  if (schema.type === "object") return schema.patternProperties ? "map" : "object";
  return "any";
}

function unionKind(members: JsonSchema[]): FieldKind {
  if (members.every(({ const: word }) => word !== undefined)) return "choice";
  if (members.some((member) => member["x-reads"] === "people") && members.length === 2 && members[1]?.type === "object")
    return "words";
  return members.every(({ type }) => type === "object") ? "variants" : "any";
}

/** The members of a union of objects, each with its name: its telling word, or the field that only it demands. */
export function variantsOf(schema: JsonSchema): { name: string; schema: JsonSchema }[] {
  const telling = tellingField(schema);
  const members = schema.anyOf ?? [];
  return members.map((member) => {
    const word = telling === undefined ? undefined : member.properties?.[telling]?.const;
    const own = member.required?.find((name) =>
      members.every((other) => other === member || !other.required?.includes(name)),
    );
    return { name: typeof word === "string" ? word : (own ?? member.required?.[0] ?? ""), schema: member };
  });
}

/** The member that a value means to be. */
export function variantFor(schema: JsonSchema, value: unknown): { name: string; schema: JsonSchema } | undefined {
  const member = schemaFor(schema, value);
  return variantsOf(schema).find((variant) => variant.schema === member);
}

/** The words of a closed list. */
export function choicesOf(schema: JsonSchema): string[] {
  return (schema.anyOf ?? []).flatMap(({ const: word }) => (typeof word === "string" ? [word] : []));
}

/** What a map's values follow. */
export function mapValueSchema(schema: JsonSchema): JsonSchema {
  return Object.values(schema.patternProperties ?? {})[0] ?? {};
}

/** The least value of a schema, to be filled in. */
export function leastValue(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  switch (fieldKind(schema)) {
    case "choice":
      return choicesOf(schema)[0];
    case "boolean":
      return true;
    case "number":
      return schema.minimum ?? 0;
    case "list": {
      const item = Array.isArray(schema.items) ? {} : (schema.items ?? {});
      return Array.from({ length: schema.minItems ?? 0 }, () => leastValue(item));
    }
    case "tuple":
      return (schema.items as JsonSchema[]).map((item) => leastValue(item));
    case "object":
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, leastValue(schema.properties?.[name] ?? {})]),
      );
    case "map":
      return {};
    case "variants":
      return leastValue(schema.anyOf?.[0] ?? {});
    default:
      return schema["x-spelling"] === "formula" ? "=" : "";
  }
}
