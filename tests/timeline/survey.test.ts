import type { Channel, ChannelSettings } from "@clew/contract/channels";
import type { Timeline } from "@clew/contract/timeline";
import { DEMO_CHANNELS, newGuest, newId, postJson, signIn, startTestApp } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { checkTimeline } from "./read.ts";
import { replay } from "./replay.ts";

const SURVEY: ChannelSettings["survey"] = {
  on: true,
  fields: [
    { key: "rating", type: "rating", label: { en: "How?" }, required: true, hidden: false, editable: true },
    { key: "more", type: "text", label: { en: "What else?" }, required: false, hidden: false, editable: true },
  ],
};

test("[TL4] [SV6] answers and a survey that was left are decided again from the exported timeline", async () => {
  const app = await startTestApp();
  const at = `${app.url}/api/v1`;
  const { headers } = await signIn(app.url, "admin");
  const { items } = (await (await fetch(`${at}/channels`, { headers })).json()) as { items: Channel[] };
  const { draft, revision } = items.find(({ id }) => id === DEMO_CHANNELS.shop) as Channel;
  const put = await fetch(`${at}/channels/${DEMO_CHANNELS.shop}`, {
    method: "PUT",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ revision, settings: { ...draft, survey: SURVEY } }),
  });
  const saved = (await put.json()) as Channel;
  await postJson(`${at}/channels/${DEMO_CHANNELS.shop}/deployments`, { revision: saved.revision, note: "" }, headers);

  const amara = (await signIn(app.url, "amara")).headers;
  const { accessToken } = await newGuest(app.url);
  const conversationId = newId();
  const guest = (wish: object) =>
    postJson(`${at}/commands`, { id: newId(), conversationId, ...wish }, { authorization: `Bearer ${accessToken}` });
  const serve = (type: string) => postJson(`${at}/staff/commands`, { id: newId(), type, conversationId }, amara);
  const read = async () =>
    (await (await fetch(`${at}/conversations/${conversationId}/timeline`, { headers })).json()) as Timeline;
  const typed = (values: Record<string, string | number>) =>
    Object.entries(values).map(([key, value]) => ({ key, value, how: "typed" }));
  const told = typed({ name: "Ana", email: "ana@clew.example", topic: "advice" });
  await guest({ type: "conversation.start", channelId: DEMO_CHANNELS.shop, language: "en", answers: told });
  for (const answers of [typed({ rating: 4, more: "Moss" }), null]) {
    await serve("session.take");
    await serve("session.end");
    const sessionId = (await read()).conversation.session?.id;
    await guest({ type: "survey.answer", sessionId, answers });
    if (answers) await guest({ type: "message.post", text: "Once more", attachments: [] });
  }
  const file = await read();
  expect(replay(checkTimeline(file))).toMatchObject({ difference: null, decided: file.events.length });
  const answered = file.events.filter(({ type }) => type === "survey.answered");
  expect(answered).toMatchObject([{ answers: [{ value: 4 }, { value: "Moss" }] }, { session: { survey: "skipped" } }]);
  await app.close();
});
