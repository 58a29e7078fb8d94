import type { Locks, OpenRelay } from "../tabs/ports.ts";

export type FakeBrowser = {
  /** Ports of a new tab; `die` takes its locks and its voice away without a word, as a crash does. */
  tab(): { locks: Locks; openRelay: OpenRelay; die(): void };
};

/** Locks and broadcasts of one browser with several tabs. Messages are copied, and arrive after the sender went on. */
export function fakeBrowser(): FakeBrowser {
  const queues = new Map<string, { owner: object; grant: () => void }[]>();
  const ears: { owner: object; name: string; heard(message: unknown): void }[] = [];

  function leave(name: string, owner: object): void {
    const queue = queues.get(name) ?? [];
    const held = queue[0]?.owner === owner;
    queues.set(
      name,
      queue.filter((one) => one.owner !== owner),
    );
    if (held) queues.get(name)?.[0]?.grant();
  }
  function deafen(matches: (ear: { owner: object }) => boolean): void {
    for (let index = ears.length - 1; index >= 0; index -= 1)
      if (ears[index] && matches(ears[index]!)) ears.splice(index, 1);
  }

  return {
    tab() {
      const owners: { name: string; owner: object }[] = [];
      const relays: object[] = [];
      let dead = false;
      return {
        locks: {
          request(name, granted) {
            const owner = {};
            owners.push({ name, owner });
            const grant = () => void Promise.resolve().then(() => !dead && granted(() => leave(name, owner)));
            const queue = [...(queues.get(name) ?? []), { owner, grant }];
            queues.set(name, queue);
            if (queue.length === 1) grant();
            return { cancel: () => queues.get(name)?.[0]?.owner !== owner && leave(name, owner) };
          },
        },
        openRelay(name, heard) {
          const owner = {};
          relays.push(owner);
          ears.push({ owner, name, heard });
          return {
            post(message) {
              if (dead) return;
              const copy = structuredClone(message);
              for (const ear of ears) {
                if (ear.name !== name || ear.owner === owner) continue;
                void Promise.resolve().then(() => ears.includes(ear) && ear.heard(copy));
              }
            },
            close: () => deafen((ear) => ear.owner === owner),
          };
        },
        die() {
          dead = true;
          deafen((ear) => relays.includes(ear.owner));
          for (const { name, owner } of owners) leave(name, owner);
        },
      };
    },
  };
}
