import { randomUUID } from "node:crypto";
import type { Passing } from "@clew/contract/presence";
import type { Clock } from "../clock.ts";

type Of<Type extends Passing["type"]> = Extract<Passing, { type: Type }>;
type Viewer = Of<"viewers">["agents"][number];
/** What one process knows of a conversation's people; `at`: when it said so last. */
type There = { agents: Viewer[]; customer: boolean; at: number };
/** `asks`: who of this conversation is at the others? */
type Said = { passing: Passing } | { asks: string };

type Parts = {
  clock: Clock;
  log: { warn(context: unknown, message: string): void };
  /** Tells the other processes; null: there are none. */
  say: ((texts: readonly string[]) => Promise<void>) | null;
};

/** Told to the others as they are; positions and places in the queue are known to each process by the commits. */
const AS_THEY_ARE: readonly Passing["type"][] = ["typing", "agent-presence", "run-changed", "record-changed"];
/** Whoever has been silent for so long is asked whether that still holds, and for so long an answer is waited for. */
const ASK_AFTER_MS = 30_000;
const SILENT_MS = 45_000;
const SWEEP_EVERY_MS = 5_000;
/** PostgreSQL takes less than 8,000 bytes at once. */
const LONGEST = 7_900;

/**
 * Passing messages between server processes: what is typed, who looks at a conversation, whether its customer is there,
 * how agents are. Nothing of it is stored; what is lost on the way is said again when it changes or is asked for.
 */
export class Elsewhere {
  readonly #parts: Parts;
  readonly #origin = randomUUID();
  /** By conversation, who is here. */
  readonly #here = new Map<string, Omit<There, "at">>();
  /** By conversation and process, who is there. */
  readonly #there = new Map<string, Map<string, There>>();
  #sweptAt = 0;
  #queue: Said[] = [];
  #sending: Promise<void> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Says to the others what is said here; returns it with what they have said of the same. */
  telling(passing: Passing): Passing {
    if (this.#parts.say === null) return passing;
    if (passing.type === "viewers" || passing.type === "customer-connected") {
      if (this.#note(passing)) this.#tell({ passing });
      return this.#together(passing);
    }
    if (AS_THEY_ARE.includes(passing.type)) this.#tell({ passing });
    return passing;
  }

  /** Somebody begins to look at a conversation here: the others say who of it is at theirs. */
  ask(conversationId: string): void {
    if (this.#parts.say !== null) this.#tell({ asks: conversationId });
  }

  hasCustomer(conversationId: string): boolean {
    return [...(this.#there.get(conversationId)?.values() ?? [])].some(({ customer }) => customer);
  }

  /** What another process has said, to be passed on here. Null: the text is of another kind. */
  hear(text: string): Passing[] | null {
    const { process, said } = JSON.parse(text) as { process?: string; said?: Said[] };
    if (process === undefined || said === undefined) return null;
    if (process === this.#origin) return [];
    return said.flatMap((one) => {
      if ("passing" in one) return [this.#heard(process, one.passing)];
      this.#answer(one.asks);
      return [];
    });
  }

  /** Asks again of those who have been silent, and forgets whom nobody confirms: what is to be passed on then. */
  sweep(now: number): Passing[] {
    if (now - this.#sweptAt < SWEEP_EVERY_MS) return [];
    this.#sweptAt = now;
    const changed: Passing[] = [];
    for (const [conversationId, processes] of this.#there) {
      const ages = [...processes].map(([process, { at }]) => [process, now - at] as const);
      for (const [process, age] of ages) if (age >= SILENT_MS) processes.delete(process);
      if (processes.size === 0) this.#there.delete(conversationId);
      if (ages.some(([, age]) => age >= SILENT_MS)) changed.push(...this.#of(conversationId));
      else if (ages.some(([, age]) => age >= ASK_AFTER_MS)) this.ask(conversationId);
    }
    return changed;
  }

  async idle(): Promise<void> {
    while (this.#sending) await this.#sending;
  }

  /** Keeps what is so here; false: it was so before. */
  #note(passing: Of<"viewers"> | Of<"customer-connected">): boolean {
    const { conversationId } = passing;
    const before = this.#here.get(conversationId) ?? NOBODY;
    const after = changedBy(before, passing);
    if (isNobody(after)) this.#here.delete(conversationId);
    else this.#here.set(conversationId, after);
    return JSON.stringify(before) !== JSON.stringify(after);
  }

  #heard(process: string, passing: Passing): Passing {
    if (passing.type !== "viewers" && passing.type !== "customer-connected") return passing;
    const { conversationId } = passing;
    const processes = this.#there.get(conversationId) ?? new Map<string, There>();
    const after = changedBy(processes.get(process) ?? NOBODY, passing);
    if (isNobody(after)) processes.delete(process);
    else processes.set(process, { ...after, at: this.#parts.clock.now() });
    if (processes.size === 0) this.#there.delete(conversationId);
    else this.#there.set(conversationId, processes);
    return this.#together(passing);
  }

  #together(passing: Of<"viewers"> | Of<"customer-connected">): Passing {
    const [viewers, connected] = this.#of(passing.conversationId);
    return passing.type === "viewers" ? viewers : connected;
  }

  /** Of all processes: who looks at the conversation, and whether its customer is there. */
  #of(conversationId: string): [Of<"viewers">, Of<"customer-connected">] {
    const all = [this.#here.get(conversationId) ?? NOBODY, ...(this.#there.get(conversationId)?.values() ?? [])];
    const agents = new Map<string, Viewer>();
    for (const viewer of all.flatMap((one) => one.agents)) {
      const typing = viewer.typing || (agents.get(viewer.id)?.typing ?? false);
      agents.set(viewer.id, { ...viewer, typing });
    }
    return [
      { type: "viewers", conversationId, agents: [...agents.values()] },
      { type: "customer-connected", conversationId, connected: all.some(({ customer }) => customer) },
    ];
  }

  #answer(conversationId: string): void {
    const { agents, customer } = this.#here.get(conversationId) ?? NOBODY;
    if (agents.length > 0) this.#tell({ passing: { type: "viewers", conversationId, agents } });
    if (customer) this.#tell({ passing: { type: "customer-connected", conversationId, connected: true } });
  }

  #tell(said: Said): void {
    const { say, log } = this.#parts;
    if (!say) return;
    this.#queue.push(said);
    this.#sending ??= this.#send(say).catch((error: unknown) => {
      this.#sending = null;
      log.warn({ err: error }, "other servers could not be told who is here");
    });
  }

  async #send(say: NonNullable<Parts["say"]>): Promise<void> {
    // What is told in one go is sent in one go.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const all = this.#queue;
      this.#queue = [];
      await say(textsOf(this.#origin, all));
    }
    this.#sending = null;
  }
}

const NOBODY = { agents: [] as Viewer[], customer: false };
const isNobody = ({ agents, customer }: typeof NOBODY) => agents.length === 0 && !customer;

function changedBy({ agents, customer }: typeof NOBODY, passing: Of<"viewers"> | Of<"customer-connected">) {
  return passing.type === "viewers" ? { agents: passing.agents, customer } : { agents, customer: passing.connected };
}

/** As few texts as hold it all. What is too long by itself goes without its preview, or not at all. */
function textsOf(process: string, all: readonly Said[]): string[] {
  const texts: string[] = [];
  let together: Said[] = [];
  const textOf = (said: readonly Said[]) => JSON.stringify({ process, said });
  const fits = (said: readonly Said[]) => Buffer.byteLength(textOf(said)) <= LONGEST;
  for (const one of all.map((said) => (fits([said]) ? said : withoutPreview(said)))) {
    if (!fits([one])) continue;
    if (!fits([...together, one])) texts.push(textOf(together.splice(0)));
    together = [...together, one];
  }
  if (together.length > 0) texts.push(textOf(together));
  return texts;
}

function withoutPreview(said: Said): Said {
  if (!("passing" in said) || said.passing.type !== "typing") return said;
  const { text: _, ...passing } = said.passing;
  return { passing };
}
