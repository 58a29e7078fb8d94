import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROBLEMS, type ProblemCode } from "@clew/contract/problems";
import { expect } from "vitest";
import { systemIds } from "../clock.ts";
import { openConfigurationCache } from "../configuration/cache.ts";
import type { ConfigurationContext } from "../configuration/change.ts";
import { configurationHandlers } from "../configuration/handlers.ts";
import { connect, type Place } from "../database/connect.ts";
import type { Call, Caller } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { createTestDatabase } from "./postgres.ts";

export const ENGINES = ["sqlite", "postgres"] as const;
export type EngineName = (typeof ENGINES)[number];

export const ADMIN_ID = "0190a000-0000-7000-8000-00000000ad01";
export const ADMIN: Caller = { who: "staff", agentId: ADMIN_ID, role: "admin", name: "Alex", sessionId: "s" };

/** Of a queue, all but its name. */
export const QUEUE = {
  ...{ strategy: "most-available", offerFor: 30_000, autoAccept: false },
  ...{ maxWait: null, overWait: { next: "end" }, hoursId: null, onClose: "park" },
  ...{ members: [], skills: [] },
};

export type CallInput = Partial<Pick<Call, "caller" | "params" | "query" | "body" | "origin">>;

/** An empty store of one engine with all that the configuration is made of. `now` can be moved. */
export async function openConfigurationStore(engine: EngineName) {
  const { place, remove } = await makePlace(engine);
  const process = await openProcess(place);
  return {
    ...process,
    /** Another server process on the same store. */
    another: () => openProcess(place),
    async close() {
      await process.context.database.close();
      await remove();
    },
  };
}

async function openProcess(place: Place) {
  const database = await connect(place);
  const time = { now: Date.parse("2026-05-12T10:00:00Z") };
  const clock = { now: () => time.now };
  const cache = await openConfigurationCache(database);
  const context: ConfigurationContext = { database, clock, ids: systemIds(clock), cache };
  /** Who got which password, by agent. */
  const passwords = new Map<string, string>();
  const preparePassword = async (password: string) => async (_query: unknown, agentId: string) => {
    passwords.set(agentId, password);
  };
  const handlers = configurationHandlers({ ...context, preparePassword, ownOrigin: () => "http://localhost:4600" });
  const headers = new Map<string, string>();

  /** Calls a handler as the router does after its checks, by default as an admin. */
  // biome-ignore lint/suspicious/noExplicitAny: answers have the shape of their endpoint
  async function call(name: string, input: CallInput = {}): Promise<any> {
    const handler = handlers[name];
    if (!handler) throw new Error(`no handler ${name}`);
    return handler({
      caller: ADMIN,
      params: {},
      query: {},
      body: undefined,
      ip: "127.0.0.1",
      origin: null,
      userAgent: "test",
      cookies: {},
      reply: { cookie: () => {}, header: (key, value) => headers.set(key, value) },
      ...input,
    } as Call);
  }
  return { context, handlers, call, time, passwords, preparePassword, headers };
}

export async function makePlace(engine: EngineName): Promise<{ place: Place; remove(): Promise<void> }> {
  if (engine === "postgres") {
    const { url, drop } = await createTestDatabase({ migrated: true });
    return { place: { url }, remove: drop };
  }
  const folder = await mkdtemp(join(tmpdir(), "clew-configuration-"));
  return { place: { folder }, remove: () => rm(folder, { recursive: true }) };
}

/** Expects the problem `code`, with these members, and gives it back. */
export async function expectRefused(answer: Promise<unknown>, code: ProblemCode, members: object = {}) {
  const error = await answer.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error, `expected the problem ${code}`).toBeInstanceOf(Refused);
  const { problem } = error as Refused;
  expect(problem).toMatchObject({ code, status: PROBLEMS[code].status, ...members });
  return problem;
}
