import { Id } from "@clew/contract/ids";
import { Compile } from "typebox/compile";
import { Refused } from "../problems/refused.ts";

const id = Compile(Id);

/** The optional id that the sender chose for a file. @throws Refused `invalid` */
export function parseId(field: string | undefined): string | undefined {
  if (field === undefined || id.Check(field)) return field;
  throw new Refused("invalid", { field: "/id", detail: "`id` must be a UUID in lower case." });
}
