import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { Flow } from "@clew/contract/flows/definition";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_AGENTS, DEMO_QUEUES } from "../demo/ids.ts";
import { ENGINES } from "../testing/configuration.ts";
import { startConversation } from "../testing/customer.ts";
import { flowAdmin } from "../testing/flows.ts";
import { DEMO_CHANNELS, signIn, startTestApp, TestStream } from "../testing/test-app.ts";

const WAIT_MAX_MS = 120_000;
/** To whom the customer spoke last, for two minutes if need be. */
const FLOW: Flow = {
  $schema: "flow/1",
  key: "route.again",
  kind: "routing",
  trigger: { on: "session.started", channels: [DEMO_CHANNELS.shop] },
  inputs: { session: { type: "record:Session", required: true }, prechat: { type: "map", default: {} } },
  start: "previous",
  nodes: {
    previous: {
      type: "route",
      to: { previousAgent: { within: "P1D" } },
      waitMax: `PT${WAIT_MAX_MS / 1_000}S`,
      next: "met",
      unavailable: "toSupport",
      timeout: "toOrders",
    },
    met: { type: "end" },
    toSupport: { type: "route", to: { queue: DEMO_QUEUES.support } },
    toOrders: { type: "route", to: { queue: DEMO_QUEUES.orders } },
  },
} as unknown as Flow;

const PATIENCE = 60_000;

describe.each(ENGINES)("routing to the previous agent on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  let amara: TestStream;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    admin = await flowAdmin(app.url);
    await admin.publish(FLOW);
    const { cookie } = await signIn(app.url, "amara");
    amara = await TestStream.open(app.url, { cookie, origin: app.url });
    await amara.until(({ type }) => type === "welcome");
  });
  afterAll(() => app.close());

  const snapshot = (id: string) => admin.request<ConversationSnapshot>("GET", `/conversations/${id}`);
  const runs = async (id: string) => admin.runs(`conversation=${id}`);
  const is = async (status: "available" | "busy" | "offline") =>
    expect(await amara.command({ type: "presence.set", status, reason: null })).toMatchObject({ ok: true });
  async function way(id: string, session: number): Promise<string[]> {
    const ended = async () => (await runs(id)).filter(({ status }) => status === "completed");
    await expect.poll(async () => (await ended()).length, { timeout: 30_000 }).toBe(session);
    const last = (await ended()).sort((a, b) => b.startedAt - a.startedAt)[0];
    const { trace } = await admin.run(last?.id ?? "");
    return trace.flatMap(({ node, outcome }) => (outcome === null ? [] : [node]));
  }

  /** A customer whom Amara has served, and who writes again while she is as named. */
  async function returning(status: "available" | "busy" | "offline") {
    const { stream: customer, conversationId } = await startConversation(app.url);
    // Nobody has served this customer: that is as if the agent were not there.
    expect(await way(conversationId, 1)).toEqual(["previous", "toSupport"]);
    for (const type of ["session.take", "session.end"])
      expect(await amara.command({ type, conversationId })).toMatchObject({ ok: true });
    await is(status);
    const text = { type: "message.post", conversationId, text: "One more thing", attachments: [] };
    expect(await customer.command(text)).toMatchObject({ ok: true });
    return conversationId;
  }
  async function waitingForAmara(conversationId: string): Promise<void> {
    await expect
      .poll(async () => (await snapshot(conversationId)).staff?.targetAgentId, { timeout: 30_000 })
      .toBe(DEMO_AGENTS.amara);
    await expect.poll(async () => (await waiting(conversationId))?.node, { timeout: 30_000 }).toBe("previous");
  }
  const waiting = async (id: string) => (await runs(id)).find(({ status }) => status === "waiting");

  test("[R10] the agent is not there: the way for that is gone at once", { timeout: PATIENCE }, async () => {
    const conversationId = await returning("offline");
    expect(await way(conversationId, 2)).toEqual(["previous", "toSupport"]);
    const { session, staff } = await snapshot(conversationId);
    expect([session?.status, staff?.queueId, staff?.targetAgentId]).toEqual(["waiting", DEMO_QUEUES.support, null]);
  });

  test("[R10] the agent is busy: the session waits for them, and no longer than it may", {
    timeout: PATIENCE,
  }, async () => {
    const conversationId = await returning("busy");
    await waitingForAmara(conversationId);
    const run = await waiting(conversationId);
    const { blocked } = await admin.run(run?.id ?? "");
    const timeout = blocked?.kind === "wait" ? blocked.waits.find(({ branch }) => branch === "timeout") : null;
    expect(timeout?.dueAt).toBeGreaterThanOrEqual((run?.startedAt ?? 0) + WAIT_MAX_MS);
    expect(timeout?.dueAt).toBeLessThanOrEqual((run?.updatedAt ?? 0) + WAIT_MAX_MS);
    app.skip(WAIT_MAX_MS);
    expect(await way(conversationId, 2)).toEqual(["previous", "toOrders"]);
    const { session, staff } = await snapshot(conversationId);
    expect([session?.status, staff?.queueId, staff?.targetAgentId]).toEqual(["waiting", DEMO_QUEUES.orders, null]);
  });

  test("[R10] the agent becomes free in time: the session is theirs, and the flow goes on", {
    timeout: PATIENCE,
  }, async () => {
    const conversationId = await returning("busy");
    await waitingForAmara(conversationId);
    await is("available");
    const offer = async () => (await snapshot(conversationId)).staff?.offer;
    await expect.poll(async () => (await offer())?.agentId, { timeout: 30_000 }).toBe(DEMO_AGENTS.amara);
    const offerId = (await snapshot(conversationId)).staff?.offerId;
    expect(await amara.command({ type: "offer.accept", conversationId, offerId })).toMatchObject({ ok: true });
    expect(await way(conversationId, 2)).toEqual(["previous", "met"]);
    expect((await snapshot(conversationId)).session).toMatchObject({ status: "active", agent: { name: "Amara" } });
  });
});
