import type { Flow } from "@clew/contract/flows/definition";
import type { Timeline } from "@clew/contract/timeline";
import { DEMO_QUEUES } from "@clew/server/demo/ids";
import { startConversation } from "@clew/server/testing/customer";
import { exampleFlow, flowAdmin } from "@clew/server/testing/flows";
import { signIn, startTestApp, TestStream } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { checkTimeline } from "./read.ts";
import { replay } from "./replay.ts";

/** An example flow with the demo's queue for that of the example. */
const here = (key: string): Flow =>
  JSON.parse(JSON.stringify(exampleFlow(key)).replaceAll('"general"', JSON.stringify(DEMO_QUEUES.orders)));

test("[TL4] [BO7] what people do while a bot serves, and after it, is decided again; what flows decide is taken from the file", async () => {
  const app = await startTestApp();
  const admin = await flowAdmin(app.url);
  for (const key of ["faq.firstHelp", "route.webchat.bot"]) await admin.publish(here(key));
  const agent = await TestStream.open(app.url, await signIn(app.url, "amara"));
  await agent.until(({ type }) => type === "welcome");
  const { conversationId, stream, topic } = await startConversation(app.url);
  stream.send({ type: "subscribe", topic });
  const words = () => stream.events(conversationId).filter(({ type }) => type === "message.posted").length;
  const say = (text: string) => stream.command({ type: "message.post", conversationId, text, attachments: [] });
  await expect.poll(words).toBe(1);
  await say("How do I send it back?");
  await expect.poll(words).toBe(4);
  expect(await agent.command({ type: "session.take", conversationId })).toMatchObject({ ok: true });
  await say("Thank you");
  await stream.command({ type: "session.end", conversationId });
  const file = await admin.request<Timeline>("GET", `/conversations/${conversationId}/timeline`);
  const { difference, decided } = replay(checkTimeline(file));
  expect(difference).toBeNull();
  expect(decided).toBeGreaterThan(3);
  for (const one of [agent, stream]) one.cut();
  await app.close();
});
