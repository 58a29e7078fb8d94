import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/**
 * A stretch of network between a client and a server, for tests that cut it.
 *
 *   carrying --stall()--> stalled    open connections stay open and carry nothing; new ones hang (a pulled cable)
 *            stall("answers")        the same for what comes from the server; the other direction goes on
 *   carrying --refuse()-> refusing   nobody listens; open connections go on (a server that is restarting)
 *   either   --resume()-> carrying   what was held back arrives, in order
 *
 * drop() and halfClose() act once, on the connections that are open. setDelay() holds in every state.
 */
export class TcpProxy {
  readonly #target: { host: string; port: number };
  readonly #links = new Set<Link>();
  #server: Server | undefined;
  #port = 0;
  #delay = 0;
  #stalled: Stalled = "nothing";

  private constructor(target: { host: string; port: number }) {
    this.#target = target;
  }

  static async to(port: number, host = "127.0.0.1"): Promise<TcpProxy> {
    const proxy = new TcpProxy({ host, port });
    await proxy.#listen();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** Whoever connects from now on gets to another server, as behind a balancer; open connections stay where they are. */
  turnTo(port: number): void {
    this.#target.port = port;
  }

  get connections(): number {
    return this.#links.size;
  }

  /** Every chunk, either way, arrives this much later; chunks never overtake one another. */
  setDelay(milliseconds: number): void {
    this.#delay = milliseconds;
  }

  /** Cuts all open connections: with a reset as when a process dies, or with a plain end. */
  drop(how: "reset" | "end" = "reset"): void {
    for (const link of this.#links) link.cut(how);
  }

  /** Says "no more from me" to one side, as that side's partner; the other direction goes on. */
  halfClose(side: "client" | "server"): void {
    for (const link of this.#links) link[side].end();
  }

  stall(what: "all" | "answers" = "all"): void {
    this.#stalled = what;
  }

  async refuse(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    // close() stops listening at once; its callback waits for the last connection, which we do not.
    server?.close();
  }

  async resume(): Promise<void> {
    this.#stalled = "nothing";
    for (const link of this.#links) link.pump();
    if (!this.#server) await this.#listen();
  }

  async close(): Promise<void> {
    this.drop();
    await this.refuse();
  }

  async #listen(): Promise<void> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#accept(client));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.#port, "127.0.0.1", resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  #accept(client: Socket): void {
    const server = connect({ ...this.#target, allowHalfOpen: true, noDelay: true });
    const link = new Link(client, server, {
      delay: () => this.#delay,
      stalled: () => this.#stalled,
      ended: () => this.#links.delete(link),
    });
    this.#links.add(link);
  }
}

type Stalled = "nothing" | "answers" | "all";
type Terms = { delay: () => number; stalled: () => Stalled; ended: () => void };
type Parcel = { due: number; deliver: () => void };

class Link {
  readonly client: Socket;
  readonly server: Socket;
  readonly #terms: Terms;
  readonly #queues: { asked: Parcel[]; answers: Parcel[] } = { asked: [], answers: [] };
  #timer: NodeJS.Timeout | undefined;

  constructor(client: Socket, server: Socket, terms: Terms) {
    this.client = client;
    this.server = server;
    this.#terms = terms;
    this.#carry(client, server, this.#queues.asked);
    this.#carry(server, client, this.#queues.answers);
  }

  cut(how: "reset" | "end"): void {
    this.#terms.ended();
    for (const socket of [this.client, this.server]) {
      if (how === "reset") socket.resetAndDestroy();
      else socket.destroy();
    }
  }

  /** Delivers what is due, and comes back for the next. Nothing is due while the line is stalled. */
  pump(): void {
    clearTimeout(this.#timer);
    const stalled = this.#terms.stalled();
    if (stalled === "all") return;
    const queues = stalled === "answers" ? [this.#queues.asked] : [this.#queues.asked, this.#queues.answers];
    for (const queue of queues) {
      while (queue[0] && queue[0].due <= Date.now()) queue.shift()?.deliver();
    }
    const next = Math.min(...queues.flatMap(([first]) => (first ? [first.due] : [])));
    if (Number.isFinite(next)) this.#timer = setTimeout(() => this.pump(), next - Date.now());
  }

  #carry(from: Socket, to: Socket, queue: Parcel[]): void {
    const send = (deliver: () => void) => {
      queue.push({ due: Math.max(queue.at(-1)?.due ?? 0, Date.now() + this.#terms.delay()), deliver });
      this.pump();
    };
    from.on("data", (chunk) => send(() => to.write(chunk)));
    from.on("end", () => send(() => to.end()));
    from.on("error", () => this.#lose(to));
    from.on("close", (hadError) => {
      clearTimeout(this.#timer);
      if (hadError) this.#lose(to);
      else if (from.destroyed && to.destroyed) this.#terms.ended();
      else this.pump();
    });
  }

  /** One side is lost: the other is reset as soon as the line carries anything. */
  #lose(to: Socket): void {
    this.#terms.ended();
    if (!to.destroyed) to.resetAndDestroy();
  }
}
