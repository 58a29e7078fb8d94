import { API, API_BASE } from "@clew/contract/api";
import type { Endpoint } from "@clew/contract/endpoint";
import { ProblemSchema } from "@clew/contract/problem-schema";
import type { TSchema } from "typebox";
import { components } from "./named-schemas.ts";

type Reference = (schema: TSchema) => object;

/** The HTTP API as OpenAPI 3.1, out of the contract's table. */
export function openApi(version: string): object {
  const { schemas, reference } = components();
  const paths: Record<string, Record<string, object>> = {};
  for (const endpoint of API) {
    const path = endpoint.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint, reference) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Clew",
      version,
      description: "Self-hosted customer-service chat.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: API_BASE }],
    paths,
    components: {
      securitySchemes: {
        customer: {
          type: "http",
          scheme: "bearer",
          description: "A customer's access token, from the identity endpoints.",
        },
        apiKey: { type: "http", scheme: "bearer", description: "A program's API key (`clew_…`)." },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "clew_session",
          description: "A signed-in agent. Changes carry the header `x-clew-csrf`.",
        },
      },
      schemas,
    },
  };
}

function operation(endpoint: Endpoint, reference: Reference): object {
  const { name, summary, params, query, body, mayLackBody = false } = endpoint;
  const parameters = [...parametersOf("path", params, reference), ...parametersOf("query", query, reference)];
  return {
    operationId: name,
    summary,
    tags: [tagOf(endpoint)],
    security: securityOf(endpoint),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body === undefined ? {} : { requestBody: { required: !mayLackBody, content: contentOf(body, reference) } }),
    responses: { ...answerOf(endpoint, reference), default: problemOf(reference) },
  };
}

/** The noun an address is about. */
export function tagOf({ path }: Pick<Endpoint, "path">): string {
  return path.split("/")[1] ?? "";
}

function parametersOf(place: "path" | "query", schema: TSchema | undefined, reference: Reference): object[] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, TSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, item]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: reference(item),
  }));
}

function contentOf(body: TSchema | "multipart", reference: Reference): object {
  if (body !== "multipart") return { "application/json": { schema: reference(body) } };
  const properties = { id: { type: "string", format: "uuid" }, file: { type: "string", format: "binary" } };
  return { "multipart/form-data": { schema: { type: "object", properties, required: ["file"] } } };
}

function answerOf({ response }: Endpoint, reference: Reference): object {
  if (response === null) return { 204: { description: "Done." } };
  const bytes = { "application/octet-stream": { schema: { type: "string", format: "binary" } } };
  const content = response === "bytes" ? bytes : { "application/json": { schema: reference(response) } };
  return { 200: { description: "Done.", content } };
}

function problemOf(reference: Reference): object {
  const content = { "application/problem+json": { schema: reference(ProblemSchema) } };
  return { description: "A problem; each code is explained at /docs/problems.", content };
}

function securityOf({ who, scope }: Endpoint): object[] {
  if (who === "public") return [];
  const forCustomers = who === "customer" || who === "customer-or-staff" ? [{ customer: [] }] : [];
  const forStaff = who === "customer" ? [] : [{ session: [] }];
  return [...forCustomers, ...forStaff, ...(scope ? [{ apiKey: [scope] }] : [])];
}
