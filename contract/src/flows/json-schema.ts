import { Flow } from "./definition.ts";

type Json = { [name: string]: unknown };

/** Fields by whose fixed word a part of the schema is called: node.route, component.choice. */
const CALLED: Record<string, string> = { type: "node", kind: "component" };

/**
 * The schema of flow/1 as JSON Schema 2020-12, as it is published: nodes, components and whatever comes again and
 * again once each, under `$defs`. The
 * annotations `x-…` are explained in spellings.ts.
 */
export function flowJsonSchema(): Json {
  const defs: Json = {};
  const { $schema: _, ...schema } = plain(Flow, defs, true) as Json;
  const $defs = Object.fromEntries(Object.entries(defs).sort(([one], [other]) => (one < other ? -1 : 1)));
  return { $schema: "https://json-schema.org/draft/2020-12/schema", $id: "flow/1", ...schema, $defs };
}

function plain(value: unknown, defs: Json, isRoot = false): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, defs));
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Json;
  const name = isRoot ? undefined : nameOf(fields);
  const copy = Object.fromEntries(Object.entries(fields).flatMap((entry) => translated(entry, defs)));
  if (name === undefined) return copy;
  defs[name] ??= copy;
  return { $ref: `#/$defs/${name}` };
}

/** Tuples are written in the older way; the published schema has them in that of 2020-12. */
function translated([name, value]: [string, unknown], defs: Json): [string, unknown][] {
  if (name === "additionalItems") return [];
  if (name !== "items" || !Array.isArray(value)) return [[name, plain(value, defs)]];
  return [
    ["prefixItems", plain(value, defs)],
    ["items", false],
  ];
}

/** Nodes and components by their word, and the fields that come again and again by what they are. */
function nameOf(schema: Json): string | undefined {
  for (const [field, called] of Object.entries(CALLED)) {
    const word = ((schema.properties as Json | undefined)?.[field] as Json | undefined)?.const;
    if (typeof word === "string") return `${called}.${word}`;
  }
  const first = (schema.anyOf as Json[] | undefined)?.[0];
  if (first?.["x-reads"] === "people") return `words.${first.maxLength}.${first["x-takes"]}`;
  if (schema["x-spelling"] === "formula") return `formula.${schema["x-gives"]}.${schema["x-takes"]}`;
  return schema["x-gives"] === "duration" ? "duration" : undefined;
}
