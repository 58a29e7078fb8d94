import { afterAll, beforeAll, expect, test } from "vitest";
import { DEMO_CHANNELS, newGuest, newId, postJson, signIn, startTestApp } from "../testing/test-app.ts";

let app: Awaited<ReturnType<typeof startTestApp>>;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const told = { name: "Ana", email: "ana@clew.example", topic: "advice" };

test("[AU30] in the reader's language, with the organisation's name, and without notes for customers", async () => {
  const amara = (await signIn(app.url, "amara")).headers;
  const guest = await newGuest(app.url);
  const customer = { authorization: `Bearer ${guest.accessToken}` };
  const conversationId = newId();
  const api = `${app.url}/api/v1`;
  const asks = (command: object) => postJson(`${api}/commands`, { id: newId(), conversationId, ...command }, customer);
  const does = (command: object) =>
    postJson(`${api}/staff/commands`, { id: newId(), conversationId, ...command }, amara);
  const read = async (query: string, headers: Record<string, string>) =>
    (await fetch(`${api}/conversations/${conversationId}/transcript${query}`, { headers })).text();
  const answers = Object.entries(told).map(([key, value]) => ({ key, value, how: "typed" }));
  await asks({ type: "conversation.start", channelId: DEMO_CHANNELS.shop, language: "de", answers });
  await asks({ type: "message.post", text: "Guten Tag", attachments: [] });
  await does({ type: "session.take" });
  await does({ type: "note.post", text: "For us alone", attachments: [] });
  await does({ type: "message.post", text: "Hallo!", attachments: [] });
  await does({ type: "session.end" });

  const at = String.raw`\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\]`;
  expect(await read("", customer)).toMatch(
    new RegExp(
      [
        "^Larkspur & Co\nAlle Zeiten in UTC.\n\n--- Sitzung 1 · [^\n]+ ---\n",
        `${at} Kunde: Guten Tag\n${at} \\* Amara ist jetzt im Chat\n${at} Amara: Hallo!\n`,
        `${at} \\* Amara hat den Chat beendet\n$`,
      ].join(""),
    ),
  );
  expect(await read("?language=ja-JP", customer)).toContain("--- セッション 1 ·");
  expect(await read("?language=tlh", customer)).toContain("--- Session 1 ·");
  const ours = await read("", amara);
  expect(ours).toContain("--- Session 1 ·");
  expect(ours).toMatch(/\(note\) Amara.*: For us alone\n/);
  for (const language of ["de", "fr", "es", "ja", "ar"])
    expect(await read(`?language=${language}`, customer)).not.toMatch(/For us alone|All times|joined|ended/);
});
