import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { Flow } from "@clew/contract/flows/definition";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_QUEUES } from "../demo/ids.ts";
import { ENGINES } from "../testing/configuration.ts";
import { startConversation } from "../testing/customer.ts";
import { flowAdmin } from "../testing/flows.ts";
import { button } from "../testing/form-flows.ts";
import { DEMO_CHANNELS, newId, postJson, startTestApp } from "../testing/test-app.ts";

/** Routes only what the filter lets through. */
const routes = (key: string, topic: string, queue: string) =>
  ({
    $schema: "flow/1",
    key,
    kind: "routing",
    trigger: { on: "session.started", channels: [DEMO_CHANNELS.shop], filter: `=prechat.topic == '${topic}'` },
    inputs: { session: { type: "record:Session", required: true }, prechat: { type: "map", default: {} } },
    start: "to",
    nodes: { to: { type: "route", to: { queue }, next: "end" }, end: { type: "end" } },
  }) as unknown as Flow;

describe.each(ENGINES)("filters of flows on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    admin = await flowAdmin(app.url);
  });
  afterAll(() => app.close());

  test("[BB6] a session that no flow is meant for waits at once where it would have waited without flows", async () => {
    const before = await startConversation(app.url, { told: { topic: "advice" } });
    const snapshot = (id: string) => admin.request<ConversationSnapshot>("GET", `/conversations/${id}`);
    const usual = (await snapshot(before.conversationId)).staff?.queueId;
    await admin.publish(routes("a.returns", "return", DEMO_QUEUES.support));
    await admin.publish(routes("b.other", "other", DEMO_QUEUES.support));
    const other = await startConversation(app.url, { told: { topic: "advice" } });
    const now = async (id: string) => {
      const { session, staff } = await snapshot(id);
      return { status: session?.status, queueId: staff?.queueId };
    };
    await expect.poll(() => now(other.conversationId)).toEqual({ status: "waiting", queueId: usual });
    expect(other.stream.events(other.conversationId).some(({ type }) => type === "note.posted")).toBe(false);
    expect(await admin.runs(`conversation=${other.conversationId}`)).toEqual([]);
    const meant = await startConversation(app.url, { told: { topic: "return" } });
    await expect.poll(() => now(meant.conversationId)).toEqual({ status: "waiting", queueId: DEMO_QUEUES.support });
  });

  test("[BB7] a button is for what its filter lets through", async () => {
    const flow = button("test.some", { end: { type: "end" } });
    await admin.publish({
      ...flow,
      trigger: { ...flow.trigger, filter: "=wanted == true" },
      inputs: { wanted: { type: "boolean" } },
    } as unknown as Flow);
    const press = (inputs: object) =>
      postJson(`${app.url}/api/v1/flows/test.some/runs`, { id: newId(), inputs }, admin.headers);
    await expect(press({})).rejects.toThrow(/403/);
    expect(await press({ wanted: true })).toMatchObject({ flow: { key: "test.some" } });
  });
});
