import type { ReconnectOutcome } from "@clew/contract/reconnect";
import type { Session } from "@clew/contract/sessions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { answersOf, startConversation } from "../testing/customer.ts";
import { DEMO_CHANNELS, newId, postJson, signIn, startTestApp, TestStream } from "../testing/test-app.ts";

describe.each(ENGINES)("what a customer puts aside on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
  });
  afterAll(() => app.close());

  test("[PK3] [PK4] the next start begins beside it, the ones after that join the new one; by its link it is gone on with", async () => {
    const desk = await TestStream.open(app.url, await signIn(app.url, "amara"));
    await desk.until(({ type }) => type === "welcome");
    const { identity, stream, conversationId: first } = await startConversation(app.url);
    expect(await desk.command({ type: "session.take", conversationId: first })).toMatchObject({ ok: true });
    const bearer = { authorization: `Bearer ${identity.accessToken}` };
    const { url } = await postJson<{ url: string }>(`${app.url}/api/v1/conversations/${first}/links`, {}, bearer);
    const sessionOf = async (id: string) => {
      const read = await fetch(`${app.url}/api/v1/conversations/${id}`, { headers: bearer });
      return ((await read.json()) as { session: Session }).session;
    };
    const start = async () => {
      const conversationId = newId();
      const answered = await stream.command({
        ...{ type: "conversation.start", conversationId, channelId: DEMO_CHANNELS.shop, language: "en" },
        answers: answersOf(),
      });
      if (!answered.ok) throw new Error(JSON.stringify(answered.problem));
      return { asked: conversationId, began: answered.answer.conversationId };
    };

    expect((await start()).began).toBe(first);
    const park = { type: "session.clear", conversationId: first, mode: "park" };
    expect(await stream.command(park)).toMatchObject({ ok: true });
    expect(await sessionOf(first)).toMatchObject({ status: "inactive", parked: expect.any(Number) });

    const { asked: second, began } = await start();
    expect(began).toBe(second);
    expect((await start()).began).toBe(second);
    expect(await sessionOf(second)).toMatchObject({ number: 1, status: "waiting" });

    const opened = await postJson<ReconnectOutcome>(`${app.url}/api/v1/reconnect/open`, {
      channelId: DEMO_CHANNELS.shop,
      token: url.split("#clew-reconnect=")[1],
    });
    expect(opened).toMatchObject({ outcome: "resumed", conversationId: first });
    const say = { type: "message.post", conversationId: first, text: "On with it.", attachments: [] };
    expect(await stream.command(say)).toMatchObject({ ok: true });
    const back = await sessionOf(first);
    expect([back.status, back.parked]).toEqual(["active", null]);

    // Nobody else puts it aside.
    const agents = { ...park, conversationId: second };
    expect(await desk.command(agents)).toMatchObject({ ok: false, problem: { code: "forbidden" } });
    const { stream: stranger } = await startConversation(app.url);
    expect(await stranger.command(agents)).toMatchObject({ ok: false, problem: { code: "not-found" } });
    for (const one of [desk, stream, stranger]) one.cut();
  });
});
