import { randomBytes } from "node:crypto";
import { problem } from "@clew/contract/problems";
import staticFiles from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { shopPage } from "./demo-shop.ts";
import { escapeHtml } from "./html.ts";
import type { DemoShop, HttpParts } from "./parts.ts";
import { sendProblem } from "./problem-replies.ts";
import { pagePolicy } from "./security-headers.ts";

type Frames = HttpParts["paymentOrigins"];

const YEAR_S = 31_536_000;
/** Names with a hash in them: another content has another name. */
const HASHED = /-[\w-]{8}\.\w+$/;
const UUID = /^[0-9a-f-]{36}$/;

/** The screens: console, widget, demo shop, and the admin's preview of a widget. */
export async function registerPages(app: FastifyInstance, parts: HttpParts): Promise<void> {
  const { config, demo, asset, paymentOrigins } = parts;
  await app.register(staticFiles, { root: config.widgetFolder, serve: false });
  registerWidget(app, config.widgetFolder);
  await app.register(async (scope) => registerConsole(scope, config.consoleFolder), { prefix: "/console" });
  registerAssets(app, asset);
  registerPreview(app, paymentOrigins);
  if (demo) registerShop(app, demo, paymentOrigins);
  else app.get("/", (_request, reply) => reply.redirect("/console/"));
}

/** The loader and its chunks, for pages of any site. The loader keeps its name, so it is asked for again soon. */
function registerWidget(app: FastifyInstance, folder: string): void {
  app.get("/:file(^[\\w.-]+\\.(?:js|css|svg|png|woff2|mp3)$)", (request, reply) => {
    const { file } = request.params as { file: string };
    reply.header("access-control-allow-origin", "*");
    reply.header("cross-origin-resource-policy", "cross-origin");
    reply.header("cache-control", HASHED.test(file) ? `public, max-age=${YEAR_S}, immutable` : "public, max-age=300");
    return reply.sendFile(file, folder, { cacheControl: false });
  });
}

/** Pictures for the screens of flows, on pages of any site. The name says which content it is, so it is asked for once. */
function registerAssets(app: FastifyInstance, asset: HttpParts["asset"]): void {
  app.get("/assets/:name", async (request, reply) => {
    const found = await asset((request.params as { name: string }).name);
    if (!found) return sendProblem(reply, problem("not-found"));
    reply.header("content-type", found.type);
    reply.header("content-security-policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
    reply.header("cross-origin-resource-policy", "cross-origin");
    reply.header("access-control-allow-origin", "*");
    reply.header("cache-control", `public, max-age=${YEAR_S}, immutable`);
    return reply.send(found.content);
  });
}

/** Files lie at the top or among the assets; further in, a dot is part of an address, such as that of a flow. */
const FILE = /^(assets\/.*|[^/]*)\.\w+$/;

/** The console is one page; addresses inside it are its own business, but a missing file is missing. */
function registerConsole(app: FastifyInstance, folder: string): void {
  const page = (reply: FastifyReply) => {
    reply.header("content-security-policy", pagePolicy({ inlineStyles: true }));
    reply.header("cross-origin-opener-policy", "same-origin");
    reply.header("cache-control", "no-cache");
    return reply.sendFile("index.html", folder, { cacheControl: false });
  };
  app.get("/", (_request, reply) => page(reply));
  app.get("/*", (request, reply) => {
    const path = (request.params as { "*": string })["*"];
    if (!FILE.test(path)) return page(reply);
    reply.header("cache-control", HASHED.test(path) ? `public, max-age=${YEAR_S}, immutable` : "no-cache");
    return reply.sendFile(path, folder, { cacheControl: false });
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, problem("not-found")));
}

/**
 * A bare page with the widget of one channel, opened: `/preview` for the admin, which the console may show in a frame, and
 * `/chat` for customers who come back by a link to a channel without a portal of its own.
 */
function registerPreview(app: FastifyInstance, frames: Frames): void {
  for (const [path, framedBy] of [
    ["/preview", "'self'"],
    ["/chat", "'none'"],
  ] as const) {
    registerBare(app, path, { framedBy, frames });
  }
}

function registerBare(
  app: FastifyInstance,
  path: string,
  { framedBy, frames }: { framedBy: string; frames: Frames },
): void {
  app.get(path, async (request, reply) => {
    const channelId = channelOf(request);
    if (channelId === null) return sendProblem(reply, problem("not-found"));
    const nonce = newNonce();
    const script = `<script nonce="${nonce}" src="/clew.js" data-channel="${escapeHtml(channelId)}" data-open async></script>`;
    const head =
      '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Chat</title>';
    return sendPage(reply, {
      html: `<!doctype html><html lang="en"><head>${head}<link rel="icon" href="data:,"></head><body>${script}</body></html>`,
      policy: pagePolicy({ nonce, framedBy, frames: await frames() }),
    });
  });
}

function registerShop(app: FastifyInstance, demo: DemoShop, frames: Frames): void {
  for (const [path, page] of [
    ["/", "shop"],
    ["/second-page", "delivery"],
  ] as const) {
    app.get(path, async (request, reply) => {
      const nonce = newNonce();
      const html = shopPage({ page, channels: demo.channels(), channelId: channelOf(request), nonce });
      return sendPage(reply, { html, policy: pagePolicy({ nonce, frames: await frames() }) });
    });
  }
}

export function sendPage(reply: FastifyReply, { html, policy }: { html: string; policy: string }): FastifyReply {
  reply.header("content-security-policy", policy);
  reply.header("cache-control", "no-store");
  return reply.type("text/html; charset=utf-8").send(html);
}

export function newNonce(): string {
  return randomBytes(16).toString("base64");
}

function channelOf(request: FastifyRequest): string | null {
  const { channel } = request.query as { channel?: unknown };
  return typeof channel === "string" && UUID.test(channel) ? channel : null;
}
