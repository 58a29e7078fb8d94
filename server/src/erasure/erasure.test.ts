import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { ConversationEvent } from "@clew/contract/events";
import type { ServerMessage } from "@clew/contract/stream";
import { describe, expect, onTestFinished, test } from "vitest";
import { connect } from "../database/connect.ts";
import type { Database } from "../database/database.ts";
import { ENGINES, type EngineName } from "../testing/configuration.ts";
import { everythingIn } from "../testing/everything-in.ts";
import { createTestDatabase } from "../testing/postgres.ts";
import { DEMO_CHANNELS, newGuest, newId, signIn, startTestApp, TestStream } from "../testing/test-app.ts";

/** Words that nobody may find afterwards. */
const PRIVATE = ["Ana Ruiz", "ana@example.com", "LK-777001", "my secret garden", "plan-of-the-garden", "she is nice"];

async function stage(engine: EngineName) {
  const postgres = engine === "postgres" ? await createTestDatabase({ migrated: true }) : null;
  const app = await startTestApp(postgres ? { environment: { DATABASE_URL: postgres.url } } : {});
  const database = await connect(postgres ? { url: postgres.url } : { folder: app.folder });
  onTestFinished(async () => {
    await database.close();
    await app.close();
    await postgres?.drop();
  });
  const call = async (method: string, path: string, headers: Record<string, string>, body?: unknown) => {
    const json: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    const response = await fetch(`${app.url}/api/v1${path}`, {
      method,
      headers: { ...headers, ...json },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    // biome-ignore lint/suspicious/noExplicitAny: answers have the shape of their endpoint
    return { status: response.status, json: (text.startsWith("{") ? JSON.parse(text) : null) as any };
  };
  return { app, database, call };
}

const found = async (database: Database) => {
  const text = await everythingIn(database);
  return PRIVATE.filter((word) => text.includes(word));
};

/** A guest with a session that an agent serves, a file, a link, and a stream open on each side. */
async function served(engine: EngineName) {
  const { app, database, call } = await stage(engine);
  const guest = await newGuest(app.url);
  const headers = { authorization: `Bearer ${guest.accessToken}` };
  const customer = await TestStream.open(app.url, { token: guest.accessToken });
  const conversationId = newId();
  const started = await customer.command({
    type: "conversation.start",
    conversationId,
    channelId: DEMO_CHANNELS.shop,
    language: "en",
    page: { url: "https://shop.example/gardens/LK-777001" },
    answers: [
      { key: "name", value: "Ana Ruiz", how: "typed" },
      { key: "email", value: "ana@example.com", how: "typed" },
      { key: "topic", value: "order", how: "typed" },
      { key: "orderNumber", value: "LK-777001", how: "typed" },
    ],
  });
  expect(started).toMatchObject({ ok: true });
  customer.send({ type: "subscribe", topic: { kind: "conversation", id: conversationId } });
  const form = new FormData();
  form.append("file", new File(["roses and peas"], "plan-of-the-garden.txt"));
  const upload = await fetch(`${app.url}/api/v1/conversations/${conversationId}/attachments`, {
    method: "POST",
    headers,
    body: form,
  });
  const file = (await upload.json()) as { id: string };
  await customer.command({ type: "message.post", conversationId, text: "my secret garden", attachments: [file.id] });
  const agent = await signIn(app.url, "amara");
  const desk = await TestStream.open(app.url, { cookie: agent.cookie, origin: app.url });
  await desk.command({ type: "session.take", conversationId });
  desk.send({ type: "subscribe", topic: { kind: "conversation", id: conversationId } });
  await desk.until((message) => message.type === "live" && message.topic.kind === "conversation");
  await desk.command({ type: "note.post", conversationId, text: "she is nice", attachments: [] });
  await customer.until(
    (message) => message.type === "events" && message.events.some(({ type }) => type === "session.assigned"),
  );
  const link = await call("POST", `/conversations/${conversationId}/links`, headers);
  const admin = await signIn(app.url, "admin");
  return {
    ...{ app, database, call, guest, headers, customer, conversationId, file, agent, desk, admin },
    token: String(link.json.url).split("clew-reconnect=")[1] ?? "",
  };
}

describe.each(ENGINES)("erasure on %s", (engine) => {
  test("[ER1] [ER2] [ER3] [ER4] nothing of the customer is left, nobody gets in, and what remains is that there was one", async () => {
    const here = await served(engine);
    const { app, database, call, guest, headers, conversationId, file, agent, admin, token } = here;
    expect(await found(database)).toEqual(PRIVATE);
    const attachments = join(app.folder, "attachments");
    const onDisk = async () =>
      (await readdir(attachments, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;
    expect(await onDisk()).toBe(1);
    const load = async () => {
      const { items } = (await call("GET", "/staff/presences", admin.headers)).json;
      return items.find((one: { agentId: string }) => one.agentId === agent.me.agent.id).load;
    };
    const loaded = await load();

    expect((await call("DELETE", `/customers/${guest.customerId}`, agent.headers)).json.code).toBe("forbidden");
    expect((await call("DELETE", `/customers/${newId()}`, admin.headers)).json.code).toBe("not-found");
    const erased = await call("DELETE", `/customers/${guest.customerId}`, admin.headers);
    expect(erased).toEqual({ status: 200, json: { conversations: 1, files: 1 } });

    expect(await found(database)).toEqual([]);
    expect(await onDisk()).toBe(0);
    expect(await load()).not.toEqual(loaded);

    expect((await call("GET", `/conversations/${conversationId}`, headers)).json.code).toBe("unauthenticated");
    const secret = { channelId: DEMO_CHANNELS.shop, resumeSecret: guest.resumeSecret };
    expect((await call("POST", "/identity/resume", {}, secret)).json.code).toBe("unauthenticated");
    const opened = await call("POST", "/reconnect/open", {}, { channelId: DEMO_CHANNELS.shop, token });
    expect(opened.json).toEqual({ outcome: "refused", because: "link-invalid" });
    expect((await call("GET", `/attachments/${file.id}`, admin.headers)).json.code).toBe("not-found");

    const left: ConversationSnapshot = (await call("GET", `/conversations/${conversationId}`, admin.headers)).json;
    expect(left).toMatchObject({ id: conversationId, status: "closed", facts: [], staff: null, page: null });
    expect(left.customer).toEqual({ id: guest.customerId, kind: "guest", name: null, email: null, subject: null });
    const log = await call("GET", `/conversations/${conversationId}/events?after=0&limit=200`, admin.headers);
    const events = log.json.events as ConversationEvent[];
    expect(events.map(({ number }) => number)).toEqual(events.map((_, index) => index + 1));
    expect(new Set(events.slice(0, -1).map(({ type }) => type))).toEqual(new Set(["hidden"]));
    expect(events.at(-1)).toMatchObject({ type: "conversation.erased", number: left.number });
    const listed = await call("GET", "/staff/conversations", admin.headers);
    expect(listed.json.items).toEqual([]);

    const again = await call("DELETE", `/customers/${guest.customerId}`, admin.headers);
    expect(again.json).toEqual({ conversations: 1, files: 0 });
    expect((await call("GET", `/conversations/${conversationId}`, admin.headers)).json.number).toBe(left.number);
    const audit = (await call("GET", "/audit", admin.headers)).json.items;
    expect(audit.filter(({ action }: { action: string }) => action === "erase")).toMatchObject([
      { noun: "customer", nounId: guest.customerId, agentId: admin.me.agent.id },
      { noun: "customer", nounId: guest.customerId },
    ]);
  });

  test("[ER5] [ER6] who reads along lets go of what they hold; who comes back later with an old cursor, too", async () => {
    const { app, call, guest, customer, conversationId, desk, admin, database } = await served(engine);
    const held = desk.events(conversationId).at(-1)?.number ?? 0;
    const from = desk.messages.length;
    await call("DELETE", `/customers/${guest.customerId}`, admin.headers);
    await customer.until((message) => message.type === "bye" && message.reason === "revoked");
    const isSnapshot = (message: ServerMessage) => message.type === "snapshot";
    await desk.until((message) => message.type === "resync" && message.because === "erased", from);
    const snapshot = (await desk.until(isSnapshot, from)) as Extract<ServerMessage, { type: "snapshot" }>;
    expect(PRIVATE.filter((word) => JSON.stringify(snapshot).includes(word))).toEqual([]);
    expect(snapshot.events.at(-1)).toMatchObject({ type: "conversation.erased" });

    const late = await TestStream.open(app.url, { cookie: admin.cookie, origin: app.url });
    const topic = { kind: "conversation", id: conversationId } as const;
    late.send({ type: "subscribe", topic, cursor: { epoch: database.epoch, number: held } });
    await late.until((message) => message.type === "resync" && message.because === "erased");
    expect(await late.until(isSnapshot)).toEqual(snapshot);
    late.send({ type: "subscribe", topic, cursor: { epoch: database.epoch, number: snapshot.snapshot.number } });
    await late.until((message) => message.type === "live");
    expect(late.messages.filter(isSnapshot)).toHaveLength(1);
  });
});
