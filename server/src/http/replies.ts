import type { FastifyReply } from "fastify";
import { Download } from "../download.ts";

/** Sends what a handler returned: a value as JSON, a file as a download, nothing as 204. */
export function sendResult(reply: FastifyReply, result: unknown): FastifyReply {
  if (result instanceof Download) return sendDownload(reply, result);
  reply.header("cache-control", "no-store");
  if (result === null || result === undefined) return reply.code(204).send();
  return reply.header("content-type", "application/json; charset=utf-8").send(JSON.stringify(result));
}

/** Foreign content: never guessed at, never run, never framed, saved under its own name. */
function sendDownload(reply: FastifyReply, file: Download): FastifyReply {
  reply.header("content-type", file.type);
  reply.header("content-disposition", disposition(file));
  reply.header("content-security-policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
  reply.header("cross-origin-resource-policy", "cross-origin");
  reply.header("cache-control", "private, max-age=3600");
  if (file.size !== undefined) reply.header("content-length", String(file.size));
  return reply.send(file.content);
}

/** RFC 6266: a plain name for old readers, the true one beside it in percent-encoded UTF-8. */
export function disposition({ name, inline }: { name: string; inline: boolean }): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `${inline ? "inline" : "attachment"}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
