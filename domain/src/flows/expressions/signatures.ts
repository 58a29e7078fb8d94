/**
 * What functions take and give, for the check before publishing. Alternatives are parted by "|", arguments by ",";
 * "pattern", "style" and "zone" are texts whose written values are checked. The result follows "->"; a word with "@"
 * is worked out from the first argument: `@same` its type, `@item` an item of the list or null; as an argument, "@part" is
 * a text within a text and anything within a list.
 */
const SIGNATURES: ReadonlyMap<string, string> = new Map([
  ["text", "text|number|boolean -> text"],
  ["upper", "text -> text"],
  ["lower", "text -> text"],
  ["trim", "text -> text"],
  ["startsWith", "text, text -> boolean"],
  ["endsWith", "text, text -> boolean"],
  ["contains", "text|list<any>, @part -> boolean"],
  ["indexOf", "text|list<any>, @part -> number"],
  ["substring", "text, number, number -> text"],
  ["replace", "text, text, text -> text"],
  ["split", "text, text -> list<text>"],
  ["join", "list<any>, text -> text"],
  ["padStart", "text|number, number, text -> text"],
  ["matches", "text, pattern -> boolean"],
  ["number", "text|number|boolean -> number?"],
  ["abs", "number -> number"],
  ["floor", "number -> number"],
  ["ceil", "number -> number"],
  ["round", "number, number -> number"],
  ["clamp", "number, number, number -> number"],
  ["min", "any -> @extreme"],
  ["max", "any -> @extreme"],
  ["sum", "list<number?>|list<money?> -> @sum"],
  ["average", "list<number?> -> number?"],
  ["money", "number|text, text -> money"],
  ["amount", "money -> number"],
  ["now", "-> datetime"],
  ["today", "zone -> date"],
  ["date", "date|datetime, zone -> date"],
  ["time", "time|datetime, zone -> time"],
  ["datetime", "date|datetime, time, zone -> datetime"],
  ["year", "date|datetime, zone -> number"],
  ["month", "date|datetime, zone -> number"],
  ["day", "date|datetime, zone -> number"],
  ["weekday", "date|datetime, zone -> number"],
  ["hour", "time|datetime, zone -> number"],
  ["minute", "time|datetime, zone -> number"],
  ["startOfDay", "date|datetime, zone -> datetime"],
  ["plus", "date|datetime, duration, zone -> @when"],
  ["minus", "date|datetime, duration, zone -> @when"],
  ["between", "date|datetime, date|datetime -> duration"],
  ["daysBetween", "date|datetime, date|datetime, zone -> number"],
  ["seconds", "duration -> number"],
  ["age", "date|datetime, zone -> number"],
  ["size", "text|list<any>|map -> number"],
  ["isEmpty", "any -> boolean"],
  ["first", "list<any> -> @item"],
  ["last", "list<any> -> @item"],
  ["slice", "list<any>, number, number -> @same"],
  ["reverse", "list<any> -> @same"],
  ["sort", "list<any> -> @same"],
  ["unique", "list<any> -> @same"],
  ["flatten", "list<any> -> @flat"],
  ["keys", "map -> list<text>"],
  ["values", "map -> list<any>"],
  ["merge", "map, map -> map"],
  ["format", "any, style, zone -> text"],
  ["label", "any -> @label"],
  ["asset", "text -> text?"],
  ["visits", "text -> number"],
  ["coalesce", "any -> @coalesce"],
]);

export type Signature = { readonly takes: readonly (readonly string[])[]; readonly gives: string };

/** Undefined for a function that does not exist. The last argument stands for all that follow it. */
export function signatureOf(name: string): Signature | undefined {
  const [takes = "", gives = ""] = SIGNATURES.get(name)?.split("->") ?? [];
  if (!gives) return undefined;
  const words = takes.trim() ? takes.split(",").map((word) => word.trim().split("|")) : [];
  return { takes: words, gives: gives.trim() };
}
