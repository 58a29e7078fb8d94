import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { Flow } from "@clew/contract/flows/definition";
import { DEMO_QUEUES } from "@clew/server/demo/ids";
import { ENGINES } from "@clew/server/testing/configuration";
import { startConversation } from "@clew/server/testing/customer";
import { flowAdmin } from "@clew/server/testing/flows";
import { createTestDatabase } from "@clew/server/testing/postgres";
import { DEMO_CHANNELS, TestStream } from "@clew/server/testing/test-app";
import { expect, onTestFinished, test } from "vitest";
import { root } from "../../bin/setup/paths.mjs";
import { freePort } from "../support/postgres-cluster.ts";
import { ServerProcess } from "../support/server-process.ts";

/** What a server that died had under way is taken up by the next when its time is over. */
const LEASE_OVER_MS = 40_000;
const SESSION = { session: { type: "record:Session", required: true }, prechat: { type: "map", default: {} } };
const HELLO = "Hello, which way?";
const THANKS = "Somebody will be with you.";

const ENTRANCE = {
  ...{ $schema: "flow/1", key: "test.entrance", kind: "routing", inputs: SESSION, start: "go" },
  trigger: { on: "session.started", channels: [DEMO_CHANNELS.shop] },
  nodes: { go: { type: "route", to: { bot: "Mia", flow: "test.mia" }, next: "end" }, end: { type: "end" } },
} as unknown as Flow;

/** Says something, hears something, gives the session to people, and says something more. */
const MIA = {
  ...{ $schema: "flow/1", key: "test.mia", kind: "background", inputs: SESSION, start: "hello" },
  trigger: { on: "none" },
  nodes: {
    hello: { type: "message.send", text: HELLO, next: "wait" },
    wait: {
      type: "wait",
      any: [
        { event: "message.received", key: "{{session.conversationId}}", next: "give" },
        { after: "P1D", next: "give" },
      ],
    },
    give: { type: "route", to: { queue: DEMO_QUEUES.support }, next: "thanks" },
    thanks: { type: "message.send", text: THANKS, next: "end" },
    end: { type: "end" },
  },
} as unknown as Flow;

test.each(ENGINES)(
  "[FM4] killed between the commits of a session and of its bot (%s): one owner at every time, and every word once",
  { timeout: 240_000 },
  async (engine) => {
    const folder = await mkdtemp(join(tmpdir(), "clew-bot-killed-"));
    const database = engine === "postgres" ? await createTestDatabase() : null;
    onTestFinished(async () => {
      await database?.drop();
      await rm(folder, { recursive: true, force: true });
    });
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const place = { CLEW_DATA: folder, ...(database ? { DATABASE_URL: database.url } : {}) };
    /** `after` the first has died, by their clocks: however slow the machine is, a bot is not late. */
    const server = (DIES_AS_BOT: string, after: number | null = null) => {
      const program = `${root}/server/src/testing/dying-server.ts`;
      const where = { ...place, PORT: String(port), HOST: "127.0.0.1", CLEW_RATE_LIMIT: "0" };
      const BEGINS_AT = after === null ? "" : String(died + after);
      const one = new ServerProcess({ url, program, environment: { ...where, DIES_AS_BOT, BEGINS_AT } });
      onTestFinished(() => one.kill());
      return one;
    };

    let died = 0;
    const first = server("begins");
    await first.start();
    const publisher = await flowAdmin(url);
    await publisher.publish(MIA);
    await publisher.publish(ENTRANCE);
    const { identity, conversationId, topic } = await startConversation(url);
    await first.ended();
    died = Date.now();

    // It may die before it listens: what was left behind is the first thing it does.
    const second = server("flow.say", 1_000);
    await second.start().catch(() => undefined);
    await second.ended();

    const customer = async () => {
      const stream = await TestStream.open(url, { token: identity.accessToken });
      stream.send({ type: "subscribe", topic });
      await stream.until(({ type }) => type === "live");
      const said = () =>
        stream.events(conversationId).flatMap((event) => (event.type === "message.posted" ? [event.text] : []));
      return { stream, said };
    };
    const state = async () => {
      const { session, staff } = await publisher.request<ConversationSnapshot>(
        "GET",
        `/conversations/${conversationId}`,
      );
      return { status: session?.status, bot: session?.bot?.name ?? null, agent: session?.agent, queue: staff?.queueId };
    };
    const statusOf = async (key: string) =>
      (await publisher.runs(`conversation=${conversationId}`)).find(({ flow }) => flow.key === key)?.status;

    // The run that gave the session away may never have heard that it had: its end changes nothing, the session stays with the bot.
    const third = server("flow.route", LEASE_OVER_MS);
    await third.start();
    await expect.poll(() => statusOf("test.entrance"), { timeout: 30_000 }).toMatch(/expired|completed/);
    await expect.poll(() => statusOf("test.mia"), { timeout: 30_000 }).toBe("waiting");
    expect(await state()).toMatchObject({ status: "active", bot: "Mia", agent: null });
    const { stream, said } = await customer();
    expect(said()).toEqual([HELLO]);
    const text = "To people, please";
    stream.send({
      type: "command",
      command: { type: "message.post", id: crypto.randomUUID(), conversationId, text, attachments: [] },
    });
    await third.ended();

    await server("", 2 * LEASE_OVER_MS).start();
    await expect.poll(() => statusOf("test.mia"), { timeout: 30_000 }).toBe("completed");
    expect(await state()).toEqual({ status: "waiting", bot: null, agent: null, queue: DEMO_QUEUES.support });
    const after = await customer();
    expect(after.said()).toEqual([HELLO, text, THANKS]);
    const owners = after.stream
      .events(conversationId)
      .flatMap((event) =>
        event.type === "session.assigned" ? [event.session.bot?.name ?? event.session.agent?.name] : [],
      );
    expect(owners).toEqual(["Mia"]);
  },
);
