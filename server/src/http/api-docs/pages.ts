import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { newNonce, sendPage } from "../pages.ts";
import { pagePolicy } from "../security-headers.ts";
import { apiPage } from "./api-page.ts";
import { asyncApi } from "./asyncapi.ts";
import { openApi } from "./openapi.ts";
import { problemsPage } from "./problems-page.ts";

/** Documents of the API, generated from the contract; anyone may read them from anywhere. */
export function registerApiDocs(app: FastifyInstance): void {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../../package.json"), "utf8")) as {
    version: string;
  };
  const documents = { "openapi.json": openApi(version), "asyncapi.json": asyncApi(version) };
  for (const [file, document] of Object.entries(documents)) {
    const text = JSON.stringify(document);
    app.get(`/docs/api/${file}`, (_request, reply) => {
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
