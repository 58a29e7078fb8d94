import { randomBytes } from "node:crypto";
import type { ClientMessage, ServerMessage } from "@clew/contract/stream";
import { uuidv7 } from "@clew/contract/uuid";
import { WebSocket } from "ws";
import { Stream } from "./clew.ts";
import { shopChannel, signIn, startGuest } from "./clew-api.ts";
import { MISSED } from "./crowd-messages.ts";
import { clewRole, type Returning } from "./crowd-roles.ts";

/** Guests made at once. */
const AT_ONCE = 100;
const TEXT = "Where is my order, please? ".repeat(8).slice(0, 200);

/**
 * Guests of the product, each with a conversation that ends with MISSED messages of theirs. The share `waiting` of their
 * sessions waits for an agent; the others have been ended by the desk, which is what most long-lived conversations are.
 */
export async function makeGuests(url: string, count: number, waiting: number): Promise<Returning[]> {
  const channelId = await shopChannel(url, await signIn(url, "admin"));
  const desk = await Stream.open(url, { cookie: (await signIn(url, "supervisor")).cookie }, () => undefined);
  const guests: Returning[] = [];
  const makeMore = async () => {
    for (let index = guests.length; index < count; index = guests.length) {
      guests.length = index + 1;
      const end = index >= count * waiting;
      guests[index] = await makeGuest(url, { channelId, desk: end ? desk : null });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, makeMore));
  desk.close();
  return guests;
}

async function makeGuest(
  url: string,
  { channelId, desk }: { channelId: string; desk: Stream | null },
): Promise<Returning> {
  const { accessToken: token } = await startGuest(url, channelId);
  const conversationId = newId();
  const posted = Array.from({ length: MISSED }, newId);
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/v1/stream`, { perMessageDeflate: false });
  const send = (message: ClientMessage) => socket.send(JSON.stringify(message));
  const start = newId();
  let epoch = "";
  let before = 0;
  let answered = 0;
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () => send({ type: "hello", protocol: 1, token }));
    socket.on("message", (data) => {
      const message = JSON.parse(data.toString()) as ServerMessage;
      if (message.type === "bye") reject(new Error(`the server said goodbye: ${message.reason}`));
      if (message.type === "welcome") {
        epoch = message.epoch;
        send({ type: "command", command: startOf(start, conversationId, channelId) });
      }
      if (message.type !== "answer") return;
      if (!message.ok) return reject(new Error(JSON.stringify(message.problem)));
      if (message.commandId === start) {
        for (const id of posted)
          send({ type: "command", command: { type: "message.post", id, conversationId, text: TEXT, attachments: [] } });
        return;
      }
      if (message.commandId === posted[0]) before = message.answer.number - 1;
      answered += 1;
      if (answered === MISSED) resolve();
    });
  });
  socket.terminate();
  await desk?.command({ type: "session.end", id: newId(), conversationId });
  return clewRole(url, { token, conversationId, epoch, before, posted });
}

function startOf(id: string, conversationId: string, channelId: string) {
  return {
    type: "conversation.start" as const,
    id,
    conversationId,
    channelId,
    language: "en",
    answers: [
      { key: "name", value: "Ana", how: "typed" as const },
      { key: "email", value: "ana@clew.example", how: "typed" as const },
      { key: "topic", value: "advice", how: "typed" as const },
    ],
  };
}

function newId(): string {
  return uuidv7(Date.now(), randomBytes(10));
}
