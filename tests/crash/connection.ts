import type { ClientMessage, ServerMessage } from "@clew/contract/stream";
import { WebSocket } from "ws";

/** Tries to come back are a random part of this apart, in milliseconds. */
const JITTER_MS = 150;

type Parts = {
  url: string;
  token?: string;
  cookie?: string;
  welcomed(): void;
  heard(message: ServerMessage): void;
  gone(): void;
};

/** One person's connection to the stream, which comes back whenever it is cut, until it is closed. */
export class Connection {
  readonly #parts: Parts;
  readonly faults: string[] = [];
  #socket: WebSocket | null = null;
  #closed = false;
  /** Whether commands can be sent. */
  open = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#connect();
  }

  send(message: ClientMessage): void {
    this.#socket?.send(JSON.stringify(message));
  }

  close(): void {
    this.#closed = true;
    this.#socket?.terminate();
  }

  #connect(): void {
    if (this.#closed) return;
    const { url, token, cookie, heard, gone } = this.#parts;
    const socket = new WebSocket(`${url.replace("http", "ws")}/api/v1/stream`, {
      perMessageDeflate: false,
      headers: cookie ? { cookie } : {},
    });
    this.#socket = socket;
    socket.on("open", () => this.send({ type: "hello", protocol: 1, ...(token ? { token } : {}) }));
    socket.on("message", (data) => {
      const message = JSON.parse(data.toString()) as ServerMessage;
      if (message.type === "welcome") {
        this.open = true;
        this.#parts.welcomed();
      } else if (message.type === "bye") this.faults.push(`bye: ${message.reason}`);
      else heard(message);
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.open = false;
      gone();
      setTimeout(() => this.#connect(), Math.random() * JITTER_MS);
    });
  }
}
