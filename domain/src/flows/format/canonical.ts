import { Flow } from "@clew/contract/flows/definition";
import { type JsonSchema, schemaFor } from "./schema.ts";

const WIDTH = 120;

/**
 * The one way to write a flow into a file: keys in the order of the schema, unknown ones after them as they stood, names
 * of nodes and variables as the author ordered them; two spaces; lists without objects on one line where they fit; a
 * line end at the end. What is written so and read again is written the same, byte by byte.
 */
export function canonicalText(flow: unknown): string {
  return `${print(ordered(flow, Flow as JsonSchema), 0, 0)}\n`;
}

/** What the content hash is taken of: the flow alone, free of spaces and of the order of names in maps. */
export function hashInput(flow: unknown): string {
  return JSON.stringify(sorted(flow));
}

function ordered(value: unknown, schema: JsonSchema | undefined): unknown {
  const fitting = schema ? schemaFor(schema, value) : undefined;
  if (Array.isArray(value)) {
    const { items } = fitting ?? {};
    return value.map((item, index) => ordered(item, Array.isArray(items) ? items[index] : items));
  }
  if (!isMap(value)) return value;
  const known = fitting?.properties ?? {};
  const names = Object.keys(known).filter((name) => Object.hasOwn(value, name));
  const others = Object.keys(value).filter((name) => !Object.hasOwn(known, name));
  const ofOthers = Object.values(fitting?.patternProperties ?? {})[0];
  return fromEntries([
    ...names.map((name) => [name, ordered(value[name], known[name])] as const),
    ...others.map((name) => [name, ordered(value[name], ofOthers)] as const),
  ]);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  return fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])] as const),
  );
}

function print(value: unknown, depth: number, used: number): string {
  const inner = "  ".repeat(depth + 1);
  const outer = "  ".repeat(depth);
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    const line = oneLine(value);
    if (line && used + line.length + 1 <= WIDTH) return line;
    return `[\n${value.map((item) => inner + print(item, depth + 1, inner.length)).join(",\n")}\n${outer}]`;
  }
  if (!isMap(value)) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return "{}";
  const lines = entries.map(([name, item]) => {
    const start = `${inner}${JSON.stringify(name)}: `;
    return start + print(item, depth + 1, start.length);
  });
  return `{\n${lines.join(",\n")}\n${outer}}`;
}

/** A list of plain values, or of lists of them; null when it holds an object. */
function oneLine(list: unknown[]): string | null {
  const parts: string[] = [];
  for (const item of list) {
    const part = Array.isArray(item) ? oneLine(item) : isMap(item) ? null : (JSON.stringify(item) ?? "null");
    if (part === null) return null;
    parts.push(part);
  }
  return `[${parts.join(", ")}]`;
}

type Entry = readonly [string, unknown];

/** Keeps a key called __proto__ what it is in JSON: a key. */
function fromEntries(entries: Entry[]): Record<string, unknown> {
  return Object.fromEntries(entries);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
