import { Id } from "@clew/contract/ids";
import { MAX_ATTACHMENT_BYTES } from "@clew/contract/limits";
import { Compile } from "typebox/compile";
import { Refused } from "../problems/refused.ts";

const id = Compile(Id);

/** The optional id that the sender chose for a file. @throws Refused `invalid` */
export function parseId(field: string | undefined): string | undefined {
  if (field === undefined || id.Check(field)) return field;
  throw new Refused("invalid", { field: "/id", detail: "`id` must be a UUID in lower case." });
}

/** What a part of an upload says of itself. Sizes in bytes, `sha256` of the whole file in hex. */
export type PartFields = { id: string; size: number; offset: number; sha256?: string };

/** @throws Refused `invalid` or `too-large` */
export function parsePart(fields: Record<string, string>): PartFields {
  const known = parseId(fields.id);
  if (known === undefined) throw new Refused("invalid", { field: "/id", detail: "Name the upload by an `id`." });
  const size = number(fields, "size");
  if (size > MAX_ATTACHMENT_BYTES) throw new Refused("too-large", { field: "/size", detail: "A file may hold 20 MB." });
  if (size === 0) throw new Refused("invalid", { field: "/size", detail: "The file is empty." });
  const offset = number(fields, "offset");
  // At the very end an empty part asks for what came of it: the last answer may have been lost with the connection.
  if (offset > size) throw new Refused("invalid", { field: "/offset", detail: "There is nothing to send from there." });
  const { sha256 } = fields;
  if (sha256 === undefined) return { id: known, size, offset };
  if (!/^[0-9a-f]{64}$/.test(sha256))
    throw new Refused("invalid", { field: "/sha256", detail: "`sha256` is 64 digits in lower case." });
  return { id: known, size, offset, sha256 };
}

function number(fields: Record<string, string>, name: "size" | "offset"): number {
  const value = fields[name] ?? "";
  if (/^\d{1,12}$/.test(value)) return Number(value);
  throw new Refused("invalid", { field: `/${name}`, detail: `\`${name}\` is a number of bytes, before \`file\`.` });
}
