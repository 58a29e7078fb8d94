import type { ClientMessage, ServerMessage } from "@clew/contract/stream";
import type { LinkListener, Transport } from "../connection/transport.ts";

/** A link seen from outside: two queues that move only when they are flushed. */
export type FakeLink = {
  toServer: ClientMessage[];
  toClient: ServerMessage[];
  /** Delivers the next `count` messages, all by default. */
  flushToServer(count?: number): void;
  flushToClient(count?: number): void;
  /** The link is lost with everything that is on its way; the client notices. */
  cut(): void;
  /** The link is lost, and the client does not notice: half-open. */
  vanish(): void;
  alive(): boolean;
};

/** The far end: hears messages of a link and answers into it. */
export type FakeEnd = {
  connected(link: { send(message: ServerMessage): void; close(): void }): {
    message(message: ClientMessage): void;
    closed(): void;
  };
};

export type FakeNetwork = {
  transport: Transport;
  /** Every link ever opened, oldest first. */
  links: FakeLink[];
  newest(): FakeLink | undefined;
  /** While down, links do not open. */
  down: boolean;
  /** Delivers everything both ways until nothing moves. */
  flush(): void;
};

/** Connects clients with a far end by queues instead of sockets. Links open by themselves, messages wait to be flushed. */
export function fakeNetwork(end: FakeEnd): FakeNetwork {
  const links: FakeLink[] = [];
  const network: FakeNetwork = {
    links,
    down: false,
    newest: () => links.at(-1),
    transport: { open: (_base, listener) => open(listener) },
    flush() {
      while (links.some((link) => link.alive() && link.toServer.length + link.toClient.length > 0)) {
        for (const link of links) {
          link.flushToServer();
          link.flushToClient();
        }
      }
    },
  };

  function open(listener: LinkListener) {
    let alive = true;
    let vanished = false;
    const toServer: ClientMessage[] = [];
    const toClient: ServerMessage[] = [];
    const far = network.down
      ? null
      : end.connected({ send: (message) => alive && toClient.push(structuredClone(message)), close: () => {} });
    const die = () => {
      if (!alive) return;
      alive = false;
      toServer.length = 0;
      toClient.length = 0;
      far?.closed();
    };
    links.push({
      toServer,
      toClient,
      flushToServer(count = toServer.length) {
        for (const message of toServer.splice(0, count)) if (alive) far?.message(message);
      },
      flushToClient(count = toClient.length) {
        for (const message of toClient.splice(0, count)) if (alive) listener.message(message);
      },
      cut() {
        if (!alive && !vanished) return;
        die();
        vanished = false;
        listener.ended();
      },
      vanish() {
        vanished = true;
        die();
      },
      alive: () => alive,
    });
    // After the caller has its link in hand, as with a socket.
    void Promise.resolve().then(() => {
      if (far && alive) listener.opened();
      else if (alive) {
        alive = false;
        listener.ended();
      }
    });
    return {
      send: (message: ClientMessage) => alive && void toServer.push(structuredClone(message)),
      close: () => {
        vanished = false;
        die();
      },
    };
  }
  return network;
}
