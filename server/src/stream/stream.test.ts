import type { ServerMessage } from "@clew/contract/stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { answersOf, startConversation } from "../testing/customer.ts";
import { createTestDatabase } from "../testing/postgres.ts";
import { DEMO_CHANNELS, newGuest, newId, signIn, startTestApp, TestStream } from "../testing/test-app.ts";

type Of<Type extends ServerMessage["type"]> = Extract<ServerMessage, { type: Type }>;
const is =
  <Type extends ServerMessage["type"]>(type: Type) =>
  (message: ServerMessage): message is Of<Type> =>
    message.type === type;

describe.each(ENGINES)("the stream on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
  });
  afterAll(() => app.close());

  /** A guest with a conversation that waits. */
  const customer = () => startConversation(app.url);
  const say = (stream: TestStream, conversationId: string, text: string) =>
    stream.command({ type: "message.post", conversationId, text, attachments: [] });
  const numbers = (stream: TestStream, conversationId: string) =>
    stream.events(conversationId).map((event) => event.number);
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

  test("[ST1] snapshot, then live, without gap or double at the seam", async () => {
    const { stream, conversationId, topic } = await customer();
    const posts = upTo(40).map((index) => say(stream, conversationId, `m${index}`));
    stream.send({ type: "subscribe", topic });
    posts.push(...upTo(40).map((index) => say(stream, conversationId, `n${index}`)));
    await Promise.all(posts);
    const last = Math.max(...(await Promise.all(posts)).map((answer) => (answer.ok ? answer.answer.number : 0)));
    await stream.until(() => numbers(stream, conversationId).includes(last));
    const seen = numbers(stream, conversationId);
    expect(seen).toEqual(upTo(last).slice(-seen.length));
    stream.cut();
  });

  test("[ST2] [ST4] a cursor goes on from its number; beyond the window nothing comes until it is acknowledged", async () => {
    const { identity, stream, conversationId, topic } = await customer();
    await Promise.all(upTo(700).map((index) => say(stream, conversationId, `${index}`)));
    stream.cut();
    const again = await TestStream.open(app.url, { token: identity.accessToken });
    const { epoch } = await again.until(is("welcome"));
    again.send({ type: "subscribe", topic, cursor: { epoch, number: 2 } });
    await again.until((message) => message.type === "events" && (message.events.at(-1)?.number ?? 0) === 258);
    again.send({ type: "ping", at: 0 });
    await again.until(is("pong"));
    expect(numbers(again, conversationId).at(-1)).toBe(258);
    again.send({ type: "ack", topic, number: 258 });
    await again.until((message) => message.type === "events" && (message.events.at(-1)?.number ?? 0) === 514);
    again.send({ type: "ack", topic, number: 514 });
    await again.until(is("live"));
    const seen = numbers(again, conversationId);
    expect(seen).toEqual(upTo(seen.at(-1) ?? 0).slice(2));
    expect(seen.at(-1)).toBeGreaterThanOrEqual(703);
    expect(again.messages.some(is("snapshot"))).toBe(false);
    again.cut();
  });

  test("[ST15] who resumes hears how far both sides have read meanwhile, though nothing was written", async () => {
    const { identity, stream, conversationId, topic } = await customer();
    const gone = await TestStream.open(app.url, { token: identity.accessToken });
    const { epoch } = await gone.until(is("welcome"));
    gone.cut();
    await say(stream, conversationId, "one");
    await stream.command({ type: "positions.move", conversationId, read: 3 });
    const again = await TestStream.open(app.url, { token: identity.accessToken });
    await again.until(is("welcome"));
    again.send({ type: "subscribe", topic, cursor: { epoch, number: 4 } });
    const told = (message: ServerMessage) => message.type === "passing" && message.passing.type === "positions";
    expect(await again.until(told as never)).toMatchObject({ passing: { positions: { customerRead: 3 } } });
    again.cut();
    stream.cut();
  });

  test("[ST3] a foreign or future cursor is told so and gets a snapshot", async () => {
    const { stream, topic } = await customer();
    const { epoch } = await stream.until(is("welcome"));
    stream.send({ type: "subscribe", topic, cursor: { epoch: "another", number: 1 } });
    expect(await stream.until(is("resync"))).toMatchObject({ because: "epoch" });
    await stream.until(is("snapshot"));
    const from = stream.messages.length;
    stream.send({ type: "subscribe", topic, cursor: { epoch, number: 9999 } });
    expect(await stream.until(is("resync"), from)).toMatchObject({ because: "future" });
    await stream.until(is("snapshot"), from);
    stream.cut();
  });

  test("[ST5] another customer's conversation is answered like none at all, for reading and for writing", async () => {
    const mine = await customer();
    const other = await customer();
    const none = newId();
    for (const id of [other.conversationId, none]) {
      const from = mine.stream.messages.length;
      mine.stream.send({ type: "subscribe", topic: { kind: "conversation", id } });
      const { problem } = await mine.stream.until(is("refused"), from);
      const written = await say(mine.stream, id, "hello?");
      expect([problem.code, written.ok ? "" : written.problem.code]).toEqual(["not-found", "not-found"]);
    }
    mine.stream.cut();
    other.stream.cut();
  });

  test("[ST6] no greeting, no token, a wrong token: bye", async () => {
    const bare = await TestStream.open(app.url);
    expect(await bare.until(is("bye"))).toMatchObject({ reason: "unauthenticated", retryAfter: null });
    const wrong = await TestStream.open(app.url, { token: "not.a.token" });
    expect(await wrong.until(is("bye"))).toMatchObject({ reason: "unauthenticated" });
  });

  test("[ST6] the console's stream opens under the name the browser calls the server by, and under no foreign one", async () => {
    const { cookie } = await signIn(app.url, "ben");
    const address = app.url.replace("localhost", "127.0.0.1");
    const same = await TestStream.open(address, { cookie, origin: address });
    await same.until(is("welcome"));
    same.cut();
    const foreign = await TestStream.open(address, { cookie, origin: "https://evil.example" });
    expect(await foreign.until(is("bye"))).toMatchObject({ reason: "unauthenticated" });
  });

  test("[ST16] staff who come are told how everybody is, whatever they have read before", async () => {
    const chiyo = await signIn(app.url, "chiyo");
    const first = await TestStream.open(app.url, { cookie: chiyo.cookie });
    await first.until(is("welcome"));
    await first.command({ type: "presence.set", status: "busy", reason: null });
    const ben = await signIn(app.url, "ben");
    const second = await TestStream.open(app.url, { cookie: ben.cookie });
    await second.until(
      ({ type, ...rest }) =>
        type === "passing" &&
        JSON.stringify(rest).includes(chiyo.me.agent.id) &&
        JSON.stringify(rest).includes('"status":"busy"'),
    );
    await first.command({ type: "presence.set", status: "offline", reason: null });
    first.cut();
    second.cut();
  });

  test("[ST7] what fits no schema is answered with a problem and the connection goes on", async () => {
    const { stream, conversationId } = await customer();
    for (const text of [
      "",
      "[]",
      "nonsense",
      '{"type":"command"}',
      '{"type":"subscribe","topic":{"kind":"everything"}}',
    ]) {
      const from = stream.messages.length;
      stream.sendText(text);
      expect(["invalid", "not-json"]).toContain((await stream.until(is("refused"), from)).problem.code);
    }
    const tooLong = await say(stream, conversationId, "x".repeat(6001));
    expect(tooLong).toMatchObject({ ok: false, problem: { code: "invalid", field: "/command/text" } });
    expect(await say(stream, conversationId, "still here")).toMatchObject({ ok: true });
    stream.cut();
  });

  describe("with nobody else waiting", () => {
    const shared = { app: null as unknown as typeof app };
    beforeAll(async () => {
      shared.app = app;
      app = await startTestApp({ engine });
    });
    afterAll(async () => {
      await app.close();
      app = shared.app;
    });
    offered();
  });

  function offered() {
    test("[ST8] [ST9] [ST12] [ST13] an offer, both sides, what each may see", async () => {
      const amara = await signIn(app.url, "amara");
      const desk = await TestStream.open(app.url, { cookie: amara.cookie });
      await desk.until(is("welcome"));
      desk.send({ type: "subscribe", topic: { kind: "inbox" } });
      await desk.until(is("live"));
      expect(await desk.command({ type: "presence.set", status: "available", reason: null })).toMatchObject({
        ok: true,
      });
      const { stream, conversationId, topic } = await customer();
      stream.send({ type: "subscribe", topic });
      await stream.until(is("live"));
      const offered = (message: ServerMessage): message is Of<"inbox"> =>
        message.type === "inbox" &&
        message.changes.some(
          (change) =>
            change.conversationId === conversationId && change.item?.staff.offer?.agentId === amara.me.agent.id,
        );
      const change = (await desk.until(offered)).changes.find((one) => one.conversationId === conversationId);
      expect(change?.item).toMatchObject({ title: expect.stringContaining("Ana"), session: { status: "waiting" } });

      await desk.command({ type: "presence.set", status: "busy", reason: null });
      await desk.until(
        (message) =>
          message.type === "inbox" &&
          message.changes.some((one) => one.conversationId === conversationId && one.item?.staff.offer === null),
        desk.messages.findIndex(offered) + 1,
      );
      await desk.command({ type: "presence.set", status: "available", reason: null });
      const from = desk.messages.length;
      const again = (await desk.until(offered, Math.max(0, from - 2))).changes.find(
        (one) => one.conversationId === conversationId,
      );
      expect(
        await desk.command({ type: "offer.accept", conversationId, offerId: again?.item?.staff.offerId }),
      ).toMatchObject({ ok: true });

      desk.send({ type: "subscribe", topic });
      await desk.until((message) => message.type === "live" && message.topic.kind === "conversation");
      await desk.command({ type: "note.post", conversationId, text: "a secret note", attachments: [] });
      await say(desk, conversationId, "Hello Ana");
      await stream.until(
        (message) =>
          message.type === "events" &&
          message.events.some((event) => event.type === "message.posted" && event.text === "Hello Ana"),
      );
      stream.send({ type: "typing", conversationId, on: true, text: "my half sentence" });
      await desk.until(
        (message) =>
          message.type === "passing" && message.passing.type === "typing" && message.passing.who === "customer",
      );
      const number = stream.events(conversationId).at(-1)?.number ?? 0;
      await stream.command({ type: "positions.move", conversationId, read: number });
      await desk.until(
        (message) =>
          message.type === "passing" &&
          message.passing.type === "positions" &&
          message.passing.positions.customerRead === number,
      );
      const seen = JSON.stringify(stream.messages);
      for (const hidden of ["secret note", "queueId", "offerId", '"declined"', "half sentence"])
        expect(seen).not.toContain(hidden);
      expect(numbers(stream, conversationId)).toEqual(upTo(number));

      const stored = JSON.stringify(desk.events(conversationId));
      expect(stored).not.toContain("half sentence");
      await desk.command({ type: "session.end", conversationId });
      await desk.command({ type: "presence.set", status: "offline", reason: null });
      await stream.until(
        (message) => message.type === "events" && message.events.some((event) => event.type === "session.ended"),
      );
      await say(stream, conversationId, "one more thing");
      const second = stream.events(conversationId).filter((event) => event.type === "session.started");
      await stream.until(
        (message) =>
          message.type === "events" &&
          message.events.some((event) => event.type === "session.started" && event.session.number === 2),
      );
      expect(second.length).toBeLessThanOrEqual(2);
      stream.cut();
      desk.cut();
    });
  }

  test("[ST10] signing out ends the open stream", async () => {
    const { identity, stream } = await customer();
    const response = await fetch(`${app.url}/api/v1/identity/sign-out`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ channelId: DEMO_CHANNELS.shop, resumeSecret: identity.resumeSecret }),
    });
    expect(response.status).toBe(204);
    expect(await stream.until(is("bye"))).toMatchObject({ reason: "revoked", retryAfter: null });
  });

  test("[ST11] server-sent events carry the same messages and numbers", async () => {
    const { identity, conversationId, stream, topic } = await customer();
    const response = await fetch(`${app.url}/api/v1/stream/sse`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    const until = async (pattern: RegExp): Promise<RegExpExecArray> => {
      for (;;) {
        const found = pattern.exec(text);
        if (found) return found;
        const { value, done } = (await reader?.read()) ?? { done: true, value: "" };
        if (done) throw new Error(`ended after ${text}`);
        text += value;
      }
    };
    const link = (await until(/event: link\ndata: (\S+)/))[1];
    const post = (messages: unknown[]) =>
      fetch(`${app.url}/api/v1/stream/sse/${link}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(messages),
      });
    await post([
      { type: "hello", protocol: 1, token: identity.accessToken },
      { type: "subscribe", topic },
    ]);
    await until(/"type":"live"/);
    const answer = await say(stream, conversationId, "over the other way");
    await until(new RegExp(`"number":${answer.ok ? answer.answer.number : 0},[^}]*`));
    expect(text).toContain("over the other way");
    expect(
      (
        await fetch(`${app.url}/api/v1/stream/sse/guessed`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: "[]",
        })
      ).status,
    ).toBe(404);
    await reader?.cancel();
    stream.cut();
  });
});

test("[ST14] two server processes on one PostgreSQL serve one conversation", async () => {
  const place = await createTestDatabase({ migrated: true });
  const environment = { DATABASE_URL: place.url, CLEW_SECRET: "one secret for both of the processes" };
  const here = await startTestApp({ environment });
  const there = await startTestApp({ environment });
  try {
    const identity = await newGuest(here.url);
    const left = await TestStream.open(here.url, { token: identity.accessToken });
    const right = await TestStream.open(there.url, { token: identity.accessToken });
    await Promise.all([left, right].map((stream) => stream.until(is("welcome"))));
    const conversationId = newId();
    const topic = { kind: "conversation" as const, id: conversationId };
    await left.command({
      type: "conversation.start",
      conversationId,
      channelId: DEMO_CHANNELS.shop,
      language: "en",
      answers: answersOf(),
    });
    for (const stream of [left, right]) {
      stream.send({ type: "subscribe", topic });
      await stream.until(is("live"));
    }
    const posts = Array.from({ length: 60 }, (_, index) =>
      (index % 2 ? left : right).command({ type: "message.post", conversationId, text: `${index}`, attachments: [] }),
    );
    const last = Math.max(...(await Promise.all(posts)).map((answer) => (answer.ok ? answer.answer.number : 0)));
    for (const stream of [left, right]) {
      await stream.until(
        (message) => message.type === "events" && message.events.some((event) => event.number === last),
      );
      const numbers = stream.events(conversationId).map((event) => event.number);
      expect(numbers).toEqual(Array.from({ length: last }, (_, index) => index + 1));
    }
    left.cut();
    right.cut();
  } finally {
    await Promise.all([here.close(), there.close()]);
    await place.drop();
  }
});
