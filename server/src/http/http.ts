import { API, API_BASE } from "@clew/contract/api";
import { problem } from "@clew/contract/problems";
import cookie from "@fastify/cookie";
import fastify, { type FastifyInstance, type HTTPMethods, LogController } from "fastify";
import { Refused } from "../problems/refused.ts";
import { trustFrom } from "./address.ts";
import { registerApiDocs } from "./api-docs/pages.ts";
import { createCrossOrigin, registerPreflight } from "./cross-origin.ts";
import { registerEndpoints } from "./endpoints.ts";
import { registerHealth } from "./health.ts";
import { registerPages } from "./pages.ts";
import type { HttpParts } from "./parts.ts";
import { BROKEN_REQUEST, problemOf, sendProblem } from "./problem-replies.ts";
import { createRateLimits } from "./rate-limits.ts";
import { registerSecurityHeaders } from "./security-headers.ts";

/** The most that a JSON body may hold. */
export const MAX_JSON_BYTES = 256 * 1024;
/** From first to last byte of a request; 20 MB over a slow line fit. */
const REQUEST_TIMEOUT_MS = 300_000;

export type { HttpConfig, HttpParts, OriginPolicy } from "./parts.ts";

/** The web server, ready to listen. A handler that is missing for an endpoint of the contract is an error here. */
export async function createHttp(parts: HttpParts): Promise<FastifyInstance> {
  const { config, log, clock } = parts;
  const https = config.publicUrl?.startsWith("https:") ?? false;
  const app = fastify({
    loggerInstance: log,
    // Addresses may carry a link's token, so they are not logged.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_JSON_BYTES,
    trustProxy: trustFrom(config.trustProxy),
    requestTimeout: REQUEST_TIMEOUT_MS,
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      sendProblem(reply as never, problemOf(error, request.log as never));
    },
    clientErrorHandler: (_error, socket) => {
      if (socket.writable) socket.end(BROKEN_REQUEST);
    },
  });

  const limits = createRateLimits({ clock, factor: config.rateLimit });
  const crossOrigin = createCrossOrigin({ origins: parts.origins, publicUrl: config.publicUrl });

  app.setErrorHandler((error, request, reply) => sendProblem(reply, problemOf(error, request.log)));
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, problem("not-found")));
  registerSecurityHeaders(app, { https });
  app.addHook("onRequest", async (request) => {
    if (request.url.startsWith(`${API_BASE}/`)) limits.count("address", request.ip);
  });
  endConnectionsWhenClosing(app);
  acceptJsonOnly(app);
  await app.register(cookie);

  registerHealth(app, parts.ready);
  registerPreflight(app, crossOrigin);
  await registerEndpoints(app, {
    handlers: parts.handlers,
    authenticate: parts.authenticate,
    crossOrigin,
    limits,
    https,
  });
  refuseOtherMethods(app);
  await registerPages(app, parts);
  await registerApiDocs(app);
  return app;
}

/**
 * Closing ends idle connections once; one that still carries an answer at that moment would stay until its keep-alive
 * ends, and hold up the stop for more than a minute.
 */
function endConnectionsWhenClosing(app: FastifyInstance): void {
  let closing = false;
  app.addHook("preClose", async () => {
    closing = true;
  });
  app.addHook("onResponse", async (request) => {
    if (closing) request.raw.socket.destroySoon();
  });
}

/** Any other kind of body is refused as such; an empty one is no body. */
function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, async (_request: unknown, text: string) => {
    if (text === "") return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw new Refused("not-json");
    }
  });
}

/** A known address with another method is 405 with what it takes, not 404. */
function refuseOtherMethods(app: FastifyInstance): void {
  const methods = new Map<string, Set<string>>();
  for (const { method, path } of API) methods.set(path, (methods.get(path) ?? new Set()).add(method));
  for (const [path, known] of methods) {
    if (known.has("GET")) known.add("HEAD");
    const others = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"].filter((method) => !known.has(method));
    const allow = [...known].join(", ");
    app.route({
      method: others as HTTPMethods[],
      url: `${API_BASE}${path}`,
      exposeHeadRoute: false,
      onRequest: async (_request, reply) => {
        reply.header("allow", allow);
        throw new Refused("method-not-allowed", { detail: `This address takes ${allow}.` });
      },
      handler: async () => null,
    });
  }
}
