import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { ConversationEvent } from "@clew/contract/events";
import type { Flow } from "@clew/contract/flows/definition";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_QUEUES } from "../demo/ids.ts";
import { ENGINES } from "../testing/configuration.ts";
import { startConversation } from "../testing/customer.ts";
import { flowAdmin } from "../testing/flows.ts";
import { DEMO_CHANNELS, newId, startTestApp, TestStream } from "../testing/test-app.ts";

/** Restores what was told in earlier sessions, keeps both readings of it, and goes where the topic says. */
const ROUTE = {
  $schema: "flow/1",
  key: "route.restored",
  kind: "routing",
  trigger: { on: "session.started", channels: [DEMO_CHANNELS.shop] },
  inputs: { session: { type: "record:Session", required: true }, prechat: { type: "map", default: {} } },
  vars: { oldest: { type: "map", default: {} }, newest: { type: "map", default: {} } },
  settings: { onFault: "toOrders" },
  start: "first",
  nodes: {
    first: { type: "prechat.restore", from: "first", into: "oldest", next: "latest", nothing: "latest" },
    latest: { type: "prechat.restore", from: "latest", into: "newest", next: "now", nothing: "now" },
    now: { type: "prechat.restore", from: "latest", fields: ["topic"], next: "keep", nothing: "keep" },
    keep: {
      type: "session.set",
      attributes: { oldestTopic: "=oldest.topic", newestTopic: "=newest.topic", topic: "=prechat.topic" },
      next: "choose",
    },
    choose: {
      type: "decision",
      branches: [
        { label: "Returns", when: "=prechat.topic == 'return'", next: "toSupport" },
        { label: "Anything told", when: "=prechat.topic != null", next: "toOrders" },
      ],
      else: "toOrders",
    },
    toSupport: { type: "route", to: { queue: "Technical support" }, unavailable: "toOrders", next: "done" },
    toOrders: { type: "route", to: { queue: DEMO_QUEUES.orders }, next: "done" },
    done: { type: "end" },
  },
} as unknown as Flow;

describe.each(ENGINES)("what earlier sessions told, on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    admin = await flowAdmin(app.url);
    await admin.publish(ROUTE);
  });
  afterAll(() => app.close());

  const typed = (key: string, value: string) => ({ key, value, how: "typed" });
  const snapshot = (id: string) => admin.request<ConversationSnapshot>("GET", `/conversations/${id}`);

  const customer = (name: string, topic: string) =>
    startConversation(app.url, { told: { name, email: `${name}@clew.example`, topic } });

  /** The session of this number, once its flow has sent it somewhere. */
  async function routed(conversationId: string, number: number): Promise<ConversationSnapshot> {
    const at = async () => {
      const { session } = await snapshot(conversationId);
      return `${session?.number} ${session?.status}`;
    };
    await expect.poll(at, { timeout: 20_000 }).toBe(`${number} waiting`);
    return snapshot(conversationId);
  }

  async function again(one: { stream: TestStream; conversationId: string }, number: number, answers: object[]) {
    const { stream, conversationId } = one;
    await admin.post("/staff/commands", { type: "session.end", id: newId(), conversationId });
    const started = await stream.command({ type: "session.start", conversationId, answers });
    expect(started).toMatchObject({ ok: true });
    return routed(conversationId, number);
  }

  test("[R3] [R4] what is told anew wins; of earlier sessions the newest or the oldest that told anything is taken", async () => {
    const ana = await customer("ana", "return");
    const first = await routed(ana.conversationId, 1);
    expect(first.staff).toMatchObject({ queueId: DEMO_QUEUES.support, attributes: { topic: "return" } });

    const second = await again(ana, 2, [typed("topic", "advice")]);
    expect(second.staff).toMatchObject({ queueId: DEMO_QUEUES.orders, attributes: { topic: "advice" } });
    const topics = second.facts?.filter(({ key }) => key === "topic");
    expect(topics).toEqual([expect.objectContaining({ value: "advice", how: "typed", sessionNumber: 2 })]);

    await again(ana, 3, []);
    const fourth = await again(ana, 4, []);
    expect(fourth.staff?.attributes).toMatchObject({ oldestTopic: "return", newestTopic: "advice", topic: "advice" });
    ana.stream.cut();
  });

  test("[R5] [R6] of another customer nothing is there; the first rule that fits is taken, and the trace names it", async () => {
    const ben = await customer("ben", "return");
    const { staff, facts } = await routed(ben.conversationId, 1);
    expect(staff?.attributes).toMatchObject({ topic: "return" });
    expect(staff?.attributes?.newestTopic ?? null).toBeNull();
    expect(JSON.stringify([staff, facts])).not.toContain("ana");
    const [run] = await admin.runs(`conversation=${ben.conversationId}`);
    const { trace } = await admin.run(run?.id ?? "");
    expect(JSON.stringify(trace)).not.toContain("advice");
    expect(trace.find(({ node, outcome }) => node === "choose" && outcome)?.outcome).toBe("branches/0");
    ben.stream.cut();
  });

  test("[R11] a flow with a path that ends without a decision where to is not published, and the node is named", async () => {
    const lost = structuredClone(ROUTE) as unknown as { key: string; nodes: { choose: { else: string } } };
    lost.key = "route.lost";
    lost.nodes.choose.else = "done";
    const refusal = await admin.publish(lost as unknown as Flow).then(
      () => "published",
      (error: Error) => error.message,
    );
    expect(refusal).toMatch(/^422 /);
    expect(refusal).toMatch(/\/nodes\/(choose|done)/);
  });

  test("[FN1] [FN2] [FN3] what was taken over is the agent's to confirm, once for each session, unless it counts as good", async () => {
    const { toOrders, done } = ROUTE.nodes;
    const publish = (confirm: object) => {
      const ask = { type: "prechat.restore", fields: ["topic"], ...confirm, next: "toOrders", nothing: "toOrders" };
      return admin.publish({ ...ROUTE, vars: {}, start: "ask", nodes: { ask, toOrders, done } } as unknown as Flow);
    };
    await publish({});
    const dora = await customer("dora", "return");
    const { conversationId } = dora;
    expect((await routed(conversationId, 1)).staff?.toConfirm).toBeUndefined();
    expect((await again(dora, 2, [])).staff?.toConfirm).toEqual(["topic"]);
    const confirm = (key: string, value: string) =>
      admin.post("/staff/commands", { type: "fact.correct", id: newId(), conversationId, key, value });
    const told = async (name: string) => (await snapshot(conversationId)).facts?.findLast(({ key }) => key === name);
    await confirm("name", "dora");
    expect(await told("name")).toMatchObject({ how: "typed", sessionNumber: 1 });
    await confirm("topic", "return");
    const confirmed = await told("topic");
    expect(confirmed).toMatchObject({ value: "return", how: "confirmed", sessionNumber: 2, by: { who: "agent" } });
    await confirm("topic", "return");
    expect(await told("topic")).toEqual(confirmed);
    expect((await again(dora, 3, [typed("topic", "advice")])).staff?.toConfirm).toBeUndefined();
    await publish({ confirm: "none" });
    expect((await again(dora, 4, [])).staff?.toConfirm).toBeUndefined();
    expect(await told("topic")).toMatchObject({ value: "advice", sessionNumber: 3 });
    dora.stream.cut();
  });

  test("[AW12] the customer is asked in the words of the form whether it is still right, and no leads elsewhere", async () => {
    const { toSupport, toOrders, done } = ROUTE.nodes;
    const restore = { type: "prechat.restore", confirm: "askCustomer", fields: ["topic"] };
    const ask = { ...restore, next: "toOrders", nothing: "toSupport" };
    await admin.publish({
      ...ROUTE,
      vars: {},
      start: "ask",
      nodes: { ask, toSupport, toOrders, done },
    } as unknown as Flow);
    const cleo = await customer("cleo", "return");
    const { stream, conversationId } = cleo;
    expect((await routed(conversationId, 1)).staff?.queueId).toBe(DEMO_QUEUES.support);

    const questions = async () =>
      (
        await admin.request<{ events: ConversationEvent[] }>("GET", `/conversations/${conversationId}/events`)
      ).events.flatMap((event) => (event.type === "message.posted" && event.replies ? [event] : []));
    for (const [number, says, queueId] of [
      [2, "No", DEMO_QUEUES.support],
      [3, "Yes", DEMO_QUEUES.orders],
    ] as const) {
      await admin.post("/staff/commands", { type: "session.end", id: newId(), conversationId });
      await stream.command({ type: "session.start", conversationId, answers: [] });
      await expect.poll(async () => (await questions()).length, { timeout: 20_000 }).toBe(number - 1);
      const question = (await questions()).at(-1);
      expect(question?.text).toMatch(/^You told us this before\. Is it still right\?\n- What is it about\?: [A-Z]/);
      expect(question?.replies?.map(({ label }) => label)).toEqual(["Yes", "No"]);
      const answer = { type: "message.post", conversationId, text: says, attachments: [] };
      expect(await stream.command(answer)).toMatchObject({ ok: true });
      expect((await routed(conversationId, number)).staff?.queueId).toBe(queueId);
    }
    stream.cut();
  });
});
