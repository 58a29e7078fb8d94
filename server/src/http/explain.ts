import type { TSchema } from "typebox";
import { Value } from "typebox/value";

/** Why a value does not fit: a JSON pointer to the place and a sentence about it. */
export type Misfit = { field: string; detail: string };

type Loose = TSchema & {
  anyOf?: Loose[];
  const?: unknown;
  type?: string;
  properties?: Record<string, Loose>;
  required?: string[];
  additionalProperties?: boolean | Loose;
  patternProperties?: Record<string, Loose>;
  items?: Loose;
  minItems?: number;
  maxItems?: number;
};

/**
 * The first misfit of a value, told in the words of the form it comes closest to: of a union of commands, the one whose
 * `type` it carries. Only called once a value is known not to fit, so it may take its time.
 */
export function explain(schema: TSchema, value: unknown): Misfit {
  return misfit(schema as Loose, value, "") ?? { field: "", detail: "The input does not have the expected form." };
}

function misfit(schema: Loose, value: unknown, at: string): Misfit | null {
  if (Value.Check(schema, value)) return null;
  if (schema.anyOf) return inUnion(schema.anyOf, value, at);
  if (schema.type === "object") return inObject(schema, value, at);
  if (schema.type === "array") return inArray(schema, value, at);
  const said = Value.Errors(schema, value)[0]?.message ?? "does not have the expected form";
  return { field: at, detail: `${name(at)} ${said}.` };
}

function inUnion(branches: Loose[], value: unknown, at: string): Misfit {
  const words = branches.filter((branch) => branch.const !== undefined);
  if (words.length === branches.length) return oneOf(words, at);

  const others = branches.filter((branch) => branch.type !== "null");
  if (others.length === 1 && others[0]) return misfit(others[0], value, at) ?? wrongForm(at);

  const key = discriminator(others);
  if (!key || !isObject(value)) return wrongForm(at);
  const chosen = others.find((branch) => branch.properties?.[key]?.const === value[key]);
  if (chosen) return misfit(chosen, value, at) ?? wrongForm(at);
  return oneOf(
    others.map((branch) => branch.properties?.[key] as Loose),
    `${at}/${key}`,
  );
}

/** The property that tells the branches apart: a literal in each of them. */
function discriminator(branches: Loose[]): string | undefined {
  const keys = Object.keys(branches[0]?.properties ?? {});
  return keys.find((key) => branches.every((branch) => branch.properties?.[key]?.const !== undefined));
}

function inObject(schema: Loose, value: unknown, at: string): Misfit {
  if (!isObject(value)) return { field: at, detail: `${name(at)} must be an object.` };
  const properties = schema.properties ?? {};
  for (const key of schema.required ?? []) {
    if (!Object.hasOwn(value, key)) return { field: below(at, key), detail: `${name(below(at, key))} is missing.` };
  }
  for (const [key, item] of Object.entries(value)) {
    const place = below(at, key);
    const known = properties[key] ?? patterned(schema, key);
    if (known) {
      const inner = misfit(known, item, place);
      if (inner) return inner;
    } else if (schema.additionalProperties === false) {
      return { field: place, detail: `${name(place)} is not known here.` };
    }
  }
  return wrongForm(at);
}

function patterned(schema: Loose, key: string): Loose | undefined {
  const found = Object.entries(schema.patternProperties ?? {}).find(([pattern]) => new RegExp(pattern, "u").test(key));
  return found?.[1];
}

function inArray(schema: Loose, value: unknown, at: string): Misfit {
  if (!Array.isArray(value)) return { field: at, detail: `${name(at)} must be a list.` };
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
  if (value.length > maxItems) return { field: at, detail: `${name(at)} has more than ${maxItems} items.` };
  if (value.length < minItems) return { field: at, detail: `${name(at)} has fewer than ${minItems} items.` };
  for (const [index, item] of value.entries()) {
    const inner = schema.items ? misfit(schema.items, item, `${at}/${index}`) : null;
    if (inner) return inner;
  }
  return wrongForm(at);
}

function oneOf(words: Loose[], at: string): Misfit {
  const list = words.map((word) => JSON.stringify(word.const)).join(", ");
  return { field: at, detail: `${name(at)} must be one of ${list}.` };
}

function wrongForm(at: string): Misfit {
  return { field: at, detail: `${name(at)} does not have the expected form.` };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function below(at: string, key: string): string {
  return `${at}/${key.slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function name(at: string): string {
  return at === "" ? "The input" : `\`${at}\``;
}
