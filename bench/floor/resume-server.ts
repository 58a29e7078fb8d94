import { createHmac, timingSafeEqual } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { type WebSocket, WebSocketServer } from "ws";

/**
 * The least that lets people come back: a bare WebSocket server that checks a token (HMAC), reads what the cursor has
 * missed from SQLite by its index, sends it, and says that the reader is live. Nothing else: nobody may be revoked, no
 * permission, no presence, no acknowledgement.
 */
export const FLOOR_SECRET = "the secret of the floor";
export const FLOOR_BODY = "Where is my order, please? ".repeat(8).slice(0, 200);

export function floorToken(id: string): string {
  return createHmac("sha256", FLOOR_SECRET).update(id).digest("base64url");
}

export type FloorHello = { id: string; token: string; cursor: number };
export type FloorFrame = { events: { number: number; body: string }[] } | { live: number };

if (process.env.FLOOR_FILE) serve(process.env.FLOOR_FILE);

function serve(file: string): void {
  const store = new DatabaseSync(file);
  store.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
  const after = store.prepare(
    "SELECT number, body FROM events WHERE conversation_id = ? AND number > ? ORDER BY number",
  );
  const readers = new Map<string, WebSocket>();
  const server = new WebSocketServer({ host: "127.0.0.1", port: Number(process.env.PORT), perMessageDeflate: false });
  server.on("connection", (socket) => {
    socket.on("message", (data) => {
      const { id, token, cursor } = JSON.parse(data.toString()) as FloorHello;
      if (!timingSafeEqual(Buffer.from(token), Buffer.from(floorToken(id)))) return socket.close();
      const events = after.all(id, cursor) as { number: number; body: string }[];
      if (events.length > 0) socket.send(JSON.stringify({ events } satisfies FloorFrame));
      socket.send(JSON.stringify({ live: events.at(-1)?.number ?? cursor } satisfies FloorFrame));
      readers.set(id, socket);
      socket.on("close", () => readers.delete(id));
    });
  });
  server.on("listening", () => process.stdout.write(`ws://127.0.0.1:${process.env.PORT}\n`));
  process.on("SIGTERM", () => process.exit(0));
}
