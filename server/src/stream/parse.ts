import { ClientMessage } from "@clew/contract/stream";
import { Compile } from "typebox/compile";
import { Refused } from "../problems/refused.ts";

const validator = Compile(ClientMessage);

/** A frame as a client message, or the refusal to answer it with. The only place where frames are parsed. */
export function parseClientMessage(text: string): ClientMessage | Refused {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return new Refused("not-json");
  }
  if (validator.Check(value)) return value as ClientMessage;
  const [first] = validator.Errors(value);
  return new Refused("invalid", {
    field: first?.instancePath ?? "",
    detail: first?.message ?? "not a message of the stream",
  });
}
