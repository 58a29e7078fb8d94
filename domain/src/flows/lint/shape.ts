import { Flow } from "@clew/contract/flows/definition";
import type { Finding } from "@clew/contract/flows/lint";
import { isRefusedName } from "../expressions/names.ts";
import { type JsonSchema, schemaFor, tellingField } from "../format/schema.ts";
import { below, error, isMap } from "./finding.ts";
import { didYouMean } from "./nearest.ts";

/** A string of the flow that may hold a formula or holes, and what its field says of it. */
export type Place = {
  path: string;
  text: string;
  spelling: "formula" | "text" | "value";
  /** The type that the field asks for; not for strings inside of a list or map. */
  gives?: string;
  takes: "open" | "private" | "secret";
  /** Words that people read. */
  people?: true;
};

/** A field of spelling `value` as a whole, whatever it holds. */
export type ValuePlace = { path: string; value: unknown; gives?: string };

export type Shape = {
  findings: Finding[];
  places: Place[];
  values: ValuePlace[];
  /** Every text and where it stands, spelled or not. */
  texts: { path: string; text: string }[];
  /** Literals that name something: links, variables, flows. */
  named: { path: string; name: string; what: "node" | "variable" | "flow" }[];
};

const MAX_DEPTH = 40;
const NAME_START = "^[a-z][A-Za-z0-9_]";

/** Holds a value against the schema of flows. Never throws; a part that does not fit is told and not looked into. */
export function shapeOf(flow: unknown): Shape {
  const shape: Shape = { findings: [], places: [], values: [], texts: [], named: [] };
  walk(shape, Flow as JsonSchema, flow, "");
  return shape;
}

function walk(shape: Shape, schema: JsonSchema, value: unknown, path: string): void {
  if (schema["x-spelling"] === "value") {
    const gives = schema["x-gives"];
    shape.values.push({ path, value, ...(gives ? { gives } : {}) });
    walkValue(shape, value, path, { takes: schema["x-takes"] ?? "open", ...(gives ? { gives } : {}) }, 0);
  } else if (schema.anyOf) {
    walkUnion(shape, schema, value, path);
  } else if (schema.type === "object") {
    walkObject(shape, schema, value, path);
  } else if (schema.type === "array") {
    walkArray(shape, schema, value, path);
  } else if (schema.type === "string") {
    walkText(shape, schema, value, path);
  } else {
    const problem = scalarProblem(schema, value);
    if (problem) tell(shape, path, problem);
    if (schema.type === undefined && schema.const === undefined) walkLiteral(shape, value, path);
  }
}

function walkUnion(shape: Shape, schema: JsonSchema, value: unknown, path: string): void {
  const members = schema.anyOf ?? [];
  if (members.every((member) => member.const !== undefined)) {
    const words = members.map((member) => String(member.const));
    if (!members.some((member) => member.const === value)) {
      shape.findings.push(error("unknown-word", path, `must be one of ${words.join(", ")}`, meant(value, words)));
    }
    return;
  }
  const telling = tellingField(schema);
  if (telling && isMap(value)) {
    const words = members.map((member) => String(member.properties?.[telling]?.const));
    const said = Object.hasOwn(value, telling) ? value[telling] : undefined;
    if (said === undefined) {
      shape.findings.push(error("missing-field", path, `${telling} is missing`));
      return;
    }
    if (!words.includes(said as string)) {
      const message = `there is no ${telling} ${quoted(said)}`;
      shape.findings.push(error("unknown-word", below(path, telling), message, meant(said, words)));
      return;
    }
  }
  walk(shape, schemaFor(schema, value), value, path);
}

function walkObject(shape: Shape, schema: JsonSchema, value: unknown, path: string): void {
  if (!isMap(value)) {
    tell(shape, path, "must be an object");
    return;
  }
  const known = schema.properties ?? {};
  const [names] = Object.entries(schema.patternProperties ?? {});
  for (const name of schema.required ?? []) {
    if (!Object.hasOwn(value, name)) {
      shape.findings.push(error("missing-field", below(path, name), `${name} is missing`));
    }
  }
  for (const [name, member] of Object.entries(value)) {
    const at = below(path, name);
    if (Object.hasOwn(known, name)) {
      walk(shape, known[name]!, member, at);
    } else if (names) {
      const [pattern, item] = names;
      if (isRefusedName(name)) shape.findings.push(error("forbidden-name", at, `${name} may not be a name`));
      else if (!patternOf(pattern).test(name)) tell(shape, at, `${quoted(name)} is not a name: ${NAME_RULE}`);
      else {
        if (schema["x-keys"]) shape.named.push({ path: at, name, what: schema["x-keys"] });
        walk(shape, item, member, at);
      }
    } else if (schema.additionalProperties === false) {
      const message = `there is no field ${quoted(name)} here`;
      shape.findings.push(error("unknown-field", at, message, meant(name, Object.keys(known))));
    }
  }
  if (Object.keys(value).length < (schema.minProperties ?? 0)) tell(shape, path, "must not be empty");
}

const NAME_RULE = "a small letter, then letters, digits and _, 50 at most";

function walkArray(shape: Shape, schema: JsonSchema, value: unknown, path: string): void {
  if (!Array.isArray(value)) {
    tell(shape, path, "must be a list");
    return;
  }
  if (value.length < (schema.minItems ?? 0)) tell(shape, path, `needs ${schema.minItems} or more entries`);
  const most = Array.isArray(schema.items) ? schema.items.length : schema.maxItems;
  if (most !== undefined && value.length > most) tell(shape, path, `takes ${most} entries at most`);
  for (const [index, item] of value.slice(0, most).entries()) {
    const itemSchema = Array.isArray(schema.items) ? schema.items[index] : schema.items;
    if (itemSchema) walk(shape, itemSchema, item, below(path, index));
  }
}

function walkText(shape: Shape, schema: JsonSchema, value: unknown, path: string): void {
  const problem = scalarProblem(schema, value);
  if (problem) {
    tell(shape, path, problem);
    return;
  }
  const text = value as string;
  shape.texts.push({ path, text });
  const isName = schema.pattern?.startsWith(NAME_START) || schema["x-names"] !== undefined;
  const refused = isName ? text.split(".").find(isRefusedName) : undefined;
  if (refused) shape.findings.push(error("forbidden-name", path, `${refused} may not be a name`));
  else if (schema["x-names"]) shape.named.push({ path, name: text, what: schema["x-names"] });
  const spelling = schema["x-spelling"];
  if (!spelling) return;
  const gives = schema["x-gives"];
  const people = schema["x-reads"] === "people" ? ({ people: true } as const) : {};
  shape.places.push({
    path,
    text,
    spelling,
    takes: schema["x-takes"] ?? "open",
    ...(gives ? { gives } : {}),
    ...people,
  });
}

/** A free value: every text in it may be a formula. */
function walkValue(
  shape: Shape,
  value: unknown,
  path: string,
  field: Pick<Place, "gives" | "takes">,
  depth: number,
): void {
  if (depth > MAX_DEPTH) {
    tell(shape, path, "is nested too deep");
    return;
  }
  if (typeof value === "string") {
    shape.texts.push({ path, text: value });
    shape.places.push({ path, text: value, spelling: "value", ...field });
    return;
  }
  for (const [key, item] of membersOf(value)) {
    if (isRefusedName(key)) shape.findings.push(error("forbidden-name", below(path, key), `${key} may not be a name`));
    else walkValue(shape, item, below(path, key), { takes: field.takes }, depth + 1);
  }
}

/** A value without formulas, such as a default. */
function walkLiteral(shape: Shape, value: unknown, path: string, depth = 0): void {
  if (depth > MAX_DEPTH) {
    tell(shape, path, "is nested too deep");
    return;
  }
  if (typeof value === "string") shape.texts.push({ path, text: value });
  for (const [key, item] of membersOf(value)) {
    if (isRefusedName(key)) shape.findings.push(error("forbidden-name", below(path, key), `${key} may not be a name`));
    else walkLiteral(shape, item, below(path, key), depth + 1);
  }
}

function membersOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function scalarProblem(schema: JsonSchema, value: unknown): string | null {
  if (schema.const !== undefined) return value === schema.const ? null : `must be ${JSON.stringify(schema.const)}`;
  if (schema.type === "string") return typeof value === "string" ? textProblem(schema, value) : "must be a text";
  if (schema.type === "boolean") return typeof value === "boolean" ? null : "must be true or false";
  if (schema.type !== "number" && schema.type !== "integer") return null;
  if (typeof value !== "number" || !Number.isFinite(value)) return "must be a number";
  if (schema.type === "integer" && !Number.isInteger(value)) return "must be a whole number";
  if (schema.minimum !== undefined && value < schema.minimum) return `must be ${schema.minimum} or more`;
  if (schema.maximum !== undefined && value > schema.maximum) return `must be ${schema.maximum} or less`;
  if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum) {
    return `must be more than ${schema.exclusiveMinimum}`;
  }
  return null;
}

function textProblem(schema: JsonSchema, text: string): string | null {
  if (text.length < (schema.minLength ?? 0)) return text === "" ? "must not be empty" : "is too short";
  if (schema.maxLength !== undefined && text.length > schema.maxLength) {
    return `takes ${schema.maxLength} characters at most`;
  }
  if (schema.pattern === undefined || patternOf(schema.pattern).test(text)) return null;
  if (schema["x-spelling"] === "formula") return 'must be a formula, written "=…"';
  return schema.description ? `must be: ${schema.description}` : `does not have the form ${schema.pattern}`;
}

const patterns = new Map<string, RegExp>();

/** The schema has a few dozen patterns; reading one anew for every name would be most of the work. */
function patternOf(source: string): RegExp {
  const known = patterns.get(source) ?? new RegExp(source, "u");
  patterns.set(source, known);
  return known;
}

function tell(shape: Shape, path: string, problem: string): void {
  const code = /^\/nodes\/[^/]+\/max$/.test(path) ? "loop-limit" : "shape";
  shape.findings.push(error(code, path, problem));
}

function meant(said: unknown, words: string[]): { suggestion?: string } {
  return typeof said === "string" ? didYouMean(said, words) : {};
}

function quoted(said: unknown): string {
  const text = typeof said === "string" ? said : (JSON.stringify(said) ?? "undefined");
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
