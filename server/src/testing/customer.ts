import type { CustomerIdentity } from "@clew/contract/customers";
import { DEMO_CHANNELS, newGuest, newId, TestStream } from "./test-app.ts";

/** What is asked before a conversation with the demo's shop, and what Ana says, who wants advice. */
const ANA = { name: "Ana", email: "ana@clew.example", topic: "advice" };

/** Answers typed by Ana; `told` says otherwise, or more. */
export const answersOf = (told: Record<string, unknown> = {}) =>
  Object.entries({ ...ANA, ...told }).map(([key, value]) => ({ key, value, how: "typed" as const }));

type Start = {
  identity?: CustomerIdentity;
  channelId?: string;
  told?: Record<string, unknown>;
  shows?: readonly "forms"[];
};

/** A guest who has started a conversation with the demo's shop, over a stream of their own. */
export async function startConversation(
  url: string,
  { identity, told, channelId = DEMO_CHANNELS.shop, shows }: Start = {},
) {
  const guest = identity ?? (await newGuest(url, channelId));
  const stream = await TestStream.open(url, { token: guest.accessToken });
  await stream.until(({ type }) => type === "welcome");
  const conversationId = newId();
  const started = await stream.command({
    ...{ type: "conversation.start", conversationId, channelId, language: "en", answers: answersOf(told) },
    ...(shows ? { shows: [...shows] } : {}),
  });
  if (!started.ok) throw new Error(JSON.stringify(started.problem));
  return { identity: guest, stream, conversationId, topic: { kind: "conversation" as const, id: conversationId } };
}
