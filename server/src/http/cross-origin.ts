import { API_BASE } from "@clew/contract/api";
import type { Endpoint } from "@clew/contract/endpoint";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Refused } from "../problems/refused.ts";
import type { Caller } from "./handlers.ts";
import type { OriginPolicy } from "./parts.ts";

export type CrossOrigin = {
  /** Lets the page of an allowed site read the answer. */
  allowReading(request: FastifyRequest, reply: FastifyReply): void;
  /** @throws Refused `origin-refused` when the page's site may not use the channel */
  checkChannel(request: FastifyRequest, channelId: string): void;
  /** @throws Refused `origin-refused` for pages of any other site */
  checkOwn(request: FastifyRequest): void;
};

/** Whether pages of other sites call this endpoint: the widget's do, with a token; the console's live here, with a cookie. */
export function isForWidgets({ who, path }: Pick<Endpoint, "who" | "path">): boolean {
  const ofConsole = path.startsWith("/staff") || path === "/setup";
  return (who === "public" && !ofConsole) || who === "customer" || who === "customer-or-staff";
}

/** The channel that a call is about, before a handler looks at it. */
export function channelOf(
  name: string,
  call: { params: Record<string, string>; body: unknown; caller: Caller },
): string | null {
  if (call.caller.who === "customer") return call.caller.channelId;
  if (name === "boot") return call.params.id ?? null;
  const body = call.body as { channelId?: unknown } | null | undefined;
  return typeof body?.channelId === "string" ? body.channelId : null;
}

export function createCrossOrigin({
  origins,
  publicUrl,
}: {
  origins: OriginPolicy;
  publicUrl: string | null;
}): CrossOrigin {
  const isOwn = (request: FastifyRequest, origin: string) => origin === publicUrl || hostOf(origin) === request.host;
  return {
    allowReading(request, reply) {
      const { origin } = request.headers;
      reply.header("vary", "origin");
      if (!origin || isOwn(request, origin)) return;
      // Any page may read how a channel's boot was refused: else its window could only guess at a broken network.
      if (!origins.known(origin) && !isBoot(request)) return;
      reply.header("access-control-allow-origin", origin);
      reply.header("access-control-expose-headers", "retry-after, content-disposition");
    },
    checkChannel(request, channelId) {
      const { origin } = request.headers;
      if (!origin || isOwn(request, origin) || origins.allowed(channelId, origin)) return;
      throw new Refused("origin-refused", { detail: `Add ${origin.slice(0, 200)} to the channel's sites.` });
    },
    checkOwn(request) {
      const { origin } = request.headers;
      if (!origin || isOwn(request, origin)) return;
      throw new Refused("origin-refused", { detail: "This address is for the console's own pages." });
    },
  };
}

function isBoot({ method, url }: FastifyRequest): boolean {
  return method === "GET" && url.startsWith(`${API_BASE}/channels/`) && url.split("?")[0]?.endsWith("/boot") === true;
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

/** Answers the browser's question before a call from another site. Without a known site the answer allows nothing. */
export function registerPreflight(app: FastifyInstance, crossOrigin: CrossOrigin): void {
  app.options(`${API_BASE}/*`, (request, reply) => {
    if (!request.url.startsWith(`${API_BASE}/staff`)) {
      crossOrigin.allowReading(request, reply);
      if (reply.hasHeader("access-control-allow-origin")) {
        reply.header("access-control-allow-methods", "GET, POST, PUT, DELETE");
        reply.header("access-control-allow-headers", "authorization, content-type");
        reply.header("access-control-max-age", "600");
      }
    }
    return reply.code(204).send();
  });
}
