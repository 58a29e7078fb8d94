import type { Locks, OpenRelay } from "../tabs/ports.ts";

export type FakeBrowser = {
  /** Ports of a new tab; `die` takes its locks and its voice away without a word, as a crash does. */
  tab(): {
    locks: Locks;
    openRelay: OpenRelay;
    die(): void;
    /** Hears nothing until the result is called, and keeps its locks, as a tab that the browser put to sleep. */
    sleep(): () => void;
  };
};

type Claim = { owner: object; grant(): void; lost(): void };

/** Locks and broadcasts of one browser with several tabs. Messages are copied, and arrive after the sender went on. */
export function fakeBrowser(): FakeBrowser {
  const queues = new Map<string, Claim[]>();
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
      /** What is heard in one's sleep. */
      let missed: (() => void)[] | null = null;
      const whenAwake = (call: () => void) => {
        if (missed) missed.push(call);
        else call();
      };
      return {
        locks: {
          request(name, granted, terms) {
            const owner = {};
            owners.push({ name, owner });
            const grant = () => void Promise.resolve().then(() => !dead && granted(() => leave(name, owner)));
            const lost = () => void Promise.resolve().then(() => !dead && whenAwake(() => terms?.lost()));
            const claim = { owner, grant, lost };
            const [holder, ...others] = queues.get(name) ?? [];
            if (holder && terms?.steals) holder.lost();
            const before = holder && !terms?.steals ? [holder, ...others] : [];
            queues.set(name, terms?.steals ? [claim, ...others] : [...before, claim]);
            if (before.length === 0) grant();
            return { cancel: () => queues.get(name)?.[0]?.owner !== owner && leave(name, owner) };
          },
        },
        openRelay(name, heard) {
          const owner = {};
          relays.push(owner);
          ears.push({ owner, name, heard: (message) => whenAwake(() => heard(message)) });
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
        sleep() {
          missed = [];
          return () => {
            const all = missed ?? [];
            missed = null;
            for (const call of all) call();
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
