import type { Finding } from "@clew/contract/flows/lint";
import { FIELDS_OF_ALL, FIELDS_OF_CONVERSATIONS, FIELDS_OF_SESSIONS } from "@clew/contract/flows/records";
import type { Variable } from "../expressions/types.ts";
import type { RoughNode } from "../format/links.ts";
import { below, error, nodePath } from "./finding.ts";
import { didYouMean } from "./nearest.ts";
import { mapOf, type RoughFlow, textOf } from "./rough.ts";
import { type LintWorld, recordsOf } from "./world.ts";

/** Where nodes name fields of records to find, order, pick or change them. */
const NAMING = [
  { list: "where", first: true },
  { list: "sort", first: true },
  { list: "fields", first: false },
] as const;

/** Fields that a look-up names and no record has, and what flows cannot make or change. */
export function recordFieldFindings(flow: RoughFlow, world: LintWorld): Finding[] {
  const fieldsOf = recordsOf(world);
  return [...flow.nodes].flatMap(([id, node]) => {
    if (!textOf(node.type).startsWith("records.")) return [];
    const path = nodePath(id);
    return [...notWritable(node, path), ...(fieldsOf ? namedFields(node, path, fieldsOf) : [])];
  });
}

function namedFields(
  node: RoughNode,
  path: string,
  fieldsOf: (object: string) => ReadonlyMap<string, Variable> | null,
): Finding[] {
  const object = textOf(node.object);
  return NAMING.flatMap(({ list, first }) => {
    const entries: unknown[] = Array.isArray(node[list]) ? node[list] : [];
    return entries.flatMap((entry, index) => {
      const field = textOf(first && Array.isArray(entry) ? entry[0] : entry);
      const at = `${path}/${list}/${index}${first ? "/0" : ""}`;
      return field === "" ? [] : unknownField(field, object, fieldsOf, at);
    });
  });
}

/** The first part of a path that is no field. What is in a map nobody knows; in a record, its object does. */
function unknownField(
  field: string,
  object: string,
  fieldsOf: (object: string) => ReadonlyMap<string, Variable> | null,
  at: string,
): Finding[] {
  const [name = "", ...rest] = field.split(".");
  const fields = fieldsOf(object);
  if (!fields) return [];
  const known = fields.get(name);
  if (!known)
    return [error("unknown-variable", at, `${object} has no field "${name}"`, didYouMean(name, fields.keys()))];
  return rest.length > 0 && known.type.kind === "record"
    ? unknownField(rest.join("."), known.type.object, fieldsOf, at)
    : [];
}

/** What a flow may change of those that have a door of their own, beside fields that an admin added. */
const WRITABLE: Readonly<Record<string, { all: object; writable: readonly string[] }>> = {
  Session: { all: FIELDS_OF_SESSIONS, writable: ["prechat"] },
  Conversation: { all: FIELDS_OF_CONVERSATIONS, writable: ["language"] },
};
const RECORD = { all: { ...FIELDS_OF_ALL, contact: null }, writable: [] };

function notWritable(node: RoughNode, path: string): Finding[] {
  const object = textOf(node.object);
  const own = Object.hasOwn(WRITABLE, object) ? WRITABLE[object] : undefined;
  if (node.type === "records.create" && own) {
    const suggestion = "a customer begins it, by writing";
    return [error("not-allowed", `${path}/object`, `a flow makes no ${object}`, { suggestion })];
  }
  if (node.type === "records.get") return [];
  const { all, writable } = own ?? RECORD;
  return Object.keys(mapOf(node.values))
    .filter((name) => Object.hasOwn(all, name) && !writable.includes(name))
    .map((name) => error("not-allowed", below(`${path}/values`, name), `${object}.${name} is not a flow's to change`));
}
