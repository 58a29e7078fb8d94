import { WebSocket } from "ws";

/** Connections come from so many addresses, so that one address has ports left. */
const ADDRESSES = 4;

/** One person as the crowd plays them: how they greet, and what they make of what comes. */
export type Role = {
  url: string;
  /** Sent as soon as the socket is open. */
  greeting(): string;
  /** Returns what to send in answer; `live` when everything is there, `wrong` when something else came. */
  take(text: string): { send?: string; live?: true; wrong?: true };
};

type Heard = { live(): void; wrong(): void; refused(): void };

/** A connection that comes back within a random part of the jitter whenever it is cut. */
export class Person {
  readonly #role: Role;
  readonly #address: string;
  #socket: WebSocket | null = null;
  #jitter: number | null = null;
  #heard: Heard;

  constructor(role: Role, index: number, heard: Heard) {
    this.#role = role;
    this.#address = `127.0.0.${2 + (index % ADDRESSES)}`;
    this.#heard = heard;
  }

  /** From now on it comes back, at once when it has been cut already. */
  comeBack(jitter: number, heard: Heard): void {
    this.#jitter = jitter;
    this.#heard = heard;
    if (this.#socket?.readyState === WebSocket.CLOSED) this.#connectLater(jitter);
  }

  connect(): void {
    const socket = new WebSocket(this.#role.url, { perMessageDeflate: false, localAddress: this.#address });
    this.#socket = socket;
    let opened = false;
    socket.on("open", () => {
      opened = true;
      socket.send(this.#role.greeting());
    });
    socket.on("message", (data) => {
      const { send, live, wrong } = this.#role.take(data.toString());
      if (send) socket.send(send);
      if (wrong) this.#heard.wrong();
      if (live) this.#heard.live();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      if (!opened) this.#heard.refused();
      if (this.#jitter === null) return;
      this.#connectLater(this.#jitter);
    });
  }

  #connectLater(jitter: number): void {
    setTimeout(() => this.connect(), Math.random() * jitter).unref();
  }

  leave(): void {
    this.#jitter = null;
    this.#socket?.terminate();
  }
}
