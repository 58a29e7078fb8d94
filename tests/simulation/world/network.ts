import type { Ports } from "@clew/client";
import type { ClientMessage, ServerMessage } from "@clew/contract/stream";
import type { Chance } from "./random.ts";
import type { Timeline } from "./timeline.ts";

type Listener = Parameters<Ports["transport"]["open"]>[1];
type Link = ReturnType<Ports["transport"]["open"]>;

/** What a server process is to the network. */
export type Listening = {
  alive(): boolean;
  /** Null when it takes no more connections. */
  accept(socket: { send(text: string): void; close(): void }, cookie: string | undefined): Accepted | null;
};
export type Accepted = { receive(text: string): void; gone(): void };

/** A machine of a person: what the network knows of it. */
export type Host = {
  name: string;
  online: boolean;
  slow: boolean;
  /** What planted bugs keep on the disk of this machine. */
  saved: Map<string, number>;
};

/** What planted bugs and faulty servers do to frames on their way: null swallows one, a list replaces it. */
export type Meddling = {
  up?(message: ClientMessage, wire: Wire): ClientMessage | null;
  down?(message: ServerMessage, wire: Wire): readonly ServerMessage[];
};

/** One connection. Frames of a direction arrive in order or not at all. */
export class Wire {
  readonly host: Host;
  readonly memory: Map<string, unknown>;
  server: Listening | null = null;
  far: Accepted | null = null;
  listener: Listener | null;
  lostUp = false;
  lostDown = false;
  upAt = 0;
  downAt = 0;

  constructor(host: Host, listener: Listener, memory: Map<string, unknown>) {
    this.host = host;
    this.listener = listener;
    this.memory = memory;
  }

  /** At least one end believes in it. */
  get open(): boolean {
    return this.listener !== null || this.far !== null;
  }
}

export class Network {
  readonly wires = new Set<Wire>();
  /** Told what a server sends, before it is on its way. */
  onSent: (message: ServerMessage) => void = () => {};
  /** Told what arrives, for traces. */
  onArrived: ((who: string, message: unknown) => void) | null = null;
  readonly #timeline: Timeline;
  readonly #chance: Chance;
  readonly #servers: () => readonly Listening[];
  #meddling: Meddling;

  constructor(parts: { timeline: Timeline; chance: Chance; servers: () => readonly Listening[]; meddling: Meddling }) {
    this.#timeline = parts.timeline;
    this.#chance = parts.chance;
    this.#servers = parts.servers;
    this.#meddling = parts.meddling;
  }

  /** How long a frame of this host takes. */
  latency(host: Host): number {
    if (host.slow && this.#chance.happens(0.3)) return this.#chance.between(200, 4_000);
    return this.#chance.between(2, 60);
  }

  /** A server that answers now, as a load balancer would choose it. */
  choose(): Listening | null {
    const alive = this.#servers().filter((server) => server.alive());
    return alive.length > 0 ? this.#chance.pick(alive) : null;
  }

  /** Whether a connection of this host stands, and both ends hear each other. */
  isWhole(host: Host): boolean {
    for (const wire of this.wires)
      if (wire.host === host && wire.listener && wire.far && !wire.lostUp && !wire.lostDown && wire.server?.alive())
        return true;
    return false;
  }

  /** `memory` lives as long as the tab does; planted bugs of a client keep what they know in it. */
  open(host: Host, cookie: string | undefined, listener: Listener, memory: Map<string, unknown>): Link {
    const wire = new Wire(host, listener, memory);
    this.wires.add(wire);
    this.#move(this.latency(host), () => this.#connect(wire, cookie));
    return {
      send: (message) => this.#up(wire, structuredClone(message)),
      close: () => {
        wire.listener = null;
        this.#later(wire, "up", () => this.#leave(wire));
      },
    };
  }

  #connect(wire: Wire, cookie: string | undefined): void {
    if (!wire.listener) {
      this.#forget(wire);
      return;
    }
    const server = wire.host.online ? this.choose() : null;
    const far = server?.accept(
      { send: (text) => this.#down(wire, JSON.parse(text) as ServerMessage), close: () => this.#hangUp(wire) },
      cookie,
    );
    if (!server || !far) {
      this.#end(wire);
      return;
    }
    wire.server = server;
    wire.far = far;
    this.#later(wire, "down", () => wire.listener?.opened());
  }

  #up(wire: Wire, sent: ClientMessage): void {
    const message = this.#meddling.up ? this.#meddling.up(sent, wire) : sent;
    if (!message) return;
    this.#later(wire, "up", () => {
      if (!wire.server?.alive() || !wire.far) return;
      this.onArrived?.(`${wire.host.name} ->`, message);
      wire.far.receive(JSON.stringify(message));
    });
  }

  #down(wire: Wire, sent: ServerMessage): void {
    this.onSent(sent);
    for (const message of this.#meddling.down?.(sent, wire) ?? [sent])
      this.#later(wire, "down", () => {
        this.onArrived?.(`${wire.host.name} <-`, message);
        wire.listener?.message(message);
      });
  }

  /** The server closed: what it sent before still arrives. */
  #hangUp(wire: Wire): void {
    wire.far = null;
    this.#later(wire, "down", () => this.#end(wire));
  }

  #leave(wire: Wire): void {
    if (wire.server?.alive()) wire.far?.gone();
    wire.far = null;
    this.#forget(wire);
  }

  #end(wire: Wire): void {
    const { listener } = wire;
    wire.listener = null;
    listener?.ended();
    this.#forget(wire);
  }

  #forget(wire: Wire): void {
    if (!wire.open) this.wires.delete(wire);
  }

  #later(wire: Wire, direction: "up" | "down", call: () => void): void {
    if (direction === "up" ? wire.lostUp : wire.lostDown) return;
    const at = this.#timeline.now + this.latency(wire.host);
    const due = direction === "up" ? Math.max(at, wire.upAt) : Math.max(at, wire.downAt);
    if (direction === "up") wire.upAt = due;
    else wire.downAt = due;
    this.#move(due - this.#timeline.now, () => {
      if (!(direction === "up" ? wire.lostUp : wire.lostDown)) call();
    });
  }

  #move(ms: number, call: () => void): void {
    this.#timeline.work(ms, call);
  }

  /** Nobody meddles any more, and every connection is cut once. */
  startAnew(): void {
    this.#meddling = {};
    for (const wire of [...this.wires]) this.cut(wire);
  }

  // ---- what goes wrong ----

  /** Both ends notice, the server maybe much later; what is on its way is lost. */
  cut(wire: Wire): void {
    this.halfOpen(wire, "both");
    this.#move(this.#chance.between(0, 30), () => this.#end(wire));
    const noticed = this.#chance.happens(0.7) ? this.#chance.between(0, 200) : this.#chance.between(5_000, 40_000);
    this.#timeline.after(noticed, () => this.#leave(wire));
  }

  /** Nobody notices: frames of that direction go nowhere from now on. */
  halfOpen(wire: Wire, what: "up" | "down" | "both"): void {
    if (what !== "down") wire.lostUp = true;
    if (what !== "up") wire.lostDown = true;
  }

  /** A server process has died: its side of every connection is gone without a word. */
  died(server: Listening): void {
    for (const wire of this.wires) {
      if (wire.server !== server) continue;
      wire.far = null;
      const told = !wire.lostDown;
      this.halfOpen(wire, "both");
      if (told) this.#move(this.#chance.between(0, 100), () => this.#end(wire));
    }
  }

  /** A tab is gone without a word to anybody; the server hears of it sooner or later. */
  vanish(wire: Wire): void {
    wire.listener = null;
    this.#timeline.after(this.#chance.between(0, 500), () => this.#leave(wire));
  }

  /**
   * A request over HTTP: fails when the network is away, and now and then after the server has done what it was asked,
   * because the answer got lost.
   */
  async request<Answer>(host: Host, work: (server: Listening) => Promise<Answer>): Promise<Answer> {
    await this.#travel(host);
    const server = host.online ? this.choose() : null;
    if (!server) throw new TypeError("the network is away");
    const answer = await Promise.race([work(server), this.#timeout(30_000)]);
    await this.#travel(host);
    if (!host.online || (host.slow && this.#chance.happens(0.1))) throw new TypeError("the answer was lost");
    return answer;
  }

  #travel(host: Host): Promise<void> {
    return new Promise((resolve) => this.#move(this.latency(host), resolve));
  }

  async #timeout(ms: number): Promise<never> {
    await this.#timeline.pass(ms);
    throw new TypeError("no answer");
  }
}
