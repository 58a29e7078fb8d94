import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Chat, createChat } from "@clew/client";
import type { Agent } from "@clew/contract/agents";
import { DEMO_AGENTS } from "@clew/server/demo/ids";
import { DEMO_CHANNELS, signIn, TestStream } from "@clew/server/testing/test-app";
import { expect, onTestFinished, test } from "vitest";
import { readSqliteLog } from "../crash/log.ts";
import { freePort } from "../support/postgres-cluster.ts";
import { ServerProcess } from "../support/server-process.ts";
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
    const data = await mkdtemp(join(tmpdir(), "clew-thousand-"));
    const server = ServerProcess.clew({ port: await freePort(), data, databaseUrl: null });
    onTestFinished(async () => {
      await server.kill();
      await rm(data, { recursive: true, force: true });
    });
    await server.start();
    const desk = await deskFor(server.url, CHATS);
    const chats = Array.from({ length: CHATS }, () =>
      createChat({ server: server.url, channelId: DEMO_CHANNELS.shop, language: "en" }),
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

    // Killed while a thousand messages are under way, and a thousand more are written to nobody.
    const underWay = chats.map((chat) => chat.send("Said when it fell"));
    await Promise.race(underWay);
    await server.kill();
    const meanwhile = chats.map((chat) => chat.send("Said meanwhile"));
    await server.start();
    const answers = await Promise.all([...underWay, ...meanwhile]);
    expect(answers.filter(({ ok }) => !ok)).toEqual([]);
    await Promise.all(chats.map(isLive));

    const words = ["Said before", "Said when it fell", "Said meanwhile"];
    expect(chats.filter((chat) => said(chat).join() !== words.join())).toEqual([]);
    await server.stop();
    const log = [...readSqliteLog(join(data, "clew.db")).values()];
    expect(log).toHaveLength(CHATS);
    const stored = log.map((events) =>
      events.flatMap((event) => (event.type === "message.posted" ? [event.text] : [])),
    );
    expect(stored.filter((texts) => texts.join() !== words.join())).toEqual([]);
  },
  PATIENCE_MS,
);

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
