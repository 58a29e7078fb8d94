import { WebSocket } from "ws";
import type { Connected, Heard, Target } from "./messages.ts";

type Frame = { ack: string } | { line: number; number: number; id: string; text: string };

/** Readers on the other side; each reads every fourth conversation. */
const READERS = 4;

/** Connects to the bare loop: a customer for each conversation, and a few readers. */
export async function connectFloor(
  { url, conversations }: Extract<Target, { kind: "floor" }>,
  heard: Heard,
): Promise<Connected> {
  const hear = (data: WebSocket.RawData) => {
    const frame = JSON.parse(data.toString()) as Frame;
    if ("ack" in frame) heard.answered(frame.ack, true);
    else heard.seen(frame.line, frame.number, frame.id);
  };
  const connect = async () => {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    socket.on("message", hear);
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    return socket;
  };
  const readers = await Promise.all(Array.from({ length: READERS }, connect));
  for (const [place, reader] of readers.entries()) {
    const lines = Array.from({ length: conversations }, (_, line) => line).filter((line) => line % READERS === place);
    reader.send(JSON.stringify({ read: lines }));
  }
  const customers = await Promise.all(Array.from({ length: conversations }, connect));
  return {
    lines: customers.map((socket, line) => ({ post: (id, text) => socket.send(JSON.stringify({ line, id, text })) })),
    close() {
      for (const socket of [...readers, ...customers]) socket.terminate();
    },
  };
}
