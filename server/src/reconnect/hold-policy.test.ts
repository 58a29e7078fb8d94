import type { Agent } from "@clew/contract/agents";
import type { Channel } from "@clew/contract/channels";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { ReturnsReport } from "@clew/contract/reports";
import type { ReconnectTerms } from "@clew/contract/sessions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_AGENTS } from "../demo/ids.ts";
import { ENGINES } from "../testing/configuration.ts";
import { startConversation } from "../testing/customer.ts";
import { DEMO_CHANNELS, newId, postJson, signIn, startTestApp, TestStream } from "../testing/test-app.ts";

const MINUTE = 60_000;
const TERMS: ReconnectTerms = {
  sessionWindow: 30 * MINUTE,
  sameAgentWindow: 10 * MINUTE,
  capacityHold: "none",
  holdFor: 5 * MINUTE,
  linkLife: 60 * MINUTE,
  whenAgentUnavailable: "hold",
  portalUrl: null,
  redirectUrl: null,
};
const { amara: AMARA } = DEMO_AGENTS;

describe.each(ENGINES)("a place that is kept on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: { headers: Record<string, string> };
  let desk: TestStream;

  beforeAll(async () => {
    app = await startTestApp({ engine });
    admin = await signIn(app.url, "admin");
    const { items } = await read<{ items: Channel[] }>("/channels");
    const shop = items.find(({ id }) => id === DEMO_CHANNELS.shop) as Channel;
    const settings = { ...shop.draft, reconnect: TERMS };
    const { revision } = await put<Channel>(`/channels/${shop.id}`, { revision: shop.revision, settings });
    await postJson(`${app.url}/api/v1/channels/${shop.id}/deployments`, { revision, note: "" }, admin.headers);
    await changeAmara({ capacity: 1 });
    const { cookie } = await signIn(app.url, "amara");
    desk = await TestStream.open(app.url, { cookie });
    await desk.until(({ type }) => type === "welcome");
  });
  afterAll(async () => {
    desk.cut();
    await app.close();
  });

  const read = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${app.url}/api/v1${path}`, { headers: admin.headers })).json()) as T;
  const put = async <T>(path: string, body: unknown): Promise<T> => {
    const headers = { ...admin.headers, "content-type": "application/json" };
    const answer = await fetch(`${app.url}/api/v1${path}`, { method: "PUT", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as T;
  };
  async function changeAmara(change: Partial<Agent>) {
    const { items } = await read<{ items: Agent[] }>("/agents");
    const { id, revision, ...settings } = items.find((agent) => agent.id === AMARA) as Agent;
    await put(`/agents/${id}`, { revision, settings: { ...settings, ...change } });
  }
  const state = (id: string) => read<ConversationSnapshot>(`/conversations/${id}`);
  const status = (chosen: string) => desk.command({ type: "presence.set", status: chosen, reason: null });
  const load = async () => {
    const { items } = await read<{ items: { agentId: string; load: number }[] }>("/staff/presences");
    return items.find(({ agentId }) => agentId === AMARA)?.load;
  };
  const end = async (...ids: string[]) => {
    for (const conversationId of ids) {
      const command = { type: "session.end", id: newId(), conversationId };
      await postJson(`${app.url}/api/v1/staff/commands`, command, admin.headers);
    }
  };
  const counted = async () => {
    const { items } = await read<ReturnsReport>("/reports/returns?days=2");
    return items.filter(({ outcome }) => outcome === "kept").map(({ because, count }) => [because, count]);
  };

  /** A customer whom Amara served, who dropped, and is back while she is away. */
  async function backWhileAway() {
    await status("available");
    const { identity, stream, conversationId, topic } = await startConversation(app.url);
    stream.send({ type: "subscribe", topic });
    await stream.until(({ type }) => type === "live");
    expect(await desk.command({ type: "session.take", conversationId })).toMatchObject({ ok: true });
    stream.cut();
    await expect
      .poll(async () => {
        app.skip(1_000);
        return (await state(conversationId)).session?.away ?? null;
      })
      .not.toBeNull();
    await status("away");
    const again = await TestStream.open(app.url, { token: identity.accessToken });
    again.send({ type: "subscribe", topic });
    await expect.poll(async () => (await state(conversationId)).staff?.kept?.agentId).toBe(AMARA);
    return { conversationId, again };
  }

  test("[KP11] it outlives the return in the store, counts as load, goes to who waits for it, and is counted in the report", async () => {
    const { conversationId, again } = await backWhileAway();
    const other = await startConversation(app.url);
    expect((await state(conversationId)).session).toMatchObject({ status: "waiting", agent: null });
    expect(await load()).toBe(1);
    expect(await counted()).toEqual([["agent-away", 1]]);
    expect(await desk.command({ type: "session.take", conversationId: other.conversationId })).toMatchObject({
      problem: { code: "no-capacity" },
    });
    await status("available");
    await expect.poll(async () => (await state(conversationId)).staff?.offer?.agentId).toBe(AMARA);
    expect((await state(other.conversationId)).staff?.offer).toBeNull();
    const { staff } = await state(conversationId);
    expect(await desk.command({ type: "offer.accept", conversationId, offerId: staff?.offerId ?? "" })).toMatchObject({
      ok: true,
    });
    expect((await state(conversationId)).staff?.kept).toBeNull();
    await end(conversationId, other.conversationId);
    again.cut();
    other.stream.cut();
  });

  test("[KP11] the sweeper ends it at the time for which the agent was promised, and the agent's leaving for good ends it at once", async () => {
    const late = await backWhileAway();
    const until = (await state(late.conversationId)).session?.keptUntil ?? 0;
    app.skip(10 * MINUTE);
    await expect.poll(async () => (await state(late.conversationId)).staff?.kept).toBeNull();
    const { events } = await read<{ events: { type: string; at: number; how?: string }[] }>(
      `/conversations/${late.conversationId}/timeline`,
    );
    const ended = events.findLast(({ type }) => type === "hold.ended");
    expect(ended).toMatchObject({ how: "expired" });
    expect(ended?.at).toBeGreaterThanOrEqual(until);
    expect(await load()).toBe(0);
    await end(late.conversationId);
    late.again.cut();

    const left = await backWhileAway();
    await changeAmara({ active: false });
    await expect.poll(async () => (await state(left.conversationId)).staff?.kept).toBeNull();
    expect(await state(left.conversationId)).toMatchObject({
      session: { status: "waiting", keptUntil: null },
      staff: { targetAgentId: null },
    });
    left.again.cut();
  });
});
