import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { API, API_BASE } from "@clew/contract/api";
import type { Endpoint } from "@clew/contract/endpoint";
import { PROBLEMS } from "@clew/contract/problems";
import { startApp } from "@clew/server/app";
import { readConfig } from "@clew/server/config";
import { DEMO_PASSWORD } from "@clew/server/demo/people";
import fc from "fast-check";
import pino from "pino";
import type { TSchema } from "typebox";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fitting, nearly, type Schema } from "./from-schema.ts";

const RUNS = Number(process.env.CLEW_FUZZ_RUNS ?? 25);
/** Would sign the fuzzer out or lock its own door. */
const SPARED = ["signOut", "changePassword", "resetPassword"];

let app: Awaited<ReturnType<typeof startApp>>;
let folder: string;
let ids: string[] = ["0190a000-0000-7000-8000-000000000001"];
const callers: Record<string, Record<string, string>> = { nobody: {} };
const faults: string[] = [];

/** What only calls change, and nothing by itself: no refused one leaves anything there. */
const KEPT = [
  ...["agents", "agent_credentials", "api_keys", "assets", "attachments", "audit", "channels", "connectors"],
  ...["customers", "customer_devices", "deployments", "flow_drafts", "flow_versions", "hours", "organisation"],
  ...["queues", "quick_replies", "record_objects", "skills", "uploads"],
];
let reader: DatabaseSync;
let stored: () => unknown;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "clew-fuzz-"));
  const config = readConfig({ PORT: "0", HOST: "127.0.0.1", CLEW_DATA: folder, CLEW_RATE_LIMIT: "0" });
  const log = pino({ level: "error" }, { write: (line: string) => void faults.push(line) });
  app = await startApp({ config, log, setupCode: "ABCD2345" });
  reader = new DatabaseSync(join(folder, "clew.db"), { readOnly: true });
  const counts = KEPT.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`);
  const count = reader.prepare(`SELECT ${counts.join(", ")}`);
  stored = () => ({ ...count.get() });

  for (const name of ["admin", "amara"]) {
    const { json, cookie } = await call("POST", "/staff/sign-in", {
      email: `${name}@clew.example`,
      password: DEMO_PASSWORD,
    });
    callers[name] = { cookie, "x-clew-csrf": json.csrf };
  }
  const channels = (await call("GET", "/channels", undefined, callers.admin)).json.items.map(
    ({ id }: { id: string }) => id,
  );
  const start = async (name: string) => {
    const { json } = await call("POST", "/identity/guest", { channelId: channels[0] });
    callers[name] = { authorization: `Bearer ${json.accessToken}` };
    const conversationId = crypto.randomUUID();
    const body = {
      type: "conversation.start",
      id: crypto.randomUUID(),
      conversationId,
      channelId: channels[0],
      language: "en",
      answers: [],
    };
    await call("POST", "/commands", body, callers[name]);
    return conversationId;
  };
  const conversations = [await start("alice"), await start("bob")];
  const queues = (await call("GET", "/queues", undefined, callers.admin)).json.items.map(
    ({ id }: { id: string }) => id,
  );
  ids = [...channels, ...conversations, ...queues, ...ids];
});

afterAll(async () => {
  reader.close();
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const json: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  const response = await fetch(`${app.url}${API_BASE}${path}`, {
    method,
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const type = response.headers.get("content-type") ?? "";
  const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] as string;
  return { status: response.status, type, text, cookie, json: /json/.test(type) ? JSON.parse(text) : null };
}

/** Requests of one endpoint: most fit, some have a part that does not. */
function requests({ path, params, query, body }: Endpoint) {
  const either = (schema: TSchema | undefined) => {
    if (!schema) return fc.constant(undefined);
    return fc.oneof(fitting(schema as Schema, ids), nearly(schema as Schema, ids));
  };
  return fc
    .record({
      caller: fc.constantFrom(...Object.keys(callers)),
      params: params ? fitting(params as Schema, ids) : fc.constant({}),
      odd: fc.constantFrom("", "", "", "%00", "..%2f", "x".repeat(300), "%F0%9F%98%80"),
      query: either(query),
      body: body === "multipart" ? fc.jsonValue() : either(body),
    })
    .map(({ params: values, odd, query: asked, ...rest }) => ({
      ...rest,
      path: addressOf(path, values as object, odd, asked),
    }));
}

function addressOf(path: string, params: object, odd: string, query: unknown): string {
  const filled = path.replace(
    /:(\w+)/g,
    (_, name: string) => odd || encodeURIComponent(String((params as Record<string, unknown>)[name])),
  );
  const isRecord = typeof query === "object" && query !== null;
  const pairs = isRecord ? Object.entries(query).filter(([, value]) => value !== undefined) : [];
  const asked = pairs.map(
    ([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(textOf(value).toWellFormed())}`,
  );
  return asked.length > 0 ? `${filled}?${asked.join("&")}` : filled;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

describe("every endpoint, out of its own schema", () => {
  test.each(API.filter(({ name }) => !SPARED.includes(name)).map((endpoint) => [endpoint.name, endpoint] as const))(
    "[H22] %s",
    async (_name, endpoint) => {
      await fc.assert(
        fc.asyncProperty(requests(endpoint), async ({ caller, path, body }) => {
          const sent = endpoint.method === "GET" || endpoint.method === "DELETE" ? undefined : body;
          const before = stored();
          const answer = await call(endpoint.method, path, sent, callers[caller]);
          expect(answer.text).not.toMatch(/\.ts:\d+|node_modules|SQLITE|syntax error/);
          if (answer.status < 300) return;
          expect([answer.status, faults.splice(0).join("")]).toEqual([
            expect.toSatisfy((status: number) => status >= 400 && status < 500),
            "",
          ]);
          expect(stored(), "rows after a refusal").toEqual(before);
          expect(answer.type).toBe("application/problem+json; charset=utf-8");
          expect(Object.keys(PROBLEMS)).toContain(answer.json.code);
          expect(answer.json.status).toBe(answer.status);
        }),
        { numRuns: RUNS },
      );
    },
  );

  test("[H22] afterwards the server still serves", async () => {
    expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
    expect(faults).toEqual([]);
  });
});
