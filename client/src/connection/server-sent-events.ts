import type { ClientMessage } from "@clew/contract/stream";
import type { Transport } from "./transport.ts";
import { hear, webSocketTransport } from "./websocket.ts";

/** How long a WebSocket has to carry something, in milliseconds: as long as a connection has to open. */
const CARRIES_WITHIN_MS = 15_000;

/** How long it is remembered that this way carried and no other did, in milliseconds. */
const REMEMBERED_MS = 86_400_000;

/** Servers to which a WebSocket was tried beside. Once a page: where it seems to carry and then does not, we stay. */
const tried = new Set<string>();

/**
 * The stream where proxies block WebSockets: `GET /stream/sse` carries the server's messages, one a `data` line. Its first
 * event, named `link`, gives an unguessable id; our messages go to `POST /stream/sse/<id>` as a JSON array, in order, one
 * request at a time. Cookies go along on the own origin only: across origins a token speaks.
 *
 * Once this way has carried something it is remembered, and a WebSocket is tried beside it: the network may be another
 * one by now. If that carries as well, this way is forgotten and left.
 */
export function serverSentEventsTransport(
  Source: typeof EventSource,
  fetcher: typeof fetch,
  Socket?: typeof WebSocket,
): Transport {
  return {
    open(base, listener) {
      let over = false;
      let id = "";
      let posting = false;
      let better = false;
      const waiting: ClientMessage[] = [];
      const source = new Source(`${base}/stream/sse`);

      const end = () => {
        if (over) return;
        over = true;
        source.close();
        listener.ended(better);
      };
      /** Nothing that was given to us is left behind. */
      const endIfBetter = () => {
        if (better && !posting && waiting.length === 0) end();
      };
      const post = async () => {
        if (posting || over || waiting.length === 0) return;
        posting = true;
        const body = JSON.stringify(waiting.splice(0));
        const ok = await fetcher(`${base}/stream/sse/${id}`, {
          method: "POST",
          body,
          headers: { "content-type": "application/json" },
        }).then(
          (response) => response.ok,
          () => false,
        );
        posting = false;
        if (!ok) end();
        void post();
        endIfBetter();
      };

      source.addEventListener("link", (event) => {
        id = (event as MessageEvent).data;
        if (!over) listener.opened();
      });
      source.onmessage = (event) => {
        if (over) return;
        if (Socket && !tried.has(base)) {
          tried.add(base);
          remember(base, true);
          tryWebSocket(Socket, base, () => {
            remember(base, false);
            better = true;
            endIfBetter();
          });
        }
        hear(event.data, listener);
      };
      // The browser would reconnect by itself, without our greeting and cursors: we do it.
      source.onerror = end;
      return {
        send(message) {
          waiting.push(message);
          void post();
        },
        close() {
          over = true;
          source.close();
        },
      };
    },
  };
}

/** A ping is answered before anybody has said who they are, so nobody comes or goes by this. */
function tryWebSocket(Socket: typeof WebSocket, base: string, carries: () => void): void {
  const socket = webSocketTransport(Socket).open(base, {
    opened: () => socket.send({ type: "ping", at: 0 }),
    message() {
      end();
      carries();
    },
    ended: () => clearTimeout(timer),
  });
  const end = () => {
    clearTimeout(timer);
    socket.close();
  };
  const timer = setTimeout(end, CARRIES_WITHIN_MS);
}

/** For `isRemembered` of the next page. */
function remember(base: string, on: boolean): void {
  const key = `clew-sse:${base}`;
  try {
    if (on) localStorage.setItem(key, String(Date.now() + REMEMBERED_MS));
    else localStorage.removeItem(key);
  } catch {
    // Where nothing may be stored, each page finds the way anew.
  }
}
