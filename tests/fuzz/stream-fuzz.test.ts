import { ClientCommand } from "@clew/contract/commands";
import { PROBLEMS } from "@clew/contract/problems";
import { ClientMessage, type ServerMessage } from "@clew/contract/stream";
import { answersOf, startConversation } from "@clew/server/testing/customer";
import { DEMO_CHANNELS, newGuest, newId, signIn, startTestApp, TestStream } from "@clew/server/testing/test-app";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EVIL_TEXTS, fitting, nearly, type Schema } from "./from-schema.ts";

/** The engine that minds more: it refuses NUL in texts and what is no UTF-8. */
const engine = "postgres";
let app: Awaited<ReturnType<typeof startTestApp>>;
beforeAll(async () => {
  app = await startTestApp({ engine });
});
afterAll(() => app.close());

const customer = () => startConversation(app.url);

/** All that a message led to: what came until the answer to a ping sent after it, or until the end of the connection. */
async function afterwards(stream: TestStream, text: string): Promise<ServerMessage[]> {
  const from = stream.messages.length;
  const at = 1 + Math.floor(Math.random() * 1e9);
  stream.sendText(text);
  stream.sendText(JSON.stringify({ type: "ping", at }));
  await stream.until((message) => (message.type === "pong" && message.at === at) || message.type === "bye", from);
  return stream.messages.slice(from);
}

function problemsOf(messages: readonly ServerMessage[]): string[] {
  return messages.flatMap((message) =>
    message.type === "refused" || (message.type === "answer" && !message.ok) ? [message.problem.code] : [],
  );
}

test.each(["customer", "agent"] as const)(
  "[H40] whatever a %s sends, the stream answers with known problems and goes on",
  async (who) => {
    const mine = await customer();
    const other = await customer();
    const known = [mine.conversationId, other.conversationId, DEMO_CHANNELS.shop, newId()];
    const open = async () => {
      if (who === "customer") return (await customer()).stream;
      const { cookie } = await signIn(app.url, "amara");
      const stream = await TestStream.open(app.url, { cookie });
      await stream.until((message) => message.type === "welcome");
      return stream;
    };
    let stream = await open();
    // Greetings a second time and new tokens end a connection, as they must; they have tests of their own.
    const schemas = ((ClientMessage as Schema).anyOf ?? []).filter(
      (one) => !["hello", "token", "ping"].includes(String(one.properties?.type?.const)),
    );
    const commands = (ClientCommand as Schema).anyOf ?? [];
    const message = fc.oneof(
      fc.oneof(...schemas.map((one) => fitting(one, known))),
      fc.oneof(...schemas.map((one) => nearly(one, known))),
      fc.oneof(...commands.map((one) => nearly(one, known))).map((command) => ({ type: "command", command })),
    );
    await fc.assert(
      fc.asyncProperty(message, async (value) => {
        if (stream.closed) stream = await open();
        const led = await afterwards(stream, JSON.stringify(value) ?? "null");
        for (const code of problemsOf(led)) {
          expect(Object.keys(PROBLEMS)).toContain(code);
          expect(PROBLEMS[code as keyof typeof PROBLEMS].status).toBeLessThan(500);
        }
        expect(JSON.stringify(led)).not.toMatch(/node:internal|\.ts:\d+/);
      }),
      { numRuns: 700 },
    );
  },
  120_000,
);

test("[H41] a customer's fuzz stores nothing in anybody else's conversation", async () => {
  const victim = await customer();
  const attacker = await customer();
  const before = await (
    await fetch(`${app.url}/api/v1/conversations/${victim.conversationId}`, {
      headers: { authorization: `Bearer ${victim.identity.accessToken}` },
    })
  ).json();
  const commands = (ClientCommand as Schema).anyOf ?? [];
  const aimed = fc
    .oneof(...commands.map((one) => fitting(one, [victim.conversationId])))
    .map((command) => ({ ...(command as object), id: newId(), conversationId: victim.conversationId }));
  await fc.assert(
    fc.asyncProperty(aimed, async (command) => {
      const led = await afterwards(attacker.stream, JSON.stringify({ type: "command", command }));
      const accepted = led.filter(
        (message) => message.type === "answer" && message.ok && message.answer.conversationId === victim.conversationId,
      );
      expect(accepted).toEqual([]);
    }),
    { numRuns: 300 },
  );
  const after = await (
    await fetch(`${app.url}/api/v1/conversations/${victim.conversationId}`, {
      headers: { authorization: `Bearer ${victim.identity.accessToken}` },
    })
  ).json();
  expect(after).toEqual(before);
}, 120_000);

test("[H42] evil texts as answers are stored or refused, never a fault", async () => {
  const outcomes = new Set<string>();
  for (const text of EVIL_TEXTS) {
    const { accessToken } = await newGuest(app.url);
    const stream = await TestStream.open(app.url, { token: accessToken });
    await stream.until((message) => message.type === "welcome");
    const answer = await stream.command({
      type: "conversation.start",
      conversationId: newId(),
      channelId: DEMO_CHANNELS.shop,
      language: "en",
      answers: answersOf({ name: text }),
    });
    outcomes.add(answer.ok ? "ok" : answer.problem.code);
    stream.cut();
  }
  expect([...outcomes].sort()).toEqual(["answers-invalid", "invalid", "ok"]);
});
