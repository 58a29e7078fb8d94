import type { Clock } from "../ports.ts";

export type FakeClock = Clock & {
  /** Lets time pass, running what falls due in order and letting promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Moves the wall clock alone, as a person or a time server does. */
  jump(ms: number): void;
};

/** Time that passes only when told to. Starts at `start` milliseconds. */
export function fakeClock(start = 1_700_000_000_000): FakeClock {
  let elapsed = 0;
  let wall = start;
  let order = 0;
  let timers: { due: number; order: number; call: () => void }[] = [];
  return {
    now: () => wall,
    elapsed: () => elapsed,
    after(ms, call) {
      order += 1;
      const timer = { due: elapsed + Math.max(0, ms), order, call };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    async advance(ms) {
      const end = elapsed + ms;
      await settle();
      for (;;) {
        const next = timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due || a.order - b.order)[0];
        if (!next) break;
        timers = timers.filter((one) => one !== next);
        wall += next.due - elapsed;
        elapsed = next.due;
        next.call();
        await settle();
      }
      wall += end - elapsed;
      elapsed = end;
    },
    jump(ms) {
      wall += ms;
    },
  };
}

/** Lets promises that wait for nothing from outside run to their ends. */
export async function settle(turns = 60): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
}
