import { type Static, Type } from "typebox";
import { closed } from "../closed.ts";
import { named, text } from "./spellings.ts";
import { NAME_PATTERN, PRIVACY_CLASSES } from "./words.ts";

const SIMPLE =
  "text|number|boolean|date|time|datetime|duration|choice|money|phone|email|address|file|consent|signature|map";
const NAMED = "(record|id):[A-Z][A-Za-z0-9_]{0,49}";
const ITEM = `(${SIMPLE}|${NAMED})\\??`;

/**
 * A type as an author writes it: a word, `record:Case`, `id:Case`, `list<…>` of those; `?` at the end lets it be null.
 * Money is `{amount: "12.50", currency: "EUR"}`, a date "YYYY-MM-DD", a time "HH:MM", a datetime ISO 8601 with offset.
 */
export const VariableType = Type.String({
  pattern: `^(${ITEM}|list<${ITEM}>\\??)$`,
  maxLength: 120,
  description: "text, number, boolean, …, record:Case, id:Case, list<text>; a ? at the end allows null",
});

export const PrivacyClass = closed(PRIVACY_CLASSES);

/** One input, output or variable. `default` is a literal. The privacy class travels with the value through every formula. */
export const VariableDefinition = Type.Object(
  {
    type: VariableType,
    label: Type.Optional(text(200)),
    required: Type.Optional(Type.Boolean({ description: "for inputs: refused without it" })),
    default: Type.Optional(Type.Unknown()),
    privacy: Type.Optional(PrivacyClass),
  },
  { additionalProperties: false },
);
export type VariableDefinition = Static<typeof VariableDefinition>;

export const Variables = named(NAME_PATTERN, VariableDefinition);
export type Variables = Record<string, VariableDefinition>;
