import { randomUUID } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { type WebSocket, WebSocketServer } from "ws";

/**
 * The floor that the product is measured against: the least that stores a message durably and shows it to the other
 * side. WebSocket in, JSON, one commit for all that waits (`synchronous=FULL`, no linger), then acknowledgement and
 * delivery. The same shape of table as the product's log, and nothing else: no permission, no rules, no resuming.
 */
type Message = { line: number; id: string; text: string };
type Waiting = { message: Message; from: WebSocket };

const [file = ""] = process.argv.slice(2);
const store = new DatabaseSync(file);
store.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=32000");
store.exec(`
  CREATE TABLE counters (line INTEGER PRIMARY KEY, number INTEGER NOT NULL);
  CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT, conversation_id TEXT NOT NULL, number INTEGER NOT NULL,
    command_id TEXT, at INTEGER NOT NULL, body TEXT NOT NULL
  );
  CREATE UNIQUE INDEX events_by_number ON events (conversation_id, number);
  CREATE UNIQUE INDEX events_by_command ON events (command_id);
`);
const count = store.prepare(
  "INSERT INTO counters VALUES (?, 1) ON CONFLICT (line) DO UPDATE SET number = number + 1 RETURNING number",
);
const insert = store.prepare(
  "INSERT INTO events (conversation_id, number, command_id, at, body) VALUES (?, ?, ?, ?, ?)",
);

const names = new Map<number, string>();
const readers = new Map<number, WebSocket>();
let waiting: Waiting[] = [];

function commit(): void {
  const batch = waiting;
  waiting = [];
  store.exec("BEGIN IMMEDIATE");
  const numbers = batch.map(({ message }) => {
    const { number } = count.get(message.line) as { number: number };
    insert.run(nameOf(message.line), number, message.id, Date.now(), JSON.stringify(message));
    return number;
  });
  store.exec("COMMIT");
  for (const [index, { message, from }] of batch.entries()) {
    from.send(JSON.stringify({ ack: message.id }));
    readers.get(message.line)?.send(JSON.stringify({ ...message, number: numbers[index] }));
  }
}

function nameOf(line: number): string {
  let name = names.get(line);
  if (!name) {
    name = randomUUID();
    names.set(line, name);
  }
  return name;
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
    if (waiting.length === 1) setImmediate(commit);
  });
});
server.on("listening", () => {
  const address = server.address();
  if (typeof address === "object") process.stdout.write(`ws://127.0.0.1:${address?.port}\n`);
});
process.on("SIGTERM", () => process.exit(0));
