import * as agents from "@clew/contract/agents";
import * as attachments from "@clew/contract/attachments";
import * as channels from "@clew/contract/channels";
import * as commands from "@clew/contract/commands";
import * as conversations from "@clew/contract/conversations";
import * as customers from "@clew/contract/customers";
import * as events from "@clew/contract/events";
import * as facts from "@clew/contract/facts";
import * as forms from "@clew/contract/forms";
import * as hours from "@clew/contract/hours";
import * as ids from "@clew/contract/ids";
import * as inbox from "@clew/contract/inbox";
import * as presence from "@clew/contract/presence";
import * as problems from "@clew/contract/problem-schema";
import * as routing from "@clew/contract/routing";
import * as sessions from "@clew/contract/sessions";
import * as stream from "@clew/contract/stream";
import type { TSchema } from "typebox";

const MODULES = [
  ids,
  facts,
  forms,
  sessions,
  conversations,
  events,
  commands,
  customers,
  channels,
  attachments,
  agents,
  hours,
  routing,
  inbox,
  presence,
  problems,
  stream,
];

/** The contract's schemas by the name they are exported under, so that documents say `Session` and not what is in it. */
export const NAMED: ReadonlyMap<TSchema, string> = new Map(
  MODULES.flatMap((module) =>
    Object.entries(module as Record<string, unknown>).flatMap(([name, value]) =>
      isSchema(value) ? [[value, name] as const] : [],
    ),
  ),
);

function isSchema(value: unknown): value is TSchema {
  return typeof value === "object" && value !== null && ("type" in value || "anyOf" in value);
}

/**
 * A schema as plain JSON Schema with every named one inside as a reference. `onUse` hears the names, so that a document
 * holds what it refers to and nothing else.
 */
export function withReferences(schema: TSchema, onUse: (name: string, schema: TSchema) => void): object {
  const name = NAMED.get(schema);
  if (name === undefined) return inside(schema, onUse);
  onUse(name, schema);
  return { $ref: `#/components/schemas/${name}` };
}

function inside(schema: TSchema, onUse: (name: string, schema: TSchema) => void): object {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== "object" || value === null) return value;
    return NAMED.has(value as TSchema) ? withReferences(value as TSchema, onUse) : mapped(value, copy);
  };
  return mapped(schema, copy);
}

function mapped(value: object, copy: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]));
}

/** Collects the named schemas of one document, those inside them too. */
export function components() {
  const schemas: Record<string, object> = {};
  const use = (name: string, schema: TSchema) => {
    if (Object.hasOwn(schemas, name)) return;
    schemas[name] = {};
    schemas[name] = inside(schema, use);
  };
  return { schemas, reference: (schema: TSchema) => withReferences(schema, use) };
}
