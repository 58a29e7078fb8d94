import { uuidv7 } from "@clew/contract/uuid";
import type { WakeStore } from "@clew/server/testing/parts";
import { judgeHealed } from "../checks/healed.ts";
import { Links } from "../checks/links.ts";
import { CommittedLog } from "../checks/log.ts";
import { Presence } from "../checks/presence.ts";
import { Resets } from "../checks/resets.ts";
import { type Breach, Verdict } from "../checks/verdict.ts";
import { Views } from "../checks/views.ts";
import { Words } from "../checks/words.ts";
import { Agent } from "../people/agent.ts";
import { Customer } from "../people/customer.ts";
import { Browser } from "./browser.ts";
import { AGENTS, CHANNELS, CONFIGURATION } from "./configuration.ts";
import { type CrashPoint, type Disk, databaseOf } from "./disk.ts";
import { misfortune } from "./faults.ts";
import { People } from "./identity.ts";
import { Network } from "./network.ts";
import type { Plant } from "./plant.ts";
import { Process } from "./process.ts";
import { type Chance, chance } from "./random.ts";
import { settle, Timeline, takeOverTurns } from "./timeline.ts";

const START = 1_700_000_000_000;

export type Run = { seed: number; steps: number; commits: number; messages: number; virtualMs: number } & (
  | { breach: null }
  | { breach: Breach; trace: string[] }
);

/** `verbose` keeps every frame in the trace. */
export type Options = { steps: number; plant?: Plant; verbose?: boolean };

/** One server, its place in the world: what a restart puts a new process into. */
type Place = { process: Process | null; dieAt: CrashPoint | null };

/** A whole world of one seed: servers on one database, customers, agents, and everything that can go wrong between them. */
export class World {
  readonly timeline = new Timeline();
  readonly chance: Chance;
  readonly network: Network;
  readonly places: Place[];
  readonly customers: Customer[];
  readonly agents: Agent[];
  readonly verdict = new Verdict();
  readonly words = new Words();
  readonly log: CommittedLog;
  readonly views: Views;
  readonly links: Links;
  readonly resets: Resets;
  readonly presence: Presence;
  /** How far the servers' clock has jumped, in milliseconds. */
  jumped = 0;
  epoch = 1;
  /** How likely a wake-up between processes is lost. */
  lostWakes = 0;
  steps = 0;
  readonly trace: string[] = [];
  #longest = 60;
  readonly #disk: Disk;
  readonly #plant: Plant;
  readonly #people: People;
  readonly #ids: { next(): string };
  readonly #ears = new Set<{ place: Place; process: Process; wake(origin: string): void }>();

  constructor(seed: number, disk: Disk, { plant = {}, verbose = false }: Omit<Options, "steps">) {
    this.chance = chance(seed);
    this.#disk = disk;
    this.#plant = plant;
    this.#ids = this.#risingIds(this.chance.branch());
    this.log = new CommittedLog(disk.committed, this.verdict, this.words);
    this.views = new Views(this.log, this.words, this.verdict);
    this.#people = new People(
      { now: () => this.now() },
      () => this.#ids.next(),
      () => CONFIGURATION,
    );
    this.links = new Links(this.log, this.verdict);
    const { log, verdict } = this;
    this.resets = new Resets({ log, verdict, people: this.#people, committed: disk.committed });
    this.network = new Network({
      timeline: this.timeline,
      chance: this.chance.branch(),
      servers: () => this.places.flatMap(({ process }) => process ?? []),
      meddling: plant.wire ?? {},
    });
    this.network.onSent = (message) => {
      if (message.type !== "answer") return;
      if (message.ok) this.log.acknowledged(message.answer);
      else this.words.refused(message.commandId);
    };
    this.presence = new Presence(this);
    if (verbose) {
      this.#longest = 5_000;
      this.network.onArrived = (who, message) => this.tell(`${who} ${JSON.stringify(message).slice(0, 260)}`);
    }
    const servers = plant.servers ?? this.chance.between(1, 2);
    this.places = Array.from({ length: servers }, () => ({ process: null, dieAt: null }));
    this.lostWakes = this.chance.pick([0, 0.3, 1]);
    for (const place of this.places) this.start(place);
    this.agents = AGENTS.slice(0, this.chance.between(2, AGENTS.length)).map((agentId, index) =>
      this.#agent(agentId, index),
    );
    this.customers = Array.from({ length: this.chance.between(2, 4) }, (_, index) => this.#customer(index)).flat();
  }

  /** By the servers' clock. */
  now(): number {
    return START + this.timeline.now + this.jumped;
  }

  tell(what: string): void {
    this.trace.push(`${String(this.timeline.now).padStart(8)} ${what}`);
    if (this.trace.length > this.#longest) this.trace.shift();
  }

  #customer(index: number): Customer[] {
    const subject = this.chance.happens(0.35) ? `person ${index}` : null;
    const channelId = this.chance.happens(0.7) ? CHANNELS[0] : CHANNELS[1];
    const devices = subject || this.chance.happens(0.5) ? 2 : 1;
    return Array.from({ length: devices }, (_, device) => {
      const browser = this.#browser(`c${index}${"ab"[device]}`);
      // A guest's other device has nothing to do before there is a link to follow.
      const idle = subject === null && device > 0;
      const { words, links, resets } = this;
      const books = { words, links, resets, now: () => this.now() };
      return new Customer({ browser, channelId, subject, idle, books, chance: this.chance.branch() });
    });
  }

  #agent(agentId: string, index: number): Agent {
    const { words } = this;
    const browser = this.#browser(`a${index}`);
    return new Agent({ agentId, browser, people: this.#people, words, chance: this.chance.branch() });
  }

  #browser(name: string): Browser {
    const { timeline, network } = this;
    const browser = new Browser(name, { timeline, chance: this.chance.branch(), network, plant: this.#plant });
    browser.slow = this.chance.happens(0.3);
    return browser;
  }

  get browsers(): Browser[] {
    return [...this.customers, ...this.agents].map(({ browser }) => browser);
  }

  /** A new process in this place, on the same database. */
  start(place: Place): void {
    const { timeline } = this;
    const own = this.chance.branch();
    const around = { timeline, chance: own };
    const process: Process = new Process({
      database: databaseOf({
        disk: this.#disk,
        timeline,
        chance: own,
        epoch: `epoch-${this.epoch}`,
        alive: () => place.process === process && process.alive(),
        crashPoint() {
          const point = place.dieAt;
          place.dieAt = null;
          return point;
        },
        crash: () => this.crash(place),
        committed: () => this.log.read(this.timeline.now),
      }),
      clock: { now: () => this.now() },
      ids: this.#ids,
      people: this.#people,
      links: this.links,
      wakes: this.places.length > 1 ? this.#wakes(place, () => process) : null,
      plant: this.#plant,
      around,
      fault: (error) =>
        this.verdict.found("SI13", error instanceof Error ? (error.stack ?? error.message) : String(error)),
      revoked: () => {
        for (const { process: one } of this.places) one?.recheck();
      },
    });
    place.process = process;
  }

  crash(place: Place): void {
    const { process } = place;
    if (!process) return;
    this.tell("a server dies");
    process.die();
    place.process = null;
    place.dieAt = null;
    for (const ear of this.#ears) if (ear.process === process) this.#ears.delete(ear);
    this.network.died(process);
    this.timeline.after(this.chance.between(100, 8_000), () => place.process ?? this.start(place));
  }

  /** Wake-ups between processes: late, doubled, and as often lost as the world says. */
  #wakes(place: Place, process: () => Process): WakeStore {
    const { timeline } = this;
    const own = this.chance.branch();
    return {
      wake: async (origin) => {
        for (const ear of [...this.#ears]) {
          const times = own.happens(this.lostWakes) ? 0 : own.happens(0.1) ? 2 : 1;
          for (let time = 0; time < times; time += 1)
            timeline.after(own.between(1, 300), () => this.#ears.has(ear) && ear.wake(origin));
        }
      },
      // No form is open in this world: there is nothing to say that is not stored.
      say: async () => undefined,
      listen: async ({ wake }) => {
        const ear = { place, process: process(), wake };
        this.#ears.add(ear);
        return { end: async () => void this.#ears.delete(ear) };
      },
    };
  }

  #risingIds(own: Chance): { next(): string } {
    let last = 0;
    return {
      next: () => {
        last = Math.max(last + 1, this.now());
        return uuidv7(last, own.bytes(10));
      },
    };
  }

  // ---- the run ----

  /** One thing happens; then everything that follows from it without time passing, then it is judged. */
  async #step(): Promise<void> {
    this.steps += 1;
    this.timeline.step();
    await this.#judge();
  }

  async #judge(): Promise<void> {
    await settle();
    for (const customer of this.customers) customer.judge(this.views);
    for (const agent of this.agents) agent.judge(this.views);
    this.presence.judge(this.customers, this.timeline.now);
  }

  async run(seed: number, steps: number): Promise<Run> {
    while (this.steps < steps && !this.verdict.breach) {
      const gap = this.timeline.gap() ?? Number.POSITIVE_INFINITY;
      // People are quick when little else goes on, so that most steps have something on its way.
      if (this.chance.happens(gap > 300 ? 0.5 : 0.08)) {
        this.steps += 1;
        if (this.chance.happens(0.07)) misfortune(this);
        else this.chance.pick([...this.customers, ...this.customers, ...this.agents, ...this.agents]).act();
        await this.#judge();
      } else await this.#step();
    }
    if (!this.verdict.breach) await this.#heal();
    const { breach } = this.verdict;
    const { commits, messages } = this.log;
    const numbers = { seed, steps: this.steps, commits, messages, virtualMs: this.timeline.now };
    await this.#end();
    return breach ? { ...numbers, breach, trace: this.trace } : { ...numbers, breach: null };
  }

  /** The network is whole and everybody is back; then time passes until all is quiet, and everything must be right. */
  async #heal(): Promise<void> {
    this.tell("healing");
    for (const browser of this.browsers) {
      browser.online = true;
      browser.slow = false;
    }
    for (const place of this.places) place.dieAt = null;
    if (this.#plant.untilHealing) this.network.startAnew();
    for (const customer of this.customers) customer.comeBack();
    for (const agent of this.agents) agent.startOver();
    for (let passed = 0; passed < HEAL_MS; passed += CALM_MS) {
      await this.#pass(CALM_MS);
      for (const agent of this.agents) {
        agent.comeBack();
        agent.takeOffers();
      }
    }
    await this.#pass(REST_MS);
    const quiet = () => this.timeline.busy === 0 && this.timeline.now - this.log.changedAt > QUIET_MS;
    for (let tries = 0; tries < 5_000 && !quiet() && !this.verdict.breach; tries += 1) await this.#step();
    if (this.verdict.breach) return;
    const deadlines = this.#disk.committed.prepare("SELECT about, kind, due_at FROM deadlines").all();
    judgeHealed({ ...this, deadlines: deadlines as never, now: this.now() });
  }

  async #pass(ms: number): Promise<void> {
    const until = this.timeline.now + ms;
    while (this.timeline.now < until && !this.verdict.breach) await this.#step();
  }

  /** Everybody stops, so that the next world has the database to itself. */
  async #end(): Promise<void> {
    for (const place of this.places) {
      place.process?.die();
      place.process = null;
    }
    // Transactions under way come to their end: the database is the next world's.
    const until = this.timeline.now + 100;
    while (this.timeline.now < until && this.timeline.step()) await settle();
    await settle();
  }
}

/** Long enough for dead connections to be found and the longest pauses between tries to pass, in milliseconds. */
const HEAL_MS = 100_000;
const CALM_MS = 2_500;
const REST_MS = 20_000;
/** Without wake-ups a change is seen by the other processes within a round of the safety poll, in milliseconds. */
const QUIET_MS = 3_000;

/** Plays the world of one seed: so many steps with everything that can go wrong, then healing. */
export async function play(seed: number, disk: Disk, options: Options): Promise<Run> {
  disk.clear();
  const world = new World(seed, disk, options);
  const giveBack = takeOverTurns(world.timeline);
  try {
    return await world.run(seed, options.steps);
  } finally {
    giveBack();
  }
}
