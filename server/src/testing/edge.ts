import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { API, API_BASE } from "@clew/contract/api";
import type { Configuration } from "@clew/domain/configuration";
import pino from "pino";
import { createAttachments } from "../attachments/attachments.ts";
import { systemIds } from "../clock.ts";
import { connect } from "../database/connect.ts";
import type { Caller, Handlers } from "../http/handlers.ts";
import { createHttp } from "../http/http.ts";
import { createIdentity, type IdentityParts } from "../identity/identity.ts";
import { type EngineName, makePlace } from "./configuration.ts";

export const CHANNEL = "0190a000-0000-7000-8000-0000000000c1";
export const OTHER_CHANNEL = "0190a000-0000-7000-8000-0000000000c2";
export const CONVERSATION = "0190a000-0000-7000-8000-00000000c0de";
export const SITE = "https://shop.example";
export const PASSWORD = "a long enough password";

type Channel = { settings: { verification: object; origins: string[] } };

export type EdgeOptions = {
  handlers?: Handlers;
  /** Replaces parts of identity. */
  identity?: Partial<IdentityParts>;
  rateLimit?: number;
  publicUrl?: string | null;
  ready?: () => Promise<boolean>;
  demo?: boolean;
};

/**
 * The real edge, identity and attachments over HTTP, on a store of one engine. Everything else of the product is left
 * out: conversations belong to whoever `owners` says, other endpoints answer with `{}`.
 */
export async function openEdge(engine: EngineName = "sqlite", options: EdgeOptions = {}) {
  const { place, remove } = await makePlace(engine);
  const folder = await mkdtemp(join(tmpdir(), "clew-edge-"));
  const database = await connect(place);
  const time = { now: Date.parse("2026-05-12T10:00:00Z") };
  const clock = { now: () => time.now };
  const ids = systemIds(clock);
  const lines: string[] = [];
  const log = pino({ level: "error" }, { write: (line: string) => void lines.push(line) });

  const agents = new Map<string, { id: string; email: string; publicName: string; role: string; active: boolean }>();
  const channels = new Map<string, Channel>([
    [
      CHANNEL,
      { settings: { verification: { on: false, issuer: "", audience: "", jwksUrl: null, keys: [] }, origins: [SITE] } },
    ],
    [
      OTHER_CHANNEL,
      {
        settings: {
          verification: { on: false, issuer: "", audience: "", jwksUrl: null, keys: [] },
          origins: ["https://other.example"],
        },
      },
    ],
  ]);
  const configuration = () =>
    ({
      agents,
      channels,
      queues: new Map(),
      organisation: { name: "Larkspur & Co", presenceReasons: [], declineReasons: [] },
    }) as unknown as Configuration;
  const owners = new Map<string, string>();
  const moved: { guestId: string; customerId: string }[] = [];
  const mayRead = async (caller: Caller, id: string) =>
    caller.who === "customer" ? owners.get(id) === caller.customerId : owners.has(id);

  const identity = await createIdentity({
    database,
    clock,
    ids,
    secret: "a secret for tests that is long enough to be one",
    demo: false,
    configuration,
    listConversations: async () => [],
    async onVerified(move) {
      moved.push(move);
    },
    clearConversations: async () => undefined,
    setupCode: () => "ABCD2345",
    async setUp({ email, writePassword }) {
      const id = ids.next();
      await database.transaction((query) => writePassword(query, id));
      agents.set(id, { id, email, publicName: "Admin", role: "admin", active: true });
      return agents.get(id) as never;
    },
    ...options.identity,
  });
  const attachments = await createAttachments({
    database,
    clock,
    ids,
    folder,
    mayReadConversation: mayRead,
    mayUpload: mayRead,
  });

  const rest = Object.fromEntries(API.map(({ name }) => [name, async () => ({})]));
  const origins = {
    allowed: (channelId: string, origin: string) => channels.get(channelId)?.settings.origins.includes(origin) ?? true,
    known: (origin: string) => [...channels.values()].some(({ settings }) => settings.origins.includes(origin)),
  };
  const http = await createHttp({
    config: {
      publicUrl: options.publicUrl ?? null,
      trustProxy: false,
      rateLimit: options.rateLimit ?? 0,
      consoleFolder: join(folder, "console"),
      widgetFolder: join(folder, "widget"),
    },
    handlers: { ...rest, ...identity.handlers, ...attachments.handlers, ...options.handlers },
    authenticate: identity.authenticate,
    origins,
    clock,
    log,
    paymentOrigins: async () => [],
    asset: async () => null,
    ready: options.ready ?? (async () => true),
    demo: options.demo ? { channels: () => [{ id: CHANNEL, name: "Shop <chat>" }] } : null,
  });
  const address = await http.listen({ port: 0, host: "127.0.0.1" });

  /** One call as a client makes it: JSON in, status, JSON and headers out. Paths are below /api/v1 unless they begin with `//`. */
  async function call(
    method: string,
    path: string,
    { body, headers = {}, raw }: { body?: unknown; headers?: Record<string, string>; raw?: string | FormData } = {},
  ) {
    const url = path.startsWith("//") ? `${address}${path.slice(1)}` : `${address}${API_BASE}${path}`;
    const json: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    const response = await fetch(url, {
      method,
      redirect: "manual",
      headers: { ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(raw === undefined ? {} : { body: raw }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "");
    return {
      status: response.status,
      // biome-ignore lint/suspicious/noExplicitAny: answers have the shape of their endpoint
      json: (isJson && text ? JSON.parse(text) : null) as any,
      text,
      headers: response.headers,
    };
  }

  return {
    address,
    call,
    database,
    time,
    clock,
    ids,
    identity,
    attachments,
    agents,
    channels,
    owners,
    moved,
    folder,
    /** Lines of the log, from errors up. */
    lines,
    async addAgent(role: "agent" | "supervisor" | "admin" = "agent") {
      const id = ids.next();
      const agent = {
        id,
        email: `${role}-${id.slice(-6)}@clew.example`,
        publicName: `The ${role}`,
        role,
        active: true,
      };
      agents.set(id, agent);
      const write = await identity.preparePassword(PASSWORD);
      await database.transaction((query) => write(query, id));
      return agent;
    },
    /** Signs in; returns the headers of later calls. */
    async signIn(email: string) {
      const answer = await call("POST", "/staff/sign-in", { body: { email, password: PASSWORD } });
      const cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0] as string;
      return { cookie, "x-clew-csrf": answer.json?.csrf as string };
    },
    async guest(channelId = CHANNEL) {
      const { json } = await call("POST", "/identity/guest", { body: { channelId } });
      return { ...json, headers: { authorization: `Bearer ${json.accessToken}` } } as {
        customerId: string;
        accessToken: string;
        resumeSecret: string;
        headers: { authorization: string };
      };
    },
    async close() {
      await http.close();
      await database.close();
      await remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Edge = Awaited<ReturnType<typeof openEdge>>;
