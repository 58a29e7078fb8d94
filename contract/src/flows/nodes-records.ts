import { type Static, Type } from "typebox";
import { closed } from "../closed.ts";
import { Next, node, values } from "./nodes-common.ts";
import { formula, ObjectName, VariablePath, value } from "./spellings.ts";
import { LIMITS } from "./words.ts";

/** A field of a record, or a member of a map in it. */
export const RecordField = Type.String({ pattern: "^[a-z][A-Za-z0-9_]{0,49}(\\.[A-Za-z][A-Za-z0-9_]{0,49}){0,3}$" });

export const RECORD_OPERATORS = [
  "eq",
  "eqi",
  "ne",
  "lt",
  "le",
  "gt",
  "ge",
  "in",
  "contains",
  "startsWith",
  "isNull",
] as const;

/** `[field, operator, value]`; all of them must hold. `eqi` is equal but for case, `isNull` takes true or false. */
export const Where = Type.Array(Type.Tuple([RecordField, closed(RECORD_OPERATORS), value("private")]), {
  maxItems: 20,
});
export type Where = [string, (typeof RECORD_OPERATORS)[number], unknown][];

/** `into` a record variable takes the first record found, `into` a list variable all of them. */
export const RecordsGetNode = node(
  "records.get",
  {
    object: ObjectName,
    where: Where,
    sort: Type.Optional(Type.Array(Type.Tuple([RecordField, closed(["asc", "desc"])]), { maxItems: 5 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.recordsPerGet })),
    fields: Type.Optional(Type.Array(RecordField, { maxItems: 100 })),
    into: Type.Optional(VariablePath),
    next: Next,
    notFound: Next,
  },
  "Looks records up.",
);
export type RecordsGetNode = Static<typeof RecordsGetNode>;

const LinkedTo = closed(["conversation", "session", "case"]);

export const RecordsCreateNode = node(
  "records.create",
  {
    object: ObjectName,
    values: values("private"),
    link: Type.Optional(Type.Union([LinkedTo, Type.Array(LinkedTo, { minItems: 1, maxItems: 3 })])),
    into: Type.Optional(VariablePath),
    next: Next,
  },
  "Makes a record.",
);
export type RecordsCreateNode = Static<typeof RecordsCreateNode>;

/** By `id`, or all that `where` finds but no more than `maxRows`. `ifVersion` other than the record's: fault `conflict`. */
export const RecordsUpdateNode = node(
  "records.update",
  {
    object: ObjectName,
    id: Type.Optional(formula("text", "private")),
    where: Type.Optional(Where),
    maxRows: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.recordsPerGet })),
    ifVersion: Type.Optional(formula("number")),
    values: values("private"),
    into: Type.Optional(VariablePath),
    next: Next,
    notFound: Next,
  },
  "Changes records.",
);
export type RecordsUpdateNode = Static<typeof RecordsUpdateNode>;
