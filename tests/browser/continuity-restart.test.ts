import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Chat, createChat } from "@clew/client";
import type { Agent } from "@clew/contract/agents";
import { DEMO_AGENTS } from "@clew/server/demo/ids";
import { createTestDatabase } from "@clew/server/testing/postgres";
import { DEMO_CHANNELS, signIn, TestStream } from "@clew/server/testing/test-app";
import { expect, onTestFinished, test } from "vitest";
import { type Log, readPostgresLog, readSqliteLog } from "../crash/log.ts";
import { freePort } from "../support/postgres-cluster.ts";
import { ServerProcess } from "../support/server-process.ts";
import { TcpProxy } from "../support/tcp-proxy.ts";
import { AdminApi } from "./admin-api.ts";

const CHATS = 1_000;
/** Chats that begin at the same time. */
const AT_ONCE = 50;
/** Some ten seconds on a machine of one's own. */
const PATIENCE_MS = 120_000;

const ANSWERS = [
  { key: "name", value: "Ana" },
  { key: "email", value: "ana@example.com" },
  { key: "topic", value: "order" },
];

test(
  "[K19] a server killed under a thousand chats: all come back by themselves, each with every word once and in order",
  async () => {
    const data = await dataFolder();
    const server = await running(data, null);
    const chats = await talking(server.url);

    // Killed while a thousand messages are under way, and a thousand more are written to nobody.
    const underWay = chats.map((chat) => chat.send("Said when it fell"));
    await Promise.race(underWay);
    await server.kill();
    const meanwhile = chats.map((chat) => chat.send("Said meanwhile"));
    await server.start();
    await holdEachWord(chats, [...underWay, ...meanwhile], ["Said before", "Said when it fell", "Said meanwhile"]);
    await server.stop();
    expectStored(readSqliteLog(join(data, "clew.db")), ["Said before", "Said when it fell", "Said meanwhile"]);
  },
  PATIENCE_MS,
);

test(
  "[K19] a server changed for another under a thousand chats: all go over by themselves, each with every word once and in order",
  async () => {
    const store = await createTestDatabase();
    onTestFinished(() => store.drop());
    const data = await dataFolder();
    const before = await running(data, store.url);
    const after = await running(data, store.url);
    const proxy = await TcpProxy.to(Number(new URL(before.url).port));
    onTestFinished(() => proxy.close());
    const chats = await talking(`http://127.0.0.1:${proxy.port}`);

    // Told to end while a thousand messages are under way; a thousand more are written while everybody moves.
    const underWay = chats.map((chat) => chat.send("Said when it left"));
    await Promise.race(underWay);
    proxy.turnTo(Number(new URL(after.url).port));
    const ended = before.stop();
    const meanwhile = chats.map((chat) => chat.send("Said meanwhile"));
    await ended;
    await holdEachWord(chats, [...underWay, ...meanwhile], ["Said before", "Said when it left", "Said meanwhile"]);
    await after.stop();
    expectStored(await readPostgresLog(store.url), ["Said before", "Said when it left", "Said meanwhile"]);
  },
  PATIENCE_MS,
);

async function dataFolder(): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), "clew-thousand-"));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  return data;
}

async function running(data: string, databaseUrl: string | null): Promise<ServerProcess> {
  const server = ServerProcess.clew({ port: await freePort(), data, databaseUrl });
  onTestFinished(() => server.kill());
  await server.start();
  return server;
}

/** A thousand chats that have begun and have an agent. */
async function talking(url: string): Promise<Chat[]> {
  const desk = await deskFor(url, CHATS);
  const chats = Array.from({ length: CHATS }, () =>
    createChat({ server: url, channelId: DEMO_CHANNELS.shop, language: "en" }),
  );
  onTestFinished(() => {
    for (const chat of chats) chat.close();
  });
  const waiting = [...chats];
  const begin = async () => {
    for (let chat = waiting.pop(); chat; chat = waiting.pop()) {
      const begun = await chat.start({ answers: ANSWERS, message: "Said before" });
      if (begun.ok) await desk.command({ type: "session.take", conversationId: begun.value.conversationId });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, begin));
  return chats;
}

/** All was taken, all are live again, and each shows its words. */
async function holdEachWord(chats: Chat[], sent: Promise<{ ok: boolean }>[], words: string[]): Promise<void> {
  expect((await Promise.all(sent)).filter(({ ok }) => !ok)).toEqual([]);
  await Promise.all(chats.map(isLive));
  expect(chats.filter((chat) => said(chat).join() !== words.join())).toEqual([]);
}

function expectStored(log: Log, words: string[]): void {
  expect(log.size).toBe(CHATS);
  const stored = [...log.values()].map((events) =>
    events.flatMap((event) => (event.type === "message.posted" ? [event.text] : [])),
  );
  expect(stored.filter((texts) => texts.join() !== words.join())).toEqual([]);
}

const said = (chat: Chat) =>
  chat.state.get().timeline.flatMap((item) => (item.kind === "message" && item.mine ? [item.text] : []));

function isLive(chat: Chat): Promise<void> {
  return new Promise((resolve) => {
    let stop = () => {};
    const look = () => {
      const { connection, timeline } = chat.state.get();
      if (connection.name !== "live" || timeline.some((item) => item.kind === "message" && item.number === null))
        return;
      stop();
      resolve();
    };
    stop = chat.state.subscribe(look);
    look();
  });
}

/** An agent who can hold so many sessions, and is there. */
async function deskFor(url: string, sessions: number): Promise<AdminApi> {
  const admin = await AdminApi.signIn(url);
  const { items } = await admin.call<{ items: Agent[] }>("GET", "/agents");
  const { id, revision, ...settings } = items.find((agent) => agent.id === DEMO_AGENTS.amara) as Agent;
  await admin.call("PUT", `/agents/${id}`, { settings: { ...settings, capacity: sessions }, revision });
  const { cookie, headers } = await signIn(url, "amara");
  await TestStream.open(url, { cookie });
  return AdminApi.with(url, headers);
}
