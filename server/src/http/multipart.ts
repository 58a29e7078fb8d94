import { MAX_ATTACHMENT_BYTES } from "@clew/contract/attachments";
import type { MultipartFile } from "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import { Refused } from "../problems/refused.ts";
import type { Call } from "./handlers.ts";

/** Fields are names and ids. One byte more than a file may have still arrives, so that its reader notices. */
export const MULTIPART_OPTIONS = {
  throwFileSizeLimit: false,
  limits: {
    fileSize: MAX_ATTACHMENT_BYTES + 1,
    fieldNameSize: 100,
    fieldSize: 1000,
    fields: 5,
    files: 1,
    parts: 6,
    headerPairs: 20,
  },
};

/**
 * Hands the one file of a form to `work`, with the fields that came before it, as it arrives. Whatever happens, the rest
 * of the body is read and dropped, so that the answer reaches a client that is still sending.
 */
export async function withFile<T>(
  request: FastifyRequest,
  work: (file: NonNullable<Call["file"]>) => Promise<T>,
): Promise<T> {
  let broken: unknown;
  try {
    const file = await firstFile(request);
    file.file.on("error", (error) => {
      broken = error;
    });
    const fields: Record<string, string> = {};
    for (const [name, part] of Object.entries(file.fields)) {
      if (part && !Array.isArray(part) && part.type === "field") fields[name] = String(part.value);
    }
    return await work({ name: file.filename ?? "", declaredType: file.mimetype, stream: file.file, fields });
  } catch (error) {
    if (broken && !(error instanceof Refused)) throw unreadable();
    throw error;
  } finally {
    request.raw.unpipe();
    request.raw.resume();
  }
}

async function firstFile(request: FastifyRequest): Promise<MultipartFile> {
  if (!request.isMultipart()) throw new Refused("type-refused", { detail: "Send multipart/form-data." });
  const part = await request.file().catch(() => {
    // What the parser of forms throws is always about the form.
    throw unreadable();
  });
  if (part?.fieldname !== "file") throw new Refused("invalid", { field: "/file", detail: "The form has no file." });
  return part;
}

function unreadable(): Refused {
  return new Refused("invalid", { detail: "The form broke off or is not valid multipart/form-data." });
}
