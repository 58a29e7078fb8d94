import type { ServerMessage } from "@clew/contract/stream";
import type { LinkListener, Transport } from "./transport.ts";

/** The stream over a WebSocket; `Socket` is the browser's class or one that behaves like it. */
export function webSocketTransport(Socket: typeof WebSocket): Transport {
  return {
    open(base, listener) {
      let over = false;
      const socket = new Socket(`${base.replace(/^http/, "ws")}/stream`);
      socket.onopen = () => {
        if (!over) listener.opened();
      };
      socket.onmessage = (event) => {
        if (!over) hear(event.data, listener);
      };
      socket.onclose = () => {
        if (!over) listener.ended();
        over = true;
      };
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
