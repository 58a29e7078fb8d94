import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Ids } from "../clock.ts";
import { userAgentOf } from "../http/address.ts";
import { StreamConnection } from "./connection.ts";
import { pageOf } from "./page-of.ts";
import type { StreamParts } from "./parts.ts";

export const STREAM_PATH = "/api/v1/stream";
/** Frames larger than this are refused by the socket itself, in bytes. */
const MOST_FRAME = 64 * 1024;
/** How often connections are pinged, and silent and stalled ones looked for, in milliseconds. */
const WATCH_MS = 10_000;

type Parts = StreamParts & {
  ids: Ids;
  /** Whence a request came, with the proxies that the server trusts left out. */
  addressOf(request: IncomingMessage): string;
};

/** The WebSocket transport. No deflate: it costs twenty times the memory of an idle connection. */
export function serveWebSocket(server: Server, parts: Parts): { close(): void } {
  const { addressOf } = parts;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_FRAME,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const connections = new Map<WebSocket, StreamConnection>();

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if ((request.url ?? "").split("?")[0] !== STREAM_PATH) return refuse(socket, 404, "Not Found");
    sockets.handleUpgrade(request, socket, head, (webSocket) => open(webSocket, request));
  };

  const open = (webSocket: WebSocket, request: IncomingMessage) => {
    const together = sendTogether(request.socket);
    const connection = new StreamConnection(
      parts,
      {
        send(text) {
          together();
          webSocket.send(text);
        },
        close: (code, reason) => webSocket.close(code, reason),
      },
      {
        id: parts.ids.next(),
        cookie: request.headers.cookie,
        page: pageOf(request.headers),
        from: { ip: addressOf(request), userAgent: userAgentOf(request.headers) },
      },
    );
    connections.set(webSocket, connection);
    webSocket.on("message", (data, isBinary) => {
      if (isBinary) return connection.bye("protocol", null);
      connection.receive(data.toString());
    });
    webSocket.on("pong", () => connection.heard());
    webSocket.on("error", () => webSocket.terminate());
    webSocket.on("close", () => {
      connections.delete(webSocket);
      connection.gone();
    });
  };

  const watch = setInterval(() => {
    const now = parts.clock.now();
    for (const [webSocket, connection] of connections) {
      connection.check(now);
      if (webSocket.readyState === webSocket.OPEN) webSocket.ping();
    }
  }, WATCH_MS);

  server.on("upgrade", upgrade);
  return {
    close() {
      clearInterval(watch);
      server.off("upgrade", upgrade);
      for (const connection of [...connections.values()]) connection.bye("restarting", 2000);
      sockets.close();
    },
  };
}

/** Frames of one turn go to the system in one call: a commit may bring hundreds to an agent, each call costs as much. */
function sendTogether(socket: Duplex): () => void {
  let corked = false;
  const release = () => {
    corked = false;
    socket.uncork();
  };
  return () => {
    if (corked) return;
    corked = true;
    socket.cork();
    process.nextTick(release);
  };
}

function refuse(socket: Duplex, status: number, text: string): void {
  socket.end(`HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
