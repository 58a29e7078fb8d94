import { API, API_BASE } from "@clew/contract/api";
import type { Endpoint } from "@clew/contract/endpoint";
import { ClientMessage, ServerMessage } from "@clew/contract/stream";
import type { TSchema } from "typebox";
import { escapeHtml } from "../html.ts";
import { docsPage } from "./docs-page.ts";
import { NAMED } from "./named-schemas.ts";
import { notation } from "./notation.ts";
import { tagOf } from "./openapi.ts";

const WHO: Record<Endpoint["who"], string> = {
  public: "anyone",
  customer: "customer",
  "customer-or-staff": "customer or staff",
  staff: "staff",
  supervisor: "supervisor",
  admin: "admin",
};

/** The API for people: every endpoint, every stream message and every named shape on one page. */
export function apiPage(nonce: string): string {
  const groups = Map.groupBy(API, tagOf);
  const contents = [...groups.keys(), "stream", "shapes"].map((tag) => `<li><a href="#-${tag}">${tag}</a></li>`);
  const endpoints = [...groups].map(
    ([tag, list]) => `<h2 id="-${tag}">${tag}</h2>${list.map(endpointHtml).join("\n")}`,
  );
  const shapes = [...NAMED].map(([schema, name]) => shapeHtml(name, schema));
  const body = `<h1>Clew API</h1>
<p>All addresses are below <code>${API_BASE}</code>. Bodies are JSON of at most 256 kB; times are milliseconds since 1970.
Customers show <code>Authorization: Bearer</code> with their access token, programs with their API key. Agents come by
cookie and send <code>x-clew-csrf</code> with every change. Everything that goes wrong is a
<a href="/docs/problems">problem</a> with a code.</p>
<p><a href="/docs/api/openapi.json">OpenAPI</a> · <a href="/docs/api/asyncapi.json">AsyncAPI</a> · <a href="/docs/problems">Problems</a></p>
<ul class="toc">${contents.join("")}</ul>
${endpoints.join("\n")}
<h2 id="-stream">stream</h2>
<p>A WebSocket at <code>${API_BASE}/stream</code>, one JSON object a frame. The client speaks first with <code>hello</code>.</p>
<h3>Client to server</h3>${branches(ClientMessage)}
<h3>Server to client</h3>${branches(ServerMessage)}
<h2 id="-shapes">shapes</h2>
${shapes.join("\n")}`;
  return docsPage({ title: "Clew API", body, nonce });
}

function endpointHtml({ name, method, path, who, scope, summary, params, query, body, response }: Endpoint): string {
  const part = (title: string, content: string | null) =>
    content === null ? "" : `<h3>${title}</h3><pre>${content}</pre>`;
  const shape = (schema: TSchema | undefined) => (schema ? notation(schema) : null);
  const sent = body === "multipart" ? "multipart/form-data: id?: Id, file" : shape(body);
  const answer = response === null ? "204, no content" : response === "bytes" ? "the file" : notation(response);
  const allowed = `${WHO[who]}${scope ? `, or an API key with <code>${scope}</code>` : ""}`;
  return `<details id="${name}"><summary><b class="method">${method}</b><code>${escapeHtml(path)}</code><span>${escapeHtml(summary.replaceAll("`", ""))}</span></summary>
<div><p class="soft">For ${allowed}. <code>${name}</code></p>${part("Path", shape(params))}${part("Query", shape(query))}${part("Body", sent)}${part("Answer", answer)}</div></details>`;
}

function branches(union: TSchema): string {
  const list = (union as { anyOf?: TSchema[] }).anyOf ?? [];
  return list.map((branch) => `<pre>${notation(branch)}</pre>`).join("<br>");
}

function shapeHtml(name: string, schema: TSchema): string {
  return `<h3 id="${name}">${name}</h3><pre>${notation(schema, 0, true).trimStart()}</pre>`;
}
