import { PROBLEMS, type Problem, problem } from "@clew/contract/problems";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { Refused } from "../problems/refused.ts";

/** Sends a problem as RFC 9457 has it. `detail` never holds more than we chose to say: no stack, no message of a fault. */
export function sendProblem(reply: FastifyReply, found: Problem): FastifyReply {
  if (found.retryAfter !== undefined) reply.header("retry-after", String(Math.ceil(found.retryAfter)));
  if (found.status === 401) reply.header("www-authenticate", "Bearer");
  return reply
    .code(found.status)
    .header("content-type", "application/problem+json; charset=utf-8")
    .header("cache-control", "no-store")
    .send(JSON.stringify(found));
}

/** What the framework finds wrong with a request before a handler sees it, in our words. */
const FRAMEWORK: Record<string, Problem> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: problem("type-refused", {
    detail: "Send application/json, or multipart/form-data for files.",
  }),
  FST_ERR_CTP_BODY_TOO_LARGE: problem("too-large", { detail: "A JSON body may hold 256 kB." }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: problem("invalid", { detail: "Content-Length does not fit the body." }),
  FST_ERR_CTP_INVALID_JSON_BODY: problem("not-json"),
  FST_ERR_CTP_EMPTY_JSON_BODY: problem("not-json", { detail: "The body is empty." }),
  FST_ERR_BAD_URL: problem("invalid", { detail: "The address is not a valid URL." }),
  FST_ERR_ASYNC_CONSTRAINT: problem("invalid"),
  FST_ERR_MAX_PARAM_LENGTH: problem("not-found"),
  FST_REQ_FILE_TOO_LARGE: problem("too-large"),
  FST_FILES_LIMIT: problem("invalid", { detail: "Send one file." }),
  FST_FIELDS_LIMIT: problem("invalid", { detail: "Too many fields." }),
  FST_PARTS_LIMIT: problem("invalid", { detail: "Too many parts." }),
  FST_INVALID_MULTIPART_CONTENT_TYPE: problem("type-refused", { detail: "Send multipart/form-data." }),
  FST_PROTO_VIOLATION: problem("invalid", { detail: "A field has a forbidden name." }),
};

/** The problem behind anything thrown. What we did not foresee is `internal` and goes to the log, not to the caller. */
export function problemOf(error: unknown, log: FastifyRequest["log"]): Problem {
  if (error instanceof Refused) return error.problem;
  const { code, statusCode } = error as Partial<FastifyError>;
  const known = code === undefined ? undefined : FRAMEWORK[code];
  if (known) return known;
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    const byStatus = Object.entries(PROBLEMS).find(([, entry]) => entry.status === statusCode);
    return problem((byStatus?.[0] ?? "invalid") as keyof typeof PROBLEMS);
  }
  log.error({ err: error }, "a request failed");
  return problem("internal");
}

/** For requests so broken that Node gives up on them before there is a request. */
export const BROKEN_REQUEST = (() => {
  const body = JSON.stringify(problem("invalid", { detail: "This is not a valid HTTP request." }));
  const head = [
    "HTTP/1.1 400 Bad Request",
    "Content-Type: application/problem+json; charset=utf-8",
    "Connection: close",
  ];
  return `${[...head, `Content-Length: ${Buffer.byteLength(body)}`].join("\r\n")}\r\n\r\n${body}`;
})();
