import type { CustomerIdentity } from "@clew/contract/customers";
import type { ServerMessage } from "@clew/contract/stream";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { ACCESS_LIFE_MS } from "../identity/access-tokens.ts";
import { SESSION_LIFE_MS } from "../identity/agent-sessions.ts";
import { startConversation } from "../testing/customer.ts";
import { DEMO_CHANNELS, newId, postJson, signIn, startTestApp, TestStream } from "../testing/test-app.ts";
import { ACCESS_GRACE_MS } from "./connection.ts";

/** More than a round of the watch over connections, on either transport, in milliseconds. */
const ROUND_MS = 16_000;
const OVER_MS = ACCESS_LIFE_MS + ACCESS_GRACE_MS + 2_000;
const DAY_MS = 24 * 60 * 60_000;

// The server looks after its connections when the test says so.
vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
let app: Awaited<ReturnType<typeof startTestApp>>;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.close();
  vi.useRealTimers();
});

const isBye = (message: ServerMessage) => message.type === "bye";
const post = (conversationId: string, text: string) => ({
  ...{ type: "message.post" as const, id: newId(), conversationId },
  ...{ text, attachments: [] },
});

async function customer() {
  const started = await startConversation(app.url);
  onTestFinished(() => started.stream.cut());
  return started;
}

const renewed = ({ resumeSecret }: CustomerIdentity) =>
  postJson<CustomerIdentity>(`${app.url}/api/v1/identity/resume`, { channelId: DEMO_CHANNELS.shop, resumeSecret });

/** Until the server has answered what was sent. */
async function pong(stream: TestStream): Promise<void> {
  const from = stream.messages.length;
  stream.send({ type: "ping", at: 0 });
  await stream.until(({ type }) => type === "pong", from);
}

/** What the customer said, as whoever comes with this access reads it. */
async function said({ accessToken }: CustomerIdentity, conversationId: string): Promise<string[]> {
  const reader = await TestStream.open(app.url, { token: accessToken });
  onTestFinished(() => reader.cut());
  reader.send({ type: "subscribe", topic: { kind: "conversation", id: conversationId } });
  await reader.until(({ type }) => type === "live");
  return reader
    .events(conversationId)
    .flatMap((event) => (event.type === "message.posted" && event.by.who === "customer" ? [event.text] : []));
}

test("[TE1] a command after the end of access is not carried out; sent again with new access, it is, once", async () => {
  const { stream, identity, conversationId } = await customer();
  app.skip(ACCESS_LIFE_MS + ACCESS_GRACE_MS / 2);
  expect(await stream.command(post(conversationId, "within the grace"))).toMatchObject({ ok: true });
  app.skip(OVER_MS - ACCESS_LIFE_MS);
  const late = post(conversationId, "too late");
  stream.send({ type: "command", command: late });
  expect(await stream.until(isBye)).toEqual({ type: "bye", reason: "token-expired", retryAfter: null });
  expect(stream.messages.some((message) => message.type === "answer" && message.commandId === late.id)).toBe(false);

  const again = await renewed(identity);
  expect(await said(again, conversationId)).toEqual(["within the grace"]);
  const back = await TestStream.open(app.url, { token: again.accessToken });
  onTestFinished(() => back.cut());
  await back.until(({ type }) => type === "welcome");
  for (const _ of ["once", "twice"]) expect(await back.command(late)).toMatchObject({ ok: true });
  expect(await said(again, conversationId)).toEqual(["within the grace", "too late"]);
});

test("[TE1] typing, reading and forms are no way around it", async () => {
  const { stream, conversationId, topic } = await customer();
  app.skip(OVER_MS);
  stream.send({ type: "subscribe", topic });
  stream.send({ type: "typing", conversationId, on: true, text: "psst" });
  expect(await stream.until(isBye)).toMatchObject({ reason: "token-expired" });
  expect(stream.messages.some(({ type }) => type === "snapshot")).toBe(false);
});

test("[TE2] a token shown in time lets the stream go on past the end of the first", async () => {
  const { stream, identity, conversationId } = await customer();
  app.skip(ACCESS_LIFE_MS - 60_000);
  stream.send({ type: "token", token: (await renewed(identity)).accessToken });
  await pong(stream);
  app.skip(OVER_MS - ACCESS_LIFE_MS + 60_000);
  await pong(stream);
  vi.advanceTimersByTime(ROUND_MS);
  expect(await stream.command(post(conversationId, "still here"))).toMatchObject({ ok: true });
  expect(stream.messages.some(isBye)).toBe(false);
});

test("[TE2] a token shown late counts for what was sent behind it", async () => {
  const { stream, identity, conversationId } = await customer();
  app.skip(OVER_MS);
  const { accessToken } = await renewed(identity);
  stream.send({ type: "token", token: accessToken });
  expect(await stream.command(post(conversationId, "right behind it"))).toMatchObject({ ok: true });
  expect(stream.messages.some(isBye)).toBe(false);
});

test("[TE3] server-sent events end alike, and what was posted into that is not stored", async () => {
  const { identity, conversationId, topic } = await customer();
  const response = await fetch(`${app.url}/api/v1/stream/sse`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  onTestFinished(() => reader?.cancel());
  let text = "";
  const until = async (pattern: RegExp) => {
    for (;;) {
      const found = pattern.exec(text);
      if (found) return found[1] ?? "";
      const { value, done } = (await reader?.read()) ?? { done: true, value: "" };
      if (done) throw new Error(`ended after ${text}`);
      text += value;
    }
  };
  const link = await until(/event: link\ndata: (\S+)/);
  const send = (messages: object[]) => postJson(`${app.url}/api/v1/stream/sse/${link}`, messages);
  await send([
    { type: "hello", protocol: 1, token: identity.accessToken },
    { type: "subscribe", topic },
  ]);
  await until(/"type":"(live)"/);
  app.skip(OVER_MS);
  await send([{ type: "command", command: post(conversationId, "too late") }]);
  expect(await until(/"type":"bye","reason":"([^"]+)"/)).toBe("token-expired");
  expect(await said(await renewed(identity), conversationId)).toEqual([]);
});

test("[TE4] who only reads is told in the next round", async () => {
  const { stream } = await customer();
  app.skip(ACCESS_LIFE_MS);
  await pong(stream);
  vi.advanceTimersByTime(ROUND_MS);
  await pong(stream);
  expect(stream.messages.some(isBye)).toBe(false);
  app.skip(OVER_MS - ACCESS_LIFE_MS);
  await pong(stream);
  vi.advanceTimersByTime(ROUND_MS);
  expect(await stream.until(isBye)).toMatchObject({ reason: "token-expired" });
});

test("[TE5] an agent's stream ends with the session, and goes on where other use has prolonged it", async () => {
  const desk = async () => {
    const { cookie, headers } = await signIn(app.url, "amara");
    const stream = await TestStream.open(app.url, { cookie });
    onTestFinished(() => stream.cut());
    await stream.until(({ type }) => type === "welcome");
    return { stream, headers };
  };
  const [left, used, quiet] = [await desk(), await desk(), await desk()];
  const everybody = async () => {
    for (const { stream } of [left, used, quiet]) await pong(stream);
  };
  app.skip(SESSION_LIFE_MS - DAY_MS);
  await everybody();
  expect((await fetch(`${app.url}/api/v1/staff/me`, { headers: used.headers })).status).toBe(200);
  app.skip(DAY_MS + ACCESS_GRACE_MS + 2_000);
  await everybody();
  left.stream.send({ type: "command", command: { type: "presence.set", id: newId(), status: "busy", reason: null } });
  expect(await left.stream.until(isBye)).toMatchObject({ reason: "signed-out", retryAfter: null });
  expect(left.stream.messages.some(({ type }) => type === "answer")).toBe(false);
  vi.advanceTimersByTime(ROUND_MS);
  expect(await quiet.stream.until(isBye)).toMatchObject({ reason: "signed-out", retryAfter: null });
  const free = { type: "presence.set", status: "offline", reason: null };
  expect(await used.stream.command(free)).toMatchObject({ ok: true });
});
