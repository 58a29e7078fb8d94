import type { ClientMessage, ServerMessage } from "@clew/contract/stream";

/** Why a link ended: it never opened, or it did and was lost. */
export type LinkEnd = "not-opened" | "lost";

export type LinkListener = {
  opened(): void;
  message(message: ServerMessage): void;
  /** Exactly once, unless `close` was called. */
  ended(how: LinkEnd): void;
};

/** One connection to the server's stream. After `close` the listener hears nothing more. */
export type Link = {
  send(message: ClientMessage): void;
  /** `late`: it was given up because nothing came of it in time. */
  close(late?: boolean): void;
};

/** A way to the stream: WebSocket, server-sent events, or a test's pair of queues. `base` is the API's address. */
export type Transport = {
  name: string;
  open(base: string, listener: LinkListener): Link;
};
