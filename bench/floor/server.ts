import { type WebSocket, WebSocketServer } from "ws";
import { type Message, postgresStore, sqliteStore } from "./stores.ts";

/**
 * The floor that the product is measured against: the least that stores a message durably and shows it to the other
 * side. WebSocket in, JSON, one commit for all that waits (no linger), then acknowledgement and delivery; no permission,
 * no rules, no resuming. On PostgreSQL when DATABASE_URL is set, on the SQLite file of its argument otherwise.
 */
type Waiting = { message: Message; from: WebSocket };

const [file = ""] = process.argv.slice(2);
const { DATABASE_URL: url } = process.env;
const store = url ? await postgresStore(url) : sqliteStore(file);

const readers = new Map<number, WebSocket>();
let waiting: Waiting[] = [];
let committing = false;

async function commitAll(): Promise<void> {
  while (waiting.length > 0) {
    const batch = waiting;
    waiting = [];
    const stored = store(batch.map(({ message }) => message));
    // Without waiting on SQLite, where it is done by now.
    const numbers = Array.isArray(stored) ? stored : await stored;
    for (const [index, { message, from }] of batch.entries()) {
      from.send(JSON.stringify({ ack: message.id }));
      readers.get(message.line)?.send(JSON.stringify({ ...message, number: numbers[index] }));
    }
  }
  committing = false;
}

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
server.on("connection", (socket) => {
  socket.on("message", (data) => {
    const message = JSON.parse(data.toString()) as Message | { read: number[] };
    if ("read" in message) {
      for (const line of message.read) readers.set(line, socket);
      return;
    }
    waiting.push({ message, from: socket });
    if (committing) return;
    committing = true;
    setImmediate(commitAll);
  });
});
server.on("listening", () => {
  const address = server.address();
  if (typeof address === "object") process.stdout.write(`ws://127.0.0.1:${address?.port}\n`);
});
process.on("SIGTERM", () => process.exit(0));
