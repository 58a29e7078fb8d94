import type { Ports } from "@clew/client";
import { fakeBrowser } from "@clew/client/testing/fake-tabs";
import { memoryStorage } from "@clew/client/testing/memory-storage";
import type { Host, Network } from "./network.ts";
import type { Plant, Storage } from "./plant.ts";
import type { Process } from "./process.ts";
import type { Chance } from "./random.ts";
import type { Timeline } from "./timeline.ts";

const START = 1_700_000_000_000;

type Parts = { timeline: Timeline; chance: Chance; network: Network; plant: Plant };

/** What a tab's storage did, for the books: an entry is kept from the moment the tab was told so; undefined: gone. */
export type OnKept = (key: string, value: unknown) => void;

/** A person's browser: one disk, several tabs, a clock of its own, a network that comes and goes. */
export class Browser implements Host {
  readonly name: string;
  online = true;
  slow = false;
  /** Sent with every request and connection. */
  cookie: string | undefined;
  /** How far the clock is off, in milliseconds. */
  skew = 0;
  /** The secret with which a server was last asked for a reset, and when it was heard. */
  cleared: { secret: string; at: number } | null = null;
  readonly disk = new Map<string, unknown>();
  readonly saved = new Map<string, number>();
  readonly #tabs = fakeBrowser();
  readonly #parts: Parts;
  readonly #wakers = new Set<() => void>();
  #lastWork: Promise<void> = Promise.resolve();

  constructor(name: string, parts: Parts) {
    this.name = name;
    this.#parts = parts;
  }

  /** Ports of a new tab. `die` is a crash: what the tab had in hand and on its way to the disk may be lost. */
  tab(kept: OnKept): { ports: Ports; die(): void; dead(): boolean } {
    const { timeline, chance, network } = this.#parts;
    const { locks, openRelay, die } = this.#tabs.tab();
    const random = chance.branch();
    const memory = new Map<string, unknown>();
    const wakers = new Set<() => void>();
    let dead = false;
    const alive = <Value>(value: Value): Value | Promise<never> => (dead ? new Promise<never>(() => {}) : value);
    const ports: Ports = {
      clock: {
        now: () => START + timeline.now + this.skew,
        elapsed: () => timeline.now,
        after: (ms, call) => timeline.after(ms, () => dead || call()),
      },
      random: { bytes: random.bytes, unit: random.unit },
      hints: {
        online: () => this.online,
        visible: () => true,
        onWake: (listener) => {
          wakers.add(listener);
          this.#wakers.add(listener);
          return () => {
            wakers.delete(listener);
            this.#wakers.delete(listener);
          };
        },
      },
      transport: { open: (_base, listener) => network.open(this, this.cookie, listener, memory) },
      fetch: (async (input: string, init: RequestInit) =>
        alive(await this.#fetch(input, init))) as unknown as typeof fetch,
      sendFile: () => Promise.resolve({ status: 0, body: null }),
      openStorage: async () => this.#storage({ dead: () => dead, kept }),
      locks,
      openRelay,
      origin: () => "https://chat.example",
    };
    return {
      ports,
      dead: () => dead,
      die: () => {
        dead = true;
        die();
        for (const waker of wakers) this.#wakers.delete(waker);
        for (const wire of network.wires) if (wire.memory === memory) network.vanish(wire);
      },
    };
  }

  /** The page came into view, or the network back: as browsers tell it, rightly or not. */
  wake(): void {
    for (const waker of [...this.#wakers]) waker();
  }

  /** A disk that takes its time. What all tabs ask of it is done in the order asked, each whole or not at all. */
  #storage({ dead, kept }: { dead(): boolean; kept: OnKept }): Storage {
    const { timeline, chance, plant } = this.#parts;
    const under = memoryStorage(this.disk, "durable");
    const inner = plant.storage?.(under, { timeline, chance }) ?? under;
    const inTurn = async <Value>(work: () => Promise<Value>): Promise<Value> => {
      const before = this.#lastWork;
      let done = () => {};
      this.#lastWork = new Promise((resolve) => {
        done = resolve;
      });
      await before;
      if (chance.happens(0.15)) await timeline.workFor(chance.between(1, 20));
      const value = dead() ? null : await work();
      done();
      return dead() ? new Promise<never>(() => {}) : (value as Value);
    };
    return {
      ...inner,
      read: (prefix) => inTurn(() => inner.read(prefix)),
      write: (changes) =>
        inTurn(async () => {
          await inner.write(changes);
          for (const key of changes.remove ?? []) kept(key, undefined);
          for (const [key, value] of Object.entries(changes.put ?? {})) kept(key, value);
        }),
    };
  }

  async #fetch(input: string, init: RequestInit): Promise<unknown> {
    const url = new URL(input);
    const headers = (init.headers ?? {}) as Record<string, string>;
    const path = url.pathname.replace("/api/v1", "");
    const asked = {
      query: Object.fromEntries(url.searchParams),
      body: init.body ? JSON.parse(String(init.body)) : undefined,
      token: headers.authorization?.replace("Bearer ", ""),
      cookie: this.cookie,
    };
    const { name, params } = endpointOf(`${init.method} ${path}`);
    const { network, plant, timeline } = this.#parts;
    const ask = () =>
      network.request(this, (server) => {
        if (name === "clearSession") this.cleared = { secret: asked.body.resumeSecret, at: timeline.now };
        return (server as Process).call(name, { ...asked, params });
      });
    const answer = await (plant.call?.(name, ask) ?? ask());
    const text = JSON.stringify(answer.body);
    return { ok: answer.status < 300, status: answer.status, json: async () => JSON.parse(text) };
  }
}

const ENDPOINTS: [RegExp, string][] = [
  [/^GET \/channels\/([^/]+)\/boot$/, "boot"],
  [/^POST \/identity\/guest$/, "startGuest"],
  [/^POST \/identity\/resume$/, "resumeCustomer"],
  [/^POST \/identity\/verify$/, "verifyCustomer"],
  [/^POST \/identity\/sign-out$/, "signOutCustomer"],
  [/^POST \/identity\/clear$/, "clearSession"],
  [/^POST \/conversations\/([^/]+)\/links$/, "createLink"],
  [/^POST \/reconnect\/open$/, "openLink"],
  [/^GET \/conversations\/([^/]+)\/events$/, "readEvents"],
  [/^GET \/staff\/me$/, "me"],
  [/^GET \/staff\/presences$/, "listPresences"],
  [/^POST \/staff\/sign-out$/, "signOut"],
  [/^GET \/setup$/, "setupState"],
];

function endpointOf(asked: string): { name: string; params: Record<string, string> } {
  for (const [pattern, name] of ENDPOINTS) {
    const match = pattern.exec(asked);
    if (match) return { name, params: match[1] ? { id: match[1] } : {} };
  }
  throw new Error(`nothing answers ${asked}`);
}
