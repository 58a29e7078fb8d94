import { randomBytes } from "node:crypto";
import type { SentFrom } from "@clew/domain/flows/conversation/commands";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Ids } from "../clock.ts";
import { userAgentOf } from "../http/address.ts";
import { Refused } from "../problems/refused.ts";
import { StreamConnection } from "./connection.ts";
import type { LinksElsewhere, TakeMessages } from "./links-elsewhere.ts";
import { pageOf } from "./page-of.ts";
import type { StreamParts } from "./parts.ts";
import { STREAM_PATH } from "./websocket.ts";

/** A comment goes out this often, so that proxies do not take the answer for finished, in milliseconds. */
const COMMENT_MS = 15_000;

type Parts = StreamParts & {
  ids: Ids;
  /** Whether pages of this origin may read answers. */
  readable(origin: string): boolean;
  /** Links of other processes. */
  elsewhere: Pick<LinksElsewhere, "pass" | "takeBy">;
};
type Link = { connection: StreamConnection; reply: FastifyReply };

/**
 * The stream for networks that block WebSockets: `GET …/sse` carries the server's messages, one a `data` line; its first
 * event `link` names an unguessable id, and the client's messages come to `POST …/sse/<id>` as a JSON array. The same
 * messages and numbers as over a WebSocket; the id stands in for the page's CSRF token.
 */
export function serveServerSentEvents(app: FastifyInstance, parts: Parts): { close(): void } {
  const links = new Map<string, Link>();
  const take: TakeMessages = (id, messages, from) => {
    const link = links.get(id);
    for (const message of messages) link?.connection.receive(JSON.stringify(message), from);
    return link !== undefined;
  };
  parts.elsewhere.takeBy(take);

  app.get(`${STREAM_PATH}/sse`, (request, reply) => {
    const id = randomBytes(16).toString("base64url");
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...crossOrigin(request, parts),
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    const connection = new StreamConnection(
      parts,
      { send: (text) => void raw.write(`data: ${text}\n\n`), close: () => raw.end() },
      {
        id: parts.ids.next(),
        cookie: request.headers.cookie,
        page: pageOf(request.headers),
        from: whenceOf(request),
      },
    );
    links.set(id, { connection, reply });
    raw.write(`event: link\ndata: ${id}\n\n`);
    raw.on("close", () => {
      links.delete(id);
      connection.gone();
    });
  });

  app.post<{ Params: { link: string } }>(`${STREAM_PATH}/sse/:link`, async (request, reply) => {
    const { link } = request.params;
    if (!Array.isArray(request.body)) throw new Refused("invalid", { detail: "an array of messages is wanted" });
    // What is sent is sent by this request, wherever the answers are read.
    const from = whenceOf(request);
    const taken = take(link, request.body, from) || (await parts.elsewhere.pass(link, request.body, from));
    if (!taken) throw new Refused("not-found");
    return reply.headers(crossOrigin(request, parts)).code(204).send();
  });

  app.options(`${STREAM_PATH}/sse/:link`, async (request, reply) => {
    const allowed = {
      ...crossOrigin(request, parts),
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": "content-type",
      "access-control-max-age": "600",
    };
    return reply.headers(allowed).code(204).send();
  });

  const watch = setInterval(() => {
    const now = parts.clock.now();
    for (const { connection, reply } of links.values()) {
      reply.raw.write(":\n\n");
      connection.check(now);
    }
  }, COMMENT_MS);

  return {
    close() {
      clearInterval(watch);
      for (const { connection } of [...links.values()]) connection.bye("restarting", 2000);
    },
  };
}

function whenceOf(request: FastifyRequest): SentFrom {
  return { ip: request.ip, userAgent: userAgentOf(request.headers) };
}

function crossOrigin(request: FastifyRequest, { readable }: Parts): Record<string, string> {
  const { origin } = request.headers;
  if (!origin || !readable(origin)) return {};
  return { "access-control-allow-origin": origin, "access-control-allow-credentials": "true", vary: "Origin" };
}
