import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { newNonce, sendPage } from "../pages.ts";
import { pagePolicy } from "../security-headers.ts";
import { apiPage } from "./api-page.ts";
import { asyncApi } from "./asyncapi.ts";
import { openApi } from "./openapi.ts";
import { problemsPage } from "./problems-page.ts";

const MADE_BY = { "openapi.json": openApi, "asyncapi.json": asyncApi };
/** Those that somebody has asked for: a server starts sooner without making them, and each is made once. */
const made = new Map<string, string>();

/** Documents of the API, generated from the contract; anyone may read them from anywhere. */
export function registerApiDocs(app: FastifyInstance): void {
  for (const [file, make] of Object.entries(MADE_BY)) {
    app.get(`/docs/api/${file}`, (_request, reply) => {
      const text = made.get(file) ?? JSON.stringify(make(version()));
      made.set(file, text);
      reply.header("access-control-allow-origin", "*");
      return reply.type("application/json; charset=utf-8").send(text);
    });
  }
  for (const [path, page] of [
    ["/docs/api", apiPage],
    ["/docs/problems", problemsPage],
  ] as const) {
    app.get(path, (_request, reply) => {
      const nonce = newNonce();
      return sendPage(reply, { html: page(nonce), policy: pagePolicy({ nonce }) });
    });
  }
  app.get("/docs", (_request, reply) => reply.redirect("/docs/api"));
}

function version(): string {
  const path = join(import.meta.dirname, "../../../package.json");
  return (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
}
