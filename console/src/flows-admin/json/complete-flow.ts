import { Flow } from "@clew/contract/flows/definition";
import { type JsonSchema, schemaFor, tellingField } from "@clew/domain/flows/format/schema";
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { isPlain } from "../../admin/editing/same.ts";
import { readAt } from "../model/json-at.ts";
import { nodesOf } from "../model/rough.ts";
import { placeAt } from "./json-places.ts";

/** The last text that could be read: while one writes, the text is broken for moments. */
let lastRead: unknown = null;

/** Offers names of fields, words of closed lists and ids of steps, as the schema has them at the cursor. */
export function completeFlow(context: CompletionContext): CompletionResult | null {
  const { state, pos } = context;
  const word = context.matchBefore(/"[^"]*/);
  if (!word && !context.explicit) return null;
  const text = state.doc.toString();
  try {
    lastRead = JSON.parse(text);
  } catch {
    // What was read before is near enough to tell kinds of steps apart.
  }
  const { steps, isName } = placeAt(state, pos);
  const from = word?.from ?? pos;
  const closing = state.sliceDoc(pos, pos + 1) === '"' ? pos + 1 : pos;
  const options = isName ? namesAt(lastRead, steps) : valuesAt(lastRead, steps);
  return options.length === 0 ? null : { from, to: closing, options };
}

/** The fields that may stand in the object at `steps`, without those that do. */
export function namesAt(definition: unknown, steps: (string | number)[]): Completion[] {
  const schema = schemaAt(definition, steps);
  const there = readAt(definition, steps);
  const taken = isPlain(there) ? Object.keys(there) : [];
  return Object.entries(fieldsOf(schema, there))
    .filter(([name]) => !taken.includes(name))
    .map(([name, { description }]) => ({
      label: JSON.stringify(name),
      type: "property",
      ...(description ? { detail: description } : {}),
    }));
}

/** The words that may stand at `steps`: a closed list, truths, ids of steps. */
export function valuesAt(definition: unknown, steps: (string | number)[]): Completion[] {
  const schema = schemaAt(definition, steps);
  const words = (schema.anyOf ?? [schema]).flatMap((member) => (member.const === undefined ? [] : [member.const]));
  const telling = kindsAt(definition, steps);
  const ids = schema["x-names"] === "node" ? [...nodesOf(definition).keys()] : [];
  const truths = (schema.anyOf ?? [schema]).some(({ type }) => type === "boolean") ? [true, false] : [];
  return [...new Set([...telling, ...words, ...ids, ...truths])].map((value) => ({
    label: JSON.stringify(value),
    type: "constant",
  }));
}

/** All words of the field that tells a union's members apart, such as the types of steps. */
function kindsAt(definition: unknown, steps: (string | number)[]): unknown[] {
  const name = steps.at(-1);
  const around = unionAt(definition, steps.slice(0, -1));
  const telling = tellingField(around);
  return telling !== undefined && telling === name
    ? (around.anyOf ?? []).flatMap((member) => member.properties?.[telling]?.const ?? [])
    : [];
}

function fieldsOf(schema: JsonSchema, value: unknown): Record<string, JsonSchema> {
  const telling = tellingField(schema);
  if (!schema.anyOf) return schema.properties ?? {};
  if (telling && !(isPlain(value) && typeof value[telling] === "string")) return { [telling]: {} };
  return schemaFor(schema, value).properties ?? {};
}

function schemaAt(definition: unknown, steps: (string | number)[]): JsonSchema {
  const union = unionAt(definition, steps);
  const value = readAt(definition, steps);
  return isPlain(value) ? schemaFor(union, value) : union;
}

/** The schema at a place, a union not yet narrowed by what stands there. */
function unionAt(definition: unknown, steps: (string | number)[]): JsonSchema {
  let schema = Flow as JsonSchema;
  let value = definition;
  for (const step of steps) {
    const narrow = schemaFor(schema, value);
    const items = narrow.items;
    schema =
      narrow.properties?.[step] ??
      Object.values(narrow.patternProperties ?? {})[0] ??
      (Array.isArray(items) ? items[Number(step)] : items) ??
      {};
    value = readAt(value, [step]);
  }
  return schema;
}
