import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { Flow } from "@clew/contract/flows/definition";
import type { RunSummary } from "@clew/contract/flows/runs";
import type { Command } from "@clew/domain/commands";
import type { Effect } from "@clew/domain/decision";
import { FLOW_EVENT } from "@clew/domain/flows/conversation/told";
import { SYSTEM, TestWorld } from "@clew/domain/testing/test-world";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { connect } from "../database/connect.ts";
import { DEMO_QUEUES } from "../demo/ids.ts";
import { ENGINES } from "../testing/configuration.ts";
import { startConversation } from "../testing/customer.ts";
import { flowAdmin } from "../testing/flows.ts";
import { flowsOn, openFlows } from "../testing/open-flows.ts";
import { DEMO_CHANNELS, signIn, startTestApp, TestStream } from "../testing/test-app.ts";
import { takenSince } from "./lookups-store.ts";

const SESSION = { session: { type: "record:Session", required: true }, prechat: { type: "map", default: {} } } as const;

/** Gives every session of the shop to Mia. */
const ENTRANCE = {
  $schema: "flow/1",
  key: "route.bots",
  kind: "routing",
  title: "Entrance",
  trigger: { on: "session.started", channels: [DEMO_CHANNELS.shop] },
  inputs: SESSION,
  start: "go",
  nodes: {
    go: { type: "route", to: { bot: "Mia for {{session.language}}", flow: "mia" }, priority: 4, next: "end" },
    end: { type: "end" },
  },
} as unknown as Flow;

/** Asks which way to go, and goes it. */
const MIA = {
  $schema: "flow/1",
  key: "mia",
  kind: "background",
  title: "First help",
  trigger: { on: "none" },
  inputs: SESSION,
  settings: { maxDuration: "PT1H" },
  start: "ask",
  nodes: {
    ask: {
      type: "ask",
      text: "About {{prechat.topic}}: which way?",
      expect: { id: "way", kind: "text" },
      next: "choose",
      gaveUp: "end",
      timeout: "end",
    },
    choose: {
      type: "decision",
      branches: [
        { label: "People", when: "=ask.way == 'people'", next: "toPeople" },
        { label: "Fault", when: "=ask.way == 'fault'", next: "fault" },
      ],
      else: "end",
    },
    toPeople: { type: "route", to: { queue: DEMO_QUEUES.support }, next: "thanks" },
    thanks: { type: "message.send", text: "Somebody will be with you.", next: "end" },
    fault: { type: "route", to: { queue: "no {{ask.way}}" }, next: "end" },
    end: { type: "end" },
  },
} as unknown as Flow;

test("[BO12] the run begins once, in whichever process it is heard of; where there is none to begin, nothing does", async () => {
  const first = await openFlows("sqlite");
  onTestFinished(() => first.close());
  const world = new TestWorld();
  const commands: Command[] = [];
  const execute = async (command: Command) => {
    commands.push(command);
    return { number: 0 };
  };
  const second = await flowsOn(first.place, first.time, { execute, stateOf: async (id) => world.state(id) });
  onTestFinished(() => second.stop());
  const { thanks, end } = MIA.nodes;
  const version = await first.publish({ ...MIA, start: "thanks", nodes: { thanks, end } } as Flow);

  /** What is told when the conversation has given its session to the bot. */
  const told = (conversationId: string, of: number) => {
    const to = { kind: "bot" as const, name: "Mia", flow: { key: MIA.key, version: of } };
    const sessionId = world.session(conversationId).id;
    const outcome = world.give(SYSTEM, { type: "flow.route", conversationId, sessionId, to });
    if ("refused" in outcome) throw new Error(outcome.refused);
    const [effect] = outcome.performed.effects;
    return { effect: effect as Effect, runId: world.session(conversationId).staff.bot?.runId };
  };
  const hear = (effect: Effect) => second.performers[FLOW_EVENT](effect);

  const { effect, runId } = told(world.start(1), version);
  expect(await hear(effect)).toMatchObject({ outcome: "taken" });
  expect(await hear(effect)).toMatchObject({ outcome: "heard" });
  await second.idle();
  expect(commands.map(({ type }) => type)).toEqual(["flow.bind", "flow.say", "flow.release"]);
  expect(commands[0]).toMatchObject({ botRun: runId, run: { id: runId, scope: "session" } });
  expect(commands[1]).toMatchObject({ botRun: runId, bot: "Mia" });

  const missing = told(world.start(2), 99);
  expect(await hear(missing.effect)).toMatchObject({ outcome: "heard" });
  await second.idle();
  expect(commands).toHaveLength(3);
});

describe.each(ENGINES)("bots on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    admin = await flowAdmin(app.url);
    await admin.publish(MIA);
    await admin.publish(ENTRANCE);
  });
  afterAll(() => app.close());

  const snapshot = (id: string) => admin.request<ConversationSnapshot>("GET", `/conversations/${id}`);
  const runOf = async (conversationId: string): Promise<RunSummary | undefined> =>
    (await admin.runs(`conversation=${conversationId}&key=mia`)).find(({ flow }) => flow.key === "mia");

  /** A customer whom Mia has asked something. */
  async function greeted() {
    const customer = await startConversation(app.url, {});
    const { stream, conversationId, topic } = customer;
    stream.send({ type: "subscribe", topic });
    const words = () =>
      stream.events(conversationId).flatMap((event) => (event.type === "message.posted" ? [event] : []));
    await expect.poll(() => words().length, { timeout: 10_000 }).toBe(1);
    const say = (text: string) => stream.command({ type: "message.post", conversationId, text, attachments: [] });
    return { ...customer, words, say };
  }

  test("[BO1] [BO2] [BO12] a bot begins with what is known of the session, and talks under its name", async () => {
    const { conversationId, words, stream } = await greeted();
    expect(words()).toMatchObject([
      { text: "About advice: which way?", by: { who: "bot", name: "Mia for en" }, sessionId: expect.any(String) },
    ]);
    const { session, staff, runs } = await snapshot(conversationId);
    expect(session).toMatchObject({ status: "active", agent: null, bot: { name: "Mia for en" } });
    expect(staff).toMatchObject({ priority: 4, bot: { flow: { key: "mia", version: 1 } } });
    expect(runs?.map(({ flow }) => flow.key)).toEqual(["mia"]);
    stream.cut();
  });

  test("[BO3] the bot gives the session to people, and goes on to its end", async () => {
    const { conversationId, say, words, stream } = await greeted();
    await say("people");
    await expect.poll(async () => (await runOf(conversationId))?.status).toBe("completed");
    expect(words().at(-1)).toMatchObject({ text: "Somebody will be with you.", by: { name: "Mia for en" } });
    const { session, staff } = await snapshot(conversationId);
    expect(session).toMatchObject({ status: "waiting", bot: null });
    expect(staff).toMatchObject({ queueId: DEMO_QUEUES.support, priority: 4 });
    stream.cut();
  });

  test.each([
    ["fault", "stopped at fault"],
    ["nothing", "ended without giving the session to anybody"],
  ])("[BO4] the bot comes to its end by %s: the session waits, and a note says why", async (word, why) => {
    const { conversationId, say, stream } = await greeted();
    await say(word);
    await expect.poll(async () => (await snapshot(conversationId)).session?.status).toBe("waiting");
    const page = await admin.request<{ events: { type: string; text?: string }[] }>(
      "GET",
      `/conversations/${conversationId}/events`,
    );
    const notes = page.events.flatMap(({ type, text }) => (type === "note.posted" ? [text] : []));
    expect(notes).toEqual([expect.stringContaining(`The bot Mia for en ${why}`)]);
    stream.cut();
  });

  test("[BO7] [BO13] an agent takes over: the run ends, says no more, and no wait was measured", async () => {
    const { conversationId, say, words, stream } = await greeted();
    const { cookie, me } = await signIn(app.url, "amara");
    const agent = await TestStream.open(app.url, { cookie });
    await agent.until(({ type }) => type === "welcome");
    await agent.command({ type: "presence.set", status: "available", reason: null });
    const taken = await agent.command({ type: "session.take", conversationId });
    expect(taken).toMatchObject({ ok: true });
    await say("people");
    await expect.poll(async () => (await runOf(conversationId))?.status).toBe("cancelled");
    expect(words().filter(({ by }) => by.who === "bot")).toHaveLength(1);
    const { session, staff, runs } = await snapshot(conversationId);
    expect(session).toMatchObject({ status: "active", agent: { id: me.agent.id }, bot: null });
    expect(runs).toEqual([]);
    const database = await connect(app.place);
    expect(await takenSince(database.raw, staff?.queueId ?? "", 0)).toEqual([]);
    await database.close();
    await agent.command({ type: "session.end", conversationId });
    agent.cut();
    stream.cut();
  });

  test("[BO11] the customer's end is the end of the bot's run", async () => {
    const { conversationId, stream } = await greeted();
    await stream.command({ type: "session.end", conversationId });
    await expect.poll(async () => (await runOf(conversationId))?.status).toBe("cancelled");
    expect((await snapshot(conversationId)).session).toMatchObject({ status: "ended", bot: null });
    stream.cut();
  });

  test("[BO12] a bot stays with the version that the routing flow was published with", async () => {
    const { conversationId, say, words, stream } = await greeted();
    await admin.publish({ ...MIA, nodes: { ...MIA.nodes, end: { type: "end", outcome: "failed" } } } as Flow);
    const page = await admin.run((await runOf(conversationId))?.id ?? "");
    expect(page.run.flow).toEqual({ key: "mia", version: 1 });
    const later = await greeted();
    expect((await snapshot(later.conversationId)).staff?.bot?.flow).toEqual({ key: "mia", version: 1 });
    await say("people");
    await expect.poll(() => words().length).toBe(3);
    for (const one of [stream, later.stream]) one.cut();
  });
});
