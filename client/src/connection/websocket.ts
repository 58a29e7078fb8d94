import type { ServerMessage } from "@clew/contract/stream";
import type { LinkEnd, LinkListener, Transport } from "./transport.ts";

/** The stream over a WebSocket; `Socket` is the browser's class or one that behaves like it. */
export function webSocketTransport(Socket: typeof WebSocket): Transport {
  return {
    name: "websocket",
    open(base, listener) {
      let over = false;
      let opened = false;
      const end = (how: LinkEnd) => {
        if (over) return;
        over = true;
        listener.ended(how);
      };
      const socket = new Socket(`${base.replace(/^http/, "ws")}/stream`);
      socket.onopen = () => {
        opened = true;
        if (!over) listener.opened();
      };
      socket.onmessage = (event) => {
        if (!over) hear(event.data, listener);
      };
      socket.onclose = () => end(opened ? "lost" : "not-opened");
      return {
        send(message) {
          if (socket.readyState === 1) socket.send(JSON.stringify(message));
        },
        close() {
          over = true;
          socket.close();
        },
      };
    },
  };
}

/** The one place where a frame is parsed. What is no message is dropped: a newer server may say more than we know. */
export function hear(data: unknown, listener: LinkListener): void {
  let message: unknown = null;
  try {
    message = JSON.parse(String(data));
  } catch {
    return;
  }
  if (message && typeof message === "object" && "type" in message) listener.message(message as ServerMessage);
}
