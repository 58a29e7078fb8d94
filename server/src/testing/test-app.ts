import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CustomerIdentity } from "@clew/contract/customers";
import type { ClientMessage, ServerMessage } from "@clew/contract/stream";
import pino from "pino";
import { WebSocket } from "ws";
import { startApp } from "../app.ts";
import { systemClock, systemIds } from "../clock.ts";
import { readConfig } from "../config.ts";
import { DEMO_CHANNELS } from "../demo/ids.ts";
import { DEMO_PASSWORD } from "../demo/people.ts";
import { createAccessTokens } from "../identity/access-tokens.ts";
import { keyFor } from "../identity/secrets.ts";
import { loadSecret } from "../secret.ts";
import type { EngineName } from "./configuration.ts";
import { createTestDatabase } from "./postgres.ts";

export { DEMO_CHANNELS, DEMO_PASSWORD };

const YEAR_MS = 365 * 24 * 60 * 60_000;

type Options = {
  engine?: EngineName;
  environment?: Record<string, string>;
  data?: string;
  port?: number;
  /** Where all that the server logs goes, from the least on. */
  logs?: string[];
};

/** The whole server with the demo, on a free port and an empty store of its own; without rate limits unless asked. */
export async function startTestApp({ engine = "sqlite", environment = {}, data, port = 0, logs }: Options = {}) {
  const folder = data ?? (await mkdtemp(join(tmpdir(), "clew-")));
  const database = engine === "postgres" ? await createTestDatabase({ migrated: true }) : null;
  const config = readConfig({
    PORT: String(port),
    CLEW_DATA: folder,
    CLEW_RATE_LIMIT: "0",
    ...(database ? { DATABASE_URL: database.url } : {}),
    ...environment,
  });
  const log = logs
    ? pino({ level: "trace" }, { write: (line: string) => void logs.push(line) })
    : pino({ level: process.env.CLEW_TEST_LOG ?? "fatal" }, pino.destination(2));
  let skipped = 0;
  const clock = { now: () => Date.now() + skipped };
  const app = await startApp({ config: { ...config, port }, log, setupCode: "TESTCODE", clock });
  return {
    ...app,
    /** Moves the server's clock on. */
    skip(milliseconds: number) {
      skipped += milliseconds;
    },
    /** The guest with access that outlives whatever the clock is moved by: for tests of what else passes with time. */
    async lasting(guest: CustomerIdentity): Promise<CustomerIdentity> {
      const tokens = createAccessTokens(keyFor(await loadSecret(config), "access tokens"));
      const access = await tokens.read(guest.accessToken, clock.now());
      const { token, expiresAt } = await tokens.issue(access, clock.now() + YEAR_MS);
      return { ...guest, accessToken: token, accessExpiresAt: expiresAt };
    },
    folder,
    /** Where its store is, for tests that look into it. */
    place: database ? { url: database.url } : { folder },
    async close() {
      await app.close();
      await database?.drop();
      if (!data) await rm(folder, { recursive: true, force: true });
    },
  };
}

const ids = systemIds(systemClock);
export const newId = () => ids.next();

export async function postJson<T>(url: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return (text ? JSON.parse(text) : null) as T;
}

/** A guest of the demo's shop channel. */
export function newGuest(url: string, channelId: string = DEMO_CHANNELS.shop): Promise<CustomerIdentity> {
  return postJson(`${url}/api/v1/identity/guest`, { channelId });
}

/** Signs in an agent of the demo by the name before the @. */
export async function signIn(url: string, name: string) {
  const response = await fetch(`${url}/api/v1/staff/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: `${name}@clew.example`, password: DEMO_PASSWORD }),
  });
  const me = (await response.json()) as { agent: { id: string }; csrf: string };
  if (!response.ok) throw new Error(JSON.stringify(me));
  const cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  return { me, cookie, headers: { cookie, "x-clew-csrf": me.csrf } };
}

/** A bare client of the stream that remembers all it was sent. */
export class TestStream {
  readonly messages: ServerMessage[] = [];
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();
  closed = false;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data) => {
      this.messages.push(JSON.parse(data.toString()) as ServerMessage);
      for (const wake of [...this.#waiting]) wake();
    });
    socket.on("close", () => {
      this.closed = true;
      for (const wake of [...this.#waiting]) wake();
    });
    socket.on("error", () => undefined);
  }

  /** `more`: further headers. */
  static async open(
    url: string,
    by: { token?: string; cookie?: string; origin?: string; more?: Record<string, string> } = {},
  ): Promise<TestStream> {
    const headers = {
      ...by.more,
      ...(by.cookie ? { cookie: by.cookie } : {}),
      ...(by.origin ? { origin: by.origin } : {}),
    };
    const socket = new WebSocket(`${url.replace("http", "ws")}/api/v1/stream`, { headers });
    const stream = new TestStream(socket);
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    stream.send({ type: "hello", protocol: 1, ...(by.token ? { token: by.token } : {}) });
    return stream;
  }

  send(message: ClientMessage): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** Sends text as it is, for what no client of ours would send. */
  sendText(text: string): void {
    this.#socket.send(text);
  }

  /** The first message, from those already here on, that `is` what is waited for. */
  async until<T extends ServerMessage>(is: (message: ServerMessage) => message is T, from?: number): Promise<T>;
  async until(is: (message: ServerMessage) => boolean, from?: number): Promise<ServerMessage>;
  async until(is: (message: ServerMessage) => boolean, from = 0): Promise<ServerMessage> {
    const deadline = Date.now() + 10_000;
    for (;;) {
      const found = this.messages.slice(from).find(is);
      if (found) return found;
      if (this.closed || Date.now() > deadline)
        throw new Error(`never came; got ${JSON.stringify(this.messages.slice(-6))}`);
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          this.#waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, Math.max(1, deadline - Date.now()));
        this.#waiting.add(wake);
      });
    }
  }

  /** Sends a command and waits for its answer. */
  async command(command: Record<string, unknown> & { type: string }) {
    const id = (command.id as string | undefined) ?? newId();
    this.send({ type: "command", command: { ...command, id } } as unknown as ClientMessage);
    return this.until(
      (message): message is Extract<ServerMessage, { type: "answer" }> =>
        message.type === "answer" && message.commandId === id,
    );
  }

  /** All events of a conversation that came, in the order they came. */
  events(conversationId: string) {
    return this.messages.flatMap((message) =>
      (message.type === "events" || message.type === "snapshot") &&
      message.topic.kind === "conversation" &&
      message.topic.id === conversationId
        ? message.events
        : [],
    );
  }

  /** Breaks the connection without a word. */
  cut(): void {
    this.#socket.terminate();
  }
}
