import type { QueueSettings } from "@clew/contract/routing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { startConversation } from "../testing/customer.ts";
import { DEMO_CHANNELS, postJson, signIn, startTestApp } from "../testing/test-app.ts";

const MINUTE = 60_000;
const CLOCKS = { sessionWindow: 20 * MINUTE, sameAgentWindow: MINUTE, capacityHold: "none", holdFor: 0 } as const;

describe.each(ENGINES)("links of queues on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
  });
  afterAll(() => app.close());

  test("[AV8] [AV9] the words after a long wait bring the customer's own link, which lives as long as the queue says", async () => {
    const { headers } = await signIn(app.url, "admin");
    const queues = `${app.url}/api/v1/queues`;
    const { items } = (await (await fetch(queues, { headers })).json()) as {
      items: (QueueSettings & { id: string; revision: number })[];
    };
    for (const { id, revision, ...settings } of items) {
      const text = { en: "Nobody is free yet. This brings you back: {{reconnect.link}} - whenever you like." };
      const changed = {
        ...{ ...settings, maxWait: 2 * MINUTE, overWait: { next: "message", text } },
        reconnect: { ...CLOCKS, linkLife: 5 * MINUTE },
      };
      const saved = await fetch(`${queues}/${id}`, {
        method: "PUT",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({ settings: changed, revision }),
      });
      expect(saved.status, await saved.text()).toBe(200);
    }

    const { identity, stream, conversationId, topic } = await startConversation(app.url);
    stream.send({ type: "subscribe", topic });
    const kept = await stream.until((message) => message.type === "passing" && message.passing.type === "kept");
    // What a customer who drops out is told to have: that of the queue they wait in.
    expect(kept).toMatchObject({ passing: { conversationId, for: CLOCKS.sessionWindow } });
    app.skip(3 * MINUTE);
    await stream.until(
      (message) => message.type === "events" && message.events.some((event) => event.type === "message.posted"),
    );
    const said = stream.events(conversationId).find((event) => event.type === "message.posted");
    const text = said?.type === "message.posted" ? said.text : "";
    const [, token] =
      /^Nobody is free yet\. This brings you back: \S+#clew-reconnect=(\S+) - whenever you like\.$/.exec(text) ?? [];
    const open = () =>
      postJson<{ outcome: string; link?: { expiresAt: number } }>(`${app.url}/api/v1/reconnect/open`, {
        channelId: DEMO_CHANNELS.shop,
        token,
      });
    expect(await open()).toMatchObject({ outcome: "resumed", conversationId });
    expect(await open()).toEqual({ outcome: "refused", because: "link-invalid" });

    const bearer = { authorization: `Bearer ${identity.accessToken}` };
    const link = await postJson<{ url: string; expiresAt: number }>(
      `${app.url}/api/v1/conversations/${conversationId}/links`,
      {},
      bearer,
    );
    app.skip(6 * MINUTE);
    const late = { channelId: DEMO_CHANNELS.shop, token: link.url.split("=").at(-1) };
    expect(await postJson(`${app.url}/api/v1/reconnect/open`, late)).toMatchObject({
      outcome: "expired",
      at: link.expiresAt,
    });
    stream.cut();
  });
});
