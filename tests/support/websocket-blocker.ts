import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** What is done to a WebSocket: it is refused, it is taken and never answered, its handshake alone is let through, or all. */
export type Treatment = "refuses" | "swallows" | "shakes hands" | "carries";

/** A stretch of network between a client and a server that carries every request and no WebSocket (until it does), for tests. */
export class WebSocketBlocker {
  /** How many WebSockets were asked for. */
  blocked = 0;
  treatment: Treatment;
  readonly #port: number;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor(port: number, treatment: Treatment) {
    this.#port = port;
    this.treatment = treatment;
    this.#server = createServer((client) => this.#accept(client));
  }

  static async to(port: number, treatment: Treatment): Promise<WebSocketBlocker> {
    const blocker = new WebSocketBlocker(port, treatment);
    await new Promise<void>((resolve) => blocker.#server.listen(0, "127.0.0.1", resolve));
    return blocker;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #accept(client: Socket): void {
    this.#keep(client);
    client.once("data", (head) => {
      const blocks = this.treatment !== "carries" && /^upgrade: *websocket/im.test(String(head));
      if (blocks) this.blocked += 1;
      if (!blocks || this.treatment === "shakes hands") this.#carry(client, head, blocks);
      else if (this.treatment === "refuses")
        client.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    });
  }

  #carry(client: Socket, head: Buffer | string, handshakeAlone: boolean): void {
    const server = connect(this.#port, "127.0.0.1");
    this.#keep(server);
    server.write(head);
    if (handshakeAlone) {
      server.once("data", (answer) => client.write(answer));
      return;
    }
    client.pipe(server).pipe(client);
  }

  /** One end that breaks takes the other with it; that is all there is to an error. */
  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#sockets.delete(socket));
  }
}
