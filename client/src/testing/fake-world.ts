import type { Chat } from "../chat.ts";
import { type ChatOptions, createChat } from "../create-chat.ts";
import { type FakeClock, fakeClock, settle } from "./fake-clock.ts";
import { type FakeNetwork, fakeNetwork } from "./fake-network.ts";
import { fakeRandom } from "./fake-random.ts";
import { type FakeServer, fakeServer } from "./fake-server.ts";
import { fakeBrowser } from "./fake-tabs.ts";
import { memoryStorage } from "./memory-storage.ts";
import { sampleBoot } from "./samples.ts";

export type FakeTab = {
  chat: Chat;
  /** The tab is gone without a word; what it had on its way is lost. */
  crash(): void;
  wake(): void;
  /** The browser puts the tab to sleep, with its locks: nothing runs in it until the result is called. */
  sleep(): () => void;
};

export type FakeWorld = {
  clock: FakeClock;
  server: FakeServer;
  network: FakeNetwork;
  /** What the browser keeps, by key. */
  disk: Map<string, unknown>;
  /** A new tab in the same browser, not yet booted. */
  tab(options?: Partial<ChatOptions>): FakeTab;
  /** Lets everything that can happen without time passing happen. */
  run(): Promise<void>;
};

/** One customer's browser, one server, a network between them, all on one fake clock. */
export function fakeWorld(options: { seed?: number; durable?: boolean; locks?: boolean } = {}): FakeWorld {
  const clock = fakeClock();
  const server = fakeServer(clock, sampleBoot);
  const network = fakeNetwork(server);
  const browser = fakeBrowser();
  const disk = new Map<string, unknown>();
  const scratch = { json: "{}" };
  let seed = options.seed ?? 1;

  async function run(): Promise<void> {
    for (let round = 0; round < 12; round += 1) {
      await settle();
      network.flush();
    }
  }

  return {
    clock,
    server,
    network,
    disk,
    run,
    tab(chatOptions = {}) {
      seed += 1;
      const { locks, openRelay, die, sleep } = browser.tab();
      const firstLink = network.links.length;
      const wakers = new Set<() => void>();
      const entries = options.durable === false ? new Map<string, unknown>() : disk;
      let dead = false;
      /** What falls due in the tab's sleep. */
      let due: (() => void)[] | null = null;
      const whenAwake = (call: () => void) => void (due ? due.push(call) : dead || call());
      const chat = createChat({
        server: "https://chat.example",
        channelId: sampleBoot.channelId,
        language: "en",
        ...chatOptions,
        ports: {
          clock: { ...clock, after: (ms, call) => clock.after(ms, () => whenAwake(call)) },
          random: fakeRandom(seed),
          transport: {
            open(base, listener) {
              return network.transport.open(base, {
                opened: () => whenAwake(listener.opened),
                message: (message) => whenAwake(() => listener.message(message)),
                ended: (how) => whenAwake(() => listener.ended(how)),
              });
            },
          },
          fetch: (input, init) =>
            dead || network.down ? Promise.reject(new Error("no network")) : server.fetch(input, init),
          hints: {
            online: () => !network.down,
            visible: () => true,
            onWake(listener) {
              wakers.add(listener);
              return () => wakers.delete(listener);
            },
          },
          openStorage: async () => memoryStorage(entries, options.durable === false ? "memory" : "durable"),
          openScratch: () => ({
            read: () => scratch.json,
            write: (values) => {
              scratch.json = dead ? scratch.json : JSON.stringify(values);
            },
          }),
          locks: options.locks === false ? null : locks,
          openRelay: options.locks === false ? null : openRelay,
          ...chatOptions.ports,
        },
      });
      return {
        chat,
        wake: () => {
          for (const waker of wakers) waker();
        },
        sleep() {
          due = [];
          const wakeUp = sleep();
          return () => {
            const all = due ?? [];
            due = null;
            wakeUp();
            for (const call of all) call();
          };
        },
        crash() {
          dead = true;
          die();
          for (const link of network.links.slice(firstLink)) link.vanish();
        },
      };
    },
  };
}
