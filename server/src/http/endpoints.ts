import { API, API_BASE } from "@clew/contract/api";
import type { Endpoint } from "@clew/contract/endpoint";
import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { TSchema } from "typebox";
import { Refused } from "../problems/refused.ts";
import { checkAccess } from "./access.ts";
import { userAgentOf } from "./address.ts";
import { type CrossOrigin, channelOf, isForWidgets } from "./cross-origin.ts";
import type { Authenticate, Call, Caller, Handler, Handlers } from "./handlers.ts";
import { MULTIPART_OPTIONS, withFile } from "./multipart.ts";
import { parser } from "./parse.ts";
import { type LimitName, type RateLimits } from "./rate-limits.ts";
import { sendResult } from "./replies.ts";

type Parts = {
  handlers: Handlers;
  authenticate: Authenticate;
  crossOrigin: CrossOrigin;
  limits: RateLimits;
  https: boolean;
};

/** Limits beside the general ones, by endpoint: what is counted under which key. */
const STRICT: Record<string, (call: Call) => [LimitName, string][]> = {
  startGuest: ({ ip }) => [["guest", ip]],
  resumeCustomer: ({ ip }) => [["resume", ip]],
  signOutCustomer: ({ ip }) => [["resume", ip]],
  clearSession: ({ ip }) => [["resume", ip]],
  openLink: ({ ip }) => [["link", ip]],
  checkLink: ({ ip }) => [["link", ip]],
  sendLink: ({ caller, ip }) => [["mail", keyOf(caller) ?? ip]],
  verifyCustomer: ({ ip }) => [["verify", ip]],
  signIn: ({ ip, body }) => {
    const email = String(body.email).toLowerCase();
    return [
      ["signIn", ip],
      ["signInAs", `${ip} ${email}`],
      ["signInAnywhere", email],
    ];
  },
  setup: ({ ip }) => [["setup", ip]],
  changePassword: ({ caller, ip }) => [["password", keyOf(caller) ?? ip]],
  uploadAttachment: ({ caller, ip }) => [["upload", keyOf(caller) ?? ip]],
  uploadPart: ({ caller, ip }) => [["part", keyOf(caller) ?? ip]],
};

/** Registers every endpoint of the contract; one without a handler is an error at start. */
export async function registerEndpoints(app: FastifyInstance, parts: Parts): Promise<void> {
  const missing = API.filter(({ name }) => !parts.handlers[name]).map(({ name }) => name);
  if (missing.length > 0) throw new Error(`No handler for the endpoints ${missing.join(", ")}.`);

  for (const endpoint of API.filter(({ body }) => body !== "multipart")) register(app, endpoint, parts);
  // Forms are understood by the endpoints that take files and by no other.
  await app.register(async (files) => {
    await files.register(multipart, MULTIPART_OPTIONS);
    for (const endpoint of API.filter(({ body }) => body === "multipart")) register(files, endpoint, parts);
  });
}

function register(app: FastifyInstance, endpoint: Endpoint, parts: Parts): void {
  const { name, method, path } = endpoint;
  const handler = parts.handlers[name] as Handler;
  const parse = {
    params: parserOf(endpoint.params, "/params"),
    query: parserOf(endpoint.query, "/query"),
    body: parserOf(endpoint.body === "multipart" ? undefined : endpoint.body, ""),
  };
  const callers = new WeakMap<FastifyRequest, Caller>();

  app.route({
    method,
    url: `${API_BASE}${path}`,
    ...(endpoint.maxBytes === undefined ? {} : { bodyLimit: endpoint.maxBytes }),
    // Who calls is settled before the body is read.
    onRequest: async (request, reply) => {
      if (isForWidgets(endpoint)) parts.crossOrigin.allowReading(request, reply);
      else parts.crossOrigin.checkOwn(request);
      callers.set(request, await callerOf(request, endpoint, parts));
    },
    handler: async (request, reply) => {
      const call: Call = {
        caller: callers.get(request) ?? { who: "public" },
        params: parse.params(request.params) as Call["params"],
        query: parse.query(request.query) as Call["query"],
        body: parse.body(request.body ?? (endpoint.mayLackBody ? {} : undefined)),
        ip: request.ip,
        origin: request.headers.origin ?? null,
        userAgent: userAgentOf(request.headers),
        cookies: request.cookies,
        reply: replyOf(reply, parts.https),
      };
      const channelId = isForWidgets(endpoint) ? channelOf(name, call) : null;
      if (channelId !== null) parts.crossOrigin.checkChannel(request, channelId);
      for (const [limit, key] of STRICT[name]?.(call) ?? []) parts.limits.count(limit, key);
      const result =
        endpoint.body === "multipart"
          ? await withFile(request, reply, (file) => handler({ ...call, file }))
          : await handler(call);
      return sendResult(reply, result);
    },
  });
}

/** @throws Refused when nobody known, or nobody this endpoint is for, or over their limit, or without the CSRF token */
async function callerOf(request: FastifyRequest, endpoint: Endpoint, { authenticate, limits }: Parts): Promise<Caller> {
  if (endpoint.who === "public") return { who: "public" };
  const { token } = request.query as { token?: unknown };
  const { caller, csrf } = await authenticate({
    authorization: request.headers.authorization,
    cookies: request.cookies,
    ...(endpoint.response === "bytes" && typeof token === "string" ? { linkToken: token } : {}),
  });
  checkAccess(endpoint, caller);
  const changes = endpoint.method !== "GET";
  if (csrf !== null && changes && request.headers["x-clew-csrf"] !== csrf) throw new Refused("csrf-refused");
  const key = keyOf(caller);
  if (key !== null && caller.who !== "public") limits.count(caller.who, key);
  return caller;
}

function keyOf(caller: Caller): string | null {
  switch (caller.who) {
    case "customer":
      return caller.customerId;
    case "staff":
      return caller.agentId;
    case "key":
      return caller.keyId;
    case "public":
      return null;
  }
}

function parserOf(schema: TSchema | undefined, within: string): (value: unknown) => unknown {
  return schema ? parser(schema, within) : () => undefined;
}

function replyOf(reply: FastifyReply, https: boolean): Call["reply"] {
  return {
    header(name, value) {
      reply.header(name, value);
    },
    cookie(name, value, maxAgeSeconds) {
      reply.setCookie(name, value ?? "", {
        path: "/",
        httpOnly: true,
        sameSite: "lax",
        secure: https,
        maxAge: value === null ? 0 : maxAgeSeconds,
      });
    },
  };
}
