import { ClientCommand } from "@clew/contract/commands";
import { ClientMessage } from "@clew/contract/stream";
import type { TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import { Refused } from "../problems/refused.ts";

type OneOf = { anyOf: (TSchema & { properties: { type: { const: string } } })[] };

/** A validator for each member of a union, by its `type`: quicker than trying all, and the error is about the right one. */
function byType(union: unknown): Map<string, Validator> {
  return new Map((union as OneOf).anyOf.map((schema) => [schema.properties.type.const, Compile(schema)]));
}
const MESSAGES = byType(ClientMessage);
const COMMANDS = byType(ClientCommand);

/** What a frame turned out to be. A command that does not fit still has an id to answer to, when it gave one. */
export type Parsed = { message: ClientMessage } | { refused: Refused; commandId: string | null };

/** The only place where frames are parsed. */
export function parseClientMessage(text: string): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { refused: new Refused("not-json"), commandId: null };
  }
  const type = typeOf(value);
  if (type !== "command") {
    const fault = faultOf(MESSAGES, value, "");
    return fault ? { refused: fault, commandId: null } : { message: value as ClientMessage };
  }
  const { command, ...rest } = value as { command?: unknown; type: string };
  const surplus =
    Object.keys(rest).length > 1 ? new Refused("invalid", { detail: "must not have additional properties" }) : null;
  const fault = surplus ?? faultOf(COMMANDS, command, "/command");
  return fault ? { refused: fault, commandId: idOf(command) } : { message: value as ClientMessage };
}

function faultOf(validators: Map<string, Validator>, value: unknown, at: string): Refused | null {
  const type = typeOf(value);
  const validator = type === null ? undefined : validators.get(type);
  if (!validator)
    return new Refused("invalid", {
      field: `${at}/type`,
      detail: `must be one of ${[...validators.keys()].join(", ")}`,
    });
  if (validator.Check(value)) return null;
  const [first] = validator.Errors(value);
  return new Refused("invalid", {
    field: `${at}${first?.instancePath ?? ""}`,
    detail: first?.message ?? "does not fit the schema",
  });
}

function typeOf(value: unknown): string | null {
  const type = (value as { type?: unknown } | null)?.type;
  return typeof type === "string" ? type : null;
}

function idOf(command: unknown): string | null {
  const id = (command as { id?: unknown } | null)?.id;
  return typeof id === "string" && id.length <= 64 ? id : null;
}
