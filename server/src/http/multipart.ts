import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { MAX_ATTACHMENT_BYTES } from "@clew/contract/attachments";
import type { MultipartFile } from "@fastify/multipart";
import type { FastifyReply, FastifyRequest } from "fastify";
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

/** What is still read of a body that nobody wants, so that a client that is sending gets to reading the answer. */
const DRAIN_BYTES = 4 * 1024 * 1024;

/**
 * Hands the one file of a form to `work`, with the fields that came before it, as it arrives. The answer is sent when the
 * body has been read: a connection whose request is not at its end could neither be used again nor closed when the server
 * stops. One that goes on for too long is closed after the answer.
 */
export async function withFile<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  work: (file: NonNullable<Call["file"]>) => Promise<T>,
): Promise<T> {
  let stream: Readable | undefined;
  try {
    const file = await firstFile(request);
    stream = file.file;
    const fields: Record<string, string> = {};
    for (const [name, part] of Object.entries(file.fields)) {
      if (part && !Array.isArray(part) && part.type === "field") fields[name] = String(part.value);
    }
    return await work({ name: fileName(file.filename ?? ""), declaredType: file.mimetype, stream: file.file, fields });
  } catch (error) {
    if (isAboutForm(error, stream)) throw unreadable();
    throw error;
  } finally {
    if (!(await drained(request.raw))) reply.header("connection", "close");
  }
}

/**
 * Whether it was the sender's doing: the stream ended too soon or in an error of its own. What the system says about the
 * disk names the call that failed.
 */
function isAboutForm(error: unknown, stream: Readable | undefined): boolean {
  if (error instanceof Refused || stream === undefined) return false;
  const { code, syscall } = error as NodeJS.ErrnoException;
  // The parser may tell of one broken form by two errors, so which of them came first says nothing.
  return code === "ERR_STREAM_PREMATURE_CLOSE" || (stream.errored !== null && syscall === undefined);
}

/** Reads the rest and drops it; false when there is more than DRAIN_BYTES of it. */
function drained(body: IncomingMessage): Promise<boolean> {
  return new Promise((resolve) => {
    if (body.readableEnded || body.destroyed) return resolve(true);
    let rest = 0;
    body.unpipe();
    body.on("data", (chunk: Uint8Array) => {
      rest += chunk.length;
      if (rest > DRAIN_BYTES) resolve(false);
    });
    for (const over of ["end", "close", "error"]) body.once(over, () => resolve(true));
    body.resume();
  });
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

/** Browsers write quotes and line ends in file names as %22, %0D and %0A (HTML, multipart/form-data encoding). */
function fileName(sent: string): string {
  return sent.replace(/%22/g, '"').replace(/%0D|%0A/gi, " ");
}
