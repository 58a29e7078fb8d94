import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { Flow } from "@clew/contract/flows/definition";
import type { RunSummary } from "@clew/contract/flows/runs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_QUEUES, DEMO_SKILLS } from "../demo/ids.ts";
import { ENGINES } from "../testing/configuration.ts";
import { startConversation } from "../testing/customer.ts";
import { flowAdmin } from "../testing/flows.ts";
import { DEMO_CHANNELS, newId, postJson, signIn, startTestApp } from "../testing/test-app.ts";

/** Restores what was told before, and sends returns to those who know about returns. */
const ROUTE: Flow = {
  $schema: "flow/1",
  key: "route.shop",
  kind: "routing",
  title: "Shop entry",
  trigger: { on: "session.started", channels: [DEMO_CHANNELS.shop] },
  inputs: { session: { type: "record:Session", required: true }, prechat: { type: "map", default: {} } },
  vars: { earlier: { type: "record:Session?" } },
  settings: { onFault: "toOrders" },
  start: "findEarlier",
  nodes: {
    findEarlier: {
      type: "records.get",
      object: "Session",
      where: [
        ["conversationId", "eq", "=session.conversationId"],
        ["id", "ne", "=session.id"],
      ],
      sort: [["createdAt", "desc"]],
      limit: 1,
      into: "earlier",
      next: "restore",
    },
    restore: {
      type: "assign",
      set: [{ var: "prechat.topic", value: "=coalesce(prechat.topic, earlier.prechat.topic)" }],
      provenance: "carried",
      next: "keep",
    },
    keep: {
      type: "records.update",
      object: "Session",
      id: "=session.id",
      values: { prechat: "=prechat" },
      next: "choose",
    },
    choose: {
      type: "decision",
      branches: [{ label: "Returns", when: "=prechat.topic == 'return'", next: "toReturns" }],
      else: "toOrders",
    },
    toReturns: { type: "route", to: { skills: [{ skill: "Returns", min: 2 }], queue: "Technical support" } },
    toOrders: { type: "route", to: { queue: DEMO_QUEUES.orders } },
  },
} as unknown as Flow;

describe.each(ENGINES)("flows that route on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    admin = await flowAdmin(app.url);
    await admin.publish(ROUTE);
  });
  afterAll(() => app.close());

  const customer = (topic: string) => startConversation(app.url, { told: { topic } });
  const snapshot = (id: string) => admin.request<ConversationSnapshot>("GET", `/conversations/${id}`);
  const routed = (id: string) => expect.poll(async () => (await snapshot(id)).session?.status, { timeout: 10_000 });

  async function completed(conversationId: string): Promise<RunSummary> {
    const runs = () => admin.runs(`conversation=${conversationId}`);
    await expect
      .poll(async () => (await runs())[0]?.fault ?? (await runs())[0]?.status, { timeout: 10_000 })
      .toBe("completed");
    return (await runs())[0] as RunSummary;
  }

  test("[R1] a first session: name and order are on it, the flow sends it to the skill, and the agent sees both", async () => {
    const { conversationId } = await startConversation(app.url, {
      told: { topic: "return", orderNumber: "LK-204518" },
    });
    await routed(conversationId).toBe("waiting");
    const { headers } = await signIn(app.url, "amara");
    await postJson(`${app.url}/api/v1/staff/commands`, { type: "session.take", id: newId(), conversationId }, headers);
    const seen = await fetch(`${app.url}/api/v1/conversations/${conversationId}`, { headers });
    const { session, staff, facts } = (await seen.json()) as ConversationSnapshot;
    expect(session).toMatchObject({ number: 1, status: "active" });
    expect(staff?.skills).toContainEqual({ skillId: DEMO_SKILLS.returns, level: 2 });
    for (const [key, value] of [
      ["name", "Ana"],
      ["orderNumber", "LK-204518"],
    ])
      expect(facts).toContainEqual(expect.objectContaining({ key, value, sessionNumber: 1, how: "typed" }));
  });

  test("[R1] another topic goes where the flow says otherwise, and its page shows the way", async () => {
    const { conversationId } = await customer("advice");
    await routed(conversationId).toBe("waiting");
    const { staff, facts } = await snapshot(conversationId);
    expect(staff?.queueId).toBe(DEMO_QUEUES.orders);
    expect(facts?.map(({ key, value }) => [key, value])).toContainEqual(["name", "Ana"]);
    const run = await completed(conversationId);
    expect(run).toMatchObject({ title: "Shop entry", flow: { key: "route.shop", version: 1 } });
    const page = await admin.run(run.id);
    expect(page.trace.filter(({ outcome }) => outcome !== null).map(({ node }) => node)).toEqual([
      "findEarlier",
      "restore",
      "keep",
      "choose",
      "toOrders",
    ]);
    expect(page.blocked).toBeNull();
  });

  test("[R2] a later session of the conversation has what was told before, and goes the same way", async () => {
    const { stream, conversationId } = await customer("return");
    await routed(conversationId).toBe("waiting");
    const first = await snapshot(conversationId);
    expect(first.staff).toMatchObject({ queueId: DEMO_QUEUES.support });
    expect(first.staff?.skills).toContainEqual({ skillId: DEMO_SKILLS.returns, level: 2 });

    await admin.post("/staff/commands", { type: "session.end", id: newId(), conversationId });
    const again = await stream.command({
      type: "message.post",
      conversationId,
      text: "One more thing",
      attachments: [],
    });
    expect(again.ok).toBe(true);
    await expect.poll(async () => (await admin.runs(`conversation=${conversationId}`)).length).toBe(2);
    await routed(conversationId).toBe("waiting");
    const second = await snapshot(conversationId);
    expect(second.session?.number).toBe(2);
    expect(second.staff).toMatchObject({ queueId: DEMO_QUEUES.support, skills: first.staff?.skills });
    const topic = second.facts?.find(({ key }) => key === "topic");
    expect(topic).toMatchObject({ value: "return", sessionNumber: 1, how: "typed" });
    stream.cut();
  });
});
