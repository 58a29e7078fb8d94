import type { ClientMessage, ServerMessage } from "@clew/contract/stream";

export type LinkListener = {
  opened(): void;
  message(message: ServerMessage): void;
  /** Exactly once, unless `close` was called. `better`: it was let go of, because the way before it carries after all. */
  ended(better?: boolean): void;
};

/** One connection to the server's stream. After `close` the listener hears nothing more. */
export type Link = {
  send(message: ClientMessage): void;
  /** `late`: it was given up because nothing came of it in time. */
  close(late?: boolean): void;
};

/** A way to the stream: WebSocket, server-sent events, or a test's pair of queues. `base` is the API's address. */
export type Transport = {
  open(base: string, listener: LinkListener): Link;
};
