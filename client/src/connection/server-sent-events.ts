import type { ClientMessage } from "@clew/contract/stream";
import type { LinkEnd, Transport } from "./transport.ts";
import { hear } from "./websocket.ts";

/**
 * The stream where proxies block WebSockets: `GET /stream/sse` carries the server's messages, one a `data` line. Its first
 * event, named `link`, gives an unguessable id; our messages go to `POST /stream/sse/<id>` as a JSON array, in order, one
 * request at a time. Cookies go along on the own origin only: across origins a token speaks.
 */
export function serverSentEventsTransport(Source: typeof EventSource, fetcher: typeof fetch): Transport {
  return {
    name: "server-sent-events",
    open(base, listener) {
      let over = false;
      let id = "";
      let posting = false;
      const waiting: ClientMessage[] = [];
      const source = new Source(`${base}/stream/sse`);

      const end = (how: LinkEnd) => {
        if (over) return;
        over = true;
        source.close();
        listener.ended(how);
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
        if (ok) void post();
        else end("lost");
      };

      source.addEventListener("link", (event) => {
        id = (event as MessageEvent).data;
        if (!over) listener.opened();
      });
      source.onmessage = (event) => {
        if (!over) hear(event.data, listener);
      };
      // The browser would reconnect by itself, without our greeting and cursors: we do it.
      source.onerror = () => end(id ? "lost" : "not-opened");
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
