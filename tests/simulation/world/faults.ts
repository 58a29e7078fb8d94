import type { Browser } from "./browser.ts";
import type { CrashPoint } from "./disk.ts";
import type { Network } from "./network.ts";
import type { Chance } from "./random.ts";
import type { Timeline } from "./timeline.ts";

type Person = { browser: Browser; reload(): void };
type Place = { process: { sayGoodbye(): void } | null; dieAt: CrashPoint | null };

/** The parts of a world that can go wrong. */
export type Breakable<Server extends Place> = {
  chance: Chance;
  network: Network;
  timeline: Timeline;
  browsers: readonly Browser[];
  places: readonly Server[];
  customers: readonly Person[];
  agents: readonly Person[];
  epoch: number;
  jumped: number;
  crash(place: Server): void;
  tell(what: string): void;
};

/** One thing goes wrong, chosen by chance. */
export function misfortune<Server extends Place>(world: Breakable<Server>): void {
  const { chance, network, timeline } = world;
  const wires = [...network.wires].filter(({ open }) => open);
  const wire = wires.length > 0 ? chance.pick(wires) : null;
  const browser = chance.pick(world.browsers);
  const place = chance.pick(world.places);
  const dice = chance.unit();

  if (dice < 0.22 && wire) {
    world.tell(`${wire.host.name}: cut`);
    network.cut(wire);
  } else if (dice < 0.36 && wire) {
    const what = chance.pick(["up", "down", "both"] as const);
    world.tell(`${wire.host.name}: half open (${what})`);
    network.halfOpen(wire, what);
  } else if (dice < 0.46) {
    browser.online = false;
    world.tell(`${browser.name}: offline`);
    for (const one of wires) if (one.host === browser) network.halfOpen(one, "both");
    timeline.after(chance.between(500, 40_000), () => {
      browser.online = true;
      if (chance.happens(0.7)) browser.wake();
    });
  } else if (dice < 0.5) browser.wake();
  else if (dice < 0.68) {
    const person = chance.pick([...world.customers, ...world.agents]);
    world.tell(`${person.browser.name}: reload`);
    person.reload();
  } else if (dice < 0.76) place.dieAt = chance.pick(["before-commit", "after-commit"] as const);
  else if (dice < 0.84) {
    if (chance.happens(0.1)) world.epoch += 1;
    world.crash(place);
  } else if (dice < 0.88 && place.process) {
    world.tell("a server says goodbye");
    place.process.sayGoodbye();
    timeline.after(chance.between(0, 3_000), () => world.crash(place));
  } else if (dice < 0.94) {
    world.jumped += chance.between(100, 40_000);
    world.tell("the servers' clock jumps");
  } else {
    browser.skew += chance.between(-300_000, 300_000);
    world.tell(`${browser.name}: its clock jumps`);
  }
}
