import { type Static, type TObjectOptions, type TSchema, Type } from "typebox";
import { KEY_PATTERN, NAME_PATTERN, OBJECT_PATTERN } from "./words.ts";

/**
 * How values are written in a definition. Every field says in its schema what it takes; editor and linter read it there:
 * - `x-spelling`: `formula` ("=…" only) · `text` (literal, holes or formula; gives text) · `value` (any of the three, at
 *   any depth of a list or map). Without it a field is literal.
 * - `x-gives`: the type that a formula of this field must have.
 * - `x-takes`: the highest privacy class that may flow into it; `open` when absent.
 * - `x-reads`: `people` for words that people read, as against addresses, names and keys.
 * - `x-names`: what a literal names: `node`, `variable`, `flow`; `x-keys` the same of a map's keys.
 */
export type Spelling = "formula" | "text" | "value";

export const Name = Type.String({ pattern: NAME_PATTERN, description: "a name of your choice" });
export const FlowKey = Type.String({ pattern: KEY_PATTERN, "x-names": "flow", description: "key of a flow" });
export const ObjectName = Type.String({ pattern: OBJECT_PATTERN, description: "name of an object, such as Case" });

/** A map whose keys follow a pattern; a key that does not is refused. */
export function named<const S extends TSchema>(pattern: string, schema: S, options: TObjectOptions = {}) {
  return Type.Record(Type.String({ pattern }), schema, { ...options, additionalProperties: false });
}

/** The id of a node, or inside a loop's body `$continue` and `$break`. */
export const Link = Type.String({
  pattern: "^([a-z][A-Za-z0-9_]{0,49}|\\$continue|\\$break)$",
  "x-names": "node",
  description: "id of the node that comes next",
});

/** A variable, or a member of a map in one: `prechat.orderNo`. */
export const VariablePath = Type.String({
  pattern: "^[a-z][A-Za-z0-9_]{0,49}(\\.[A-Za-z][A-Za-z0-9_]{0,49}){0,5}$",
  "x-names": "variable",
  description: "variable that takes the value",
});

/** "=…" and nothing else. `gives` is the type it must have. */
export function formula(gives: string, takes = "secret") {
  return Type.String({
    pattern: "^=",
    minLength: 2,
    maxLength: 2001,
    "x-spelling": "formula",
    "x-gives": gives,
    "x-takes": takes,
    description: `formula that gives ${gives}`,
  });
}

/** A literal, a formula, or a text with holes; lists and maps of them. `gives` is the type it must have, if any. */
export function value(takes = "secret", gives?: string) {
  return Type.Unknown({ "x-spelling": "value", "x-takes": takes, ...(gives ? { "x-gives": gives } : {}) });
}

const spelledText = (maxLength: number, takes: string, more = {}) =>
  Type.String({ maxLength, "x-spelling": "text", "x-gives": "text", "x-takes": takes, ...more });

const forPeople = { "x-reads": "people" };

/** What people read: one text, or one per language; each may have holes `{{ … }}`. */
export function text(maxLength = 4000, takes = "open") {
  return Type.Union([
    spelledText(maxLength, takes, forPeople),
    named("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", spelledText(maxLength, takes, forPeople), {
      minProperties: 1,
      description: "one text per language",
    }),
  ]);
}
export type FlowText = string | Record<string, string>;

/** One line with holes that is not a sentence for people: a path, a header, a key. */
export function line(maxLength = 2000, takes = "open") {
  return spelledText(maxLength, takes);
}

const ISO_DURATION = "P(?=.)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d{1,3})?S)?)?";

/** ISO 8601, such as "PT90S", "P7D". */
export const LiteralDuration = Type.String({ pattern: `^${ISO_DURATION}$`, description: "ISO 8601 length of time" });

/** ISO 8601, or a formula that gives a duration. */
export const FlowDuration = Type.String({
  pattern: `^(${ISO_DURATION}|=.+)$`,
  maxLength: 2001,
  "x-spelling": "text",
  "x-gives": "duration",
  "x-takes": "private",
  description: "ISO 8601 length of time, or a formula that gives one",
});

/** Secrets cannot be asked about: the engine holds only a reference to them. */
export const Condition = formula("boolean", "private");
export type Condition = Static<typeof Condition>;

export const RequiredWhen = Type.Union([Type.Boolean(), Condition]);
