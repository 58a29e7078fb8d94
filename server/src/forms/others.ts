import { randomUUID } from "node:crypto";
import type { FormPerson, FormSay } from "@clew/contract/flows/form-live";
import type { Clock } from "../clock.ts";
import type { Log } from "../stream/parts.ts";

/** Somebody at another process; `at`: when they were last active in their field. */
export type PersonElsewhere = FormPerson & { at: number };

/** What processes tell each other of an open form. `seq`: how far the draft was; null: it was not at hand. */
export type SaidElsewhere = { formId: string } & (
  | { about: "people"; people: PersonElsewhere[] }
  | { about: "problems"; seq: number | null; whole: boolean; problems: Record<string, string> }
  | { about: "customers"; say: FormSay }
);

type Parts = {
  clock: Clock;
  log: Log;
  /** Tells the other processes; null: there are none. */
  say: ((texts: readonly string[]) => Promise<void>) | null;
};

/** Who is here is said again so often, and of a process that is silent for so long nobody is there, in milliseconds. */
const REPEAT_MS = 15_000;
export const SILENT_MS = 45_000;
/** So many fields go into one message; PostgreSQL takes less than 8,000 bytes. */
const FIELDS_AT_ONCE = 5;
const LONGEST = 7_900;

/**
 * Open forms of which some people are at other server processes: who is there, what is wrong with their answers, where an
 * agent points. Nothing of it is stored, and what is lost on the way is not repeated, but for who is there.
 */
export class Others {
  readonly #parts: Parts;
  readonly #origin = randomUUID();
  /** By form and process, who is there. */
  readonly #elsewhere = new Map<string, Map<string, { people: PersonElsewhere[]; at: number }>>();
  /** Whom this process has told of last, by form. */
  readonly #told = new Map<string, { people: PersonElsewhere[]; at: number }>();
  /** To be said; of the people of a form only the newest. */
  #queue = new Map<string, SaidElsewhere>();
  #count = 0;
  #sending: Promise<void> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  peopleOf(formId: string): PersonElsewhere[] {
    return [...(this.#elsewhere.get(formId)?.values() ?? [])].flatMap(({ people }) => people);
  }

  /** Who has the form open here; nobody: it is closed here. Said when it is somebody else than before. */
  tellPeople(formId: string, people: PersonElsewhere[]): void {
    const before = this.#told.get(formId)?.people ?? [];
    const known = (list: readonly PersonElsewhere[]) => JSON.stringify(list.map(({ at: _, ...person }) => person));
    if (people.length === 0) {
      this.#told.delete(formId);
      this.#elsewhere.delete(formId);
    } else this.#told.set(formId, { people, at: this.#told.get(formId)?.at ?? 0 });
    if (known(before) !== known(people)) this.#sayPeople(formId, people);
  }

  tellProblems(formId: string, { seq, whole, problems }: Omit<Of<"problems">, "about" | "formId">): void {
    const fields = Object.entries(problems);
    for (let from = 0; from === 0 || from < fields.length; from += FIELDS_AT_ONCE) {
      const some = Object.fromEntries(fields.slice(from, from + FIELDS_AT_ONCE));
      this.#tell({ about: "problems", formId, seq, whole: whole && from === 0, problems: some });
    }
  }

  tellCustomers(formId: string, say: FormSay): void {
    this.#tell({ about: "customers", formId, say });
  }

  /** What another process has said; null: it was this one. A process not known before is told who is here. */
  hear(text: string): SaidElsewhere | null {
    const { from, ...said } = JSON.parse(text) as SaidElsewhere & { from: string };
    if (from === this.#origin) return null;
    const own = this.#told.get(said.formId);
    if (said.about === "people" && own) {
      const known = this.#elsewhere.get(said.formId) ?? new Map();
      const isNew = !known.has(from);
      if (said.people.length === 0) known.delete(from);
      else known.set(from, { people: said.people, at: this.#parts.clock.now() });
      this.#elsewhere.set(said.formId, known);
      if (isNew && said.people.length > 0) this.#sayPeople(said.formId, own.people);
    }
    return said;
  }

  /** Repeats who is here, and forgets whom nobody repeats: the forms of which somebody is gone. */
  sweep(now: number): string[] {
    for (const [formId, { people, at }] of this.#told) if (now - at >= REPEAT_MS) this.#sayPeople(formId, people);
    const gone: string[] = [];
    for (const [formId, processes] of this.#elsewhere) {
      const silent = [...processes].filter(([, { at }]) => now - at >= SILENT_MS);
      for (const [from] of silent) processes.delete(from);
      if (silent.length > 0) gone.push(formId);
    }
    return gone;
  }

  async idle(): Promise<void> {
    while (this.#sending) await this.#sending;
  }

  #sayPeople(formId: string, people: PersonElsewhere[]): void {
    const told = this.#told.get(formId);
    if (told) told.at = this.#parts.clock.now();
    this.#tell({ about: "people", formId, people });
  }

  #tell(said: SaidElsewhere): void {
    const { say, log } = this.#parts;
    if (!say) return;
    this.#queue.set(said.about === "people" ? said.formId : String(++this.#count), said);
    this.#sending ??= this.#send(say).catch((error: unknown) => {
      this.#sending = null;
      log.warn({ err: error }, "other servers could not be told of an open form");
    });
  }

  async #send(say: NonNullable<Parts["say"]>): Promise<void> {
    // What is told in one go is sent in one go.
    await Promise.resolve();
    while (this.#queue.size > 0) {
      const all = [...this.#queue.values()].map((said) => JSON.stringify({ from: this.#origin, ...said }));
      this.#queue = new Map();
      await say(all.filter((text) => Buffer.byteLength(text) <= LONGEST));
    }
    this.#sending = null;
  }
}
type Of<About extends SaidElsewhere["about"]> = Extract<SaidElsewhere, { about: About }>;
