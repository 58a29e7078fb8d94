import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Flow } from "@clew/contract/flows/definition";
import { ENGINES } from "@clew/server/testing/configuration";
import { startConversation } from "@clew/server/testing/customer";
import { flowAdmin } from "@clew/server/testing/flows";
import { createTestDatabase } from "@clew/server/testing/postgres";
import { newId, TestStream } from "@clew/server/testing/test-app";
import { expect, onTestFinished, test } from "vitest";
import { root } from "../../bin/setup/paths.mjs";
import { freePort } from "../support/postgres-cluster.ts";
import { ServerProcess } from "../support/server-process.ts";

/** As long as the flow waits for a word; the server comes back after it, when what it had taken up is still held for it. */
const WAITS_MS = 30_000;
const AWAY_MS = 40_000;
const WORDS = { answered: "You have answered.", late: "You have not answered." };

/** Waits for a word of those who came for this topic, and says whether it came. */
function waitingFor(topic: string, after: string): Flow {
  const any = [
    { event: "message.received", key: "{{session.conversationId}}", next: "answered" },
    { after, next: "late" },
  ];
  return {
    $schema: "flow/1",
    key: `test.${topic}`,
    kind: "background",
    trigger: { on: "session.started", filter: `=prechat.topic == '${topic}'` },
    inputs: { session: { type: "record:Session", required: true }, prechat: { type: "map", default: {} } },
    start: "wait",
    nodes: {
      wait: { type: "wait", any },
      answered: { type: "message.send", as: "bot", text: WORDS.answered, next: "end" },
      late: { type: "message.send", as: "bot", text: WORDS.late, next: "end" },
      end: { type: "end" },
    },
  } as unknown as Flow;
}

async function store(engine: (typeof ENGINES)[number]): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), "clew-killed-"));
  const database = engine === "postgres" ? await createTestDatabase() : null;
  onTestFinished(async () => {
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });
  return { CLEW_DATA: folder, ...(database ? { DATABASE_URL: database.url } : {}) };
}

async function customer(url: string, { accessToken }: { accessToken: string }) {
  const stream = await TestStream.open(url, { token: accessToken });
  await stream.until(({ type }) => type === "welcome");
  return stream;
}

test.each(ENGINES)(
  "[E3] [E5] killed while runs wait (%s): what came before its time is taken though told late, what comes after goes on once",
  { timeout: 120_000 },
  async (engine) => {
    const place = await store(engine);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const server = (environment: Record<string, string>) => {
      const one = new ServerProcess({
        url,
        program: `${root}/server/src/testing/dying-server.ts`,
        environment: { ...place, PORT: String(port), HOST: "127.0.0.1", CLEW_RATE_LIMIT: "0", ...environment },
      });
      onTestFinished(() => one.kill());
      return one;
    };
    const first = server({ DIES: "Here I am" });
    await first.start();
    const admin = await flowAdmin(url);
    await admin.publish(waitingFor("advice", `PT${WAITS_MS / 1_000}S`));
    await admin.publish(waitingFor("return", "P1D"));
    type Person = (typeof people)[number];
    const people = await Promise.all(
      ["advice", "advice", "return"].map(async (topic) => {
        const { identity: guest, stream, conversationId } = await startConversation(url, { told: { topic } });
        const run = async () => (await admin.runs(`conversation=${conversationId}`))[0];
        await expect.poll(async () => (await run())?.status, { timeout: 30_000 }).toBe("waiting");
        return { guest, conversationId, stream, run };
      }),
    );
    const [inTime, tooLate, patient] = people as [Person, Person, Person];
    const post = ({ conversationId }: Person, id = newId()) => ({
      type: "message.post" as const,
      id,
      conversationId,
      text: "Here I am",
      attachments: [],
    });
    const early = post(inTime);
    inTime.stream.send({ type: "command", command: early });
    // The connection ends when the server has killed itself, having stored the message and told no flow of it.
    await inTime.stream.until(() => false).catch(() => undefined);
    expect(inTime.stream.closed).toBe(true);
    await first.kill();

    await server({ AHEAD: String(AWAY_MS) }).start();
    for (const { run } of [inTime, tooLate])
      await expect.poll(async () => (await run())?.status, { timeout: 30_000 }).toBe("completed");
    expect((await patient.run())?.status).toBe("waiting");
    for (const one of people) one.stream = await customer(url, one.guest);
    // Nobody knows whether the server had it: a browser sends it again. The others write for the first time, and twice.
    for (const [one, command] of [
      [inTime, early],
      [tooLate, post(tooLate)],
      [patient, post(patient)],
    ] as const)
      for (let tries = 0; tries < 2; tries += 1) expect(await one.stream.command(command)).toMatchObject({ ok: true });
    await expect.poll(async () => (await patient.run())?.status, { timeout: 30_000 }).toBe("completed");

    const said = async ({ conversationId, stream }: Person) => {
      stream.send({ type: "subscribe", topic: { kind: "conversation", id: conversationId } });
      await stream.until(({ type }) => type === "live");
      return stream.events(conversationId).flatMap((event) => (event.type === "message.posted" ? [event.text] : []));
    };
    expect(await said(inTime)).toEqual(["Here I am", WORDS.answered]);
    expect(await said(tooLate)).toEqual([WORDS.late, "Here I am"]);
    expect(await said(patient)).toEqual(["Here I am", WORDS.answered]);
  },
);
