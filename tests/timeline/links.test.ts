import type { QueueSettings } from "@clew/contract/routing";
import type { Timeline } from "@clew/contract/timeline";
import { startConversation } from "@clew/server/testing/customer";
import { flowAdmin } from "@clew/server/testing/flows";
import { signIn, startTestApp } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { checkTimeline } from "./read.ts";
import { replay } from "./replay.ts";

test("[PK7] words after a long wait with the customer's own link in them are decided again", async () => {
  const app = await startTestApp();
  const { headers } = await signIn(app.url, "admin");
  const queues = `${app.url}/api/v1/queues`;
  const { items } = (await (await fetch(queues, { headers })).json()) as {
    items: (QueueSettings & { id: string; revision: number })[];
  };
  const text = { en: "Nobody is free yet. Come back ({{reconnect.link}}), or here: {{reconnect.link}}." };
  for (const { id, revision, ...settings } of items) {
    const saved = await fetch(`${queues}/${id}`, {
      method: "PUT",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({
        settings: { ...settings, maxWait: 120_000, overWait: { next: "message", text } },
        revision,
      }),
    });
    expect(saved.status, await saved.text()).toBe(200);
  }
  const { conversationId, stream, topic } = await startConversation(app.url);
  stream.send({ type: "subscribe", topic });
  await stream.until(({ type }) => type === "live");
  app.skip(125_000);
  await stream.until(
    (message) => message.type === "events" && message.events.some(({ type }) => type === "message.posted"),
  );
  stream.cut();
  const admin = await flowAdmin(app.url);
  const file = checkTimeline(await admin.request<Timeline>("GET", `/conversations/${conversationId}/timeline`));
  const said = file.events.find((event) => event.type === "message.posted");
  expect(said?.type === "message.posted" && said.text.match(/#clew-reconnect=/g)).toHaveLength(2);
  const { difference, decided } = replay(file);
  expect([difference, decided]).toEqual([null, file.events.length]);
  await app.close();
});
