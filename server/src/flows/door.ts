import type { Passing } from "@clew/contract/presence";
import { advance } from "@clew/domain/flows/engine/advance";
import type { Given, Input, TraceStep } from "@clew/domain/flows/engine/given";
import { isOver, type Run } from "@clew/domain/flows/engine/run";
import type { Value } from "@clew/domain/flows/expressions/expression";
import type { Clock, Ids } from "../clock.ts";
import type { Database, Raw } from "../database/database.ts";
import { seal } from "../identity/sealed.ts";
import type { Log } from "../stream/parts.ts";
import type { Heard } from "./event.ts";
import { isForAll, startedBy } from "./heard.ts";
import { dueInput, inputOf } from "./inputs.ts";
import type { FlowLibrary } from "./library.ts";
import { type LocalDoers, localDoer } from "./operations.ts";
import { eventRow, LEASE_MS, nextLook, readEvent, readRun, rowOf, shownOf, waitsOf } from "./rows.ts";
import type { EventRow, RunRow, RunsStore } from "./runs-store.ts";
import { prepareStart, type StartRequest } from "./starting.ts";

type Parts = {
  database: Database;
  store: RunsStore;
  library: FlowLibrary;
  local: LocalDoers;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** Seals what customers told. */
  key: Uint8Array;
  given: Omit<Given, "now" | "newId" | "flow" | "locked">;
  tell(passing: Passing): void;
  /** What a form's answers are, for the event that says it was sent. */
  enrich(raw: Raw, event: Heard): Promise<Value>;
};

/** What a job left behind, for who carries the run on after the commit. */
export type Touched = {
  row: RunRow;
  run: Run;
  /** It can go on at once, in another transaction: asked for by `due`. */
  more?: boolean;
};
type Result = { taken: boolean; problems?: Record<string, string>; row: RunRow | null };
type Job = {
  work(raw: Raw, touched: Map<string, Touched>): Promise<Result>;
  resolve(result: Result): void;
  reject(error: unknown): void;
};

/** The most jobs of one commit, and how many earlier events a run may take at once. */
const BATCH = 100;
const MOST_AT_ONCE = 50;
/** How many events a run remembers to have taken. */
const MOST_HEARD = 200;

/**
 * The door of runs. States: idle, or one batch under way. Jobs that arrive meanwhile make the next batch: each loads its
 * run under lock, advances it, and does what can be done on the same store; then one commit for all. What reaches outside
 * is left to who listens (`onAdvanced`), under ids that are in the committed state.
 */
export class FlowDoor {
  readonly #parts: Parts;
  #queue: Job[] = [];
  #running: Promise<void> | null = null;
  #listeners: ((touched: readonly Touched[]) => void)[] = [];
  /** What the batch under way tells staff once it is committed. */
  #tell: Passing[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  onAdvanced(listener: (touched: readonly Touched[]) => void): void {
    this.#listeners.push(listener);
  }

  /** Starts a run; one with the same id that is there already is the answer. `row` null: concurrency refused it. */
  start(request: StartRequest): Promise<Result> {
    return this.#add((raw, touched) => this.#start(raw, request, touched));
  }

  /** An event, taken once by its id. `taken`: some run went on or began by it. */
  hear(event: Heard): Promise<Result> {
    return this.#add((raw, touched) => this.#hear(raw, event, touched));
  }

  /** An input for one run. */
  put(runId: string, input: Input): Promise<Result> {
    return this.#add(async (raw, touched) => {
      const known = await this.#load(raw, runId, touched);
      if (!known) return { taken: false, row: null };
      return this.#advance(raw, known, input, touched);
    });
  }

  /** Changes what is remembered beside the run's own state: bound, released, attempts of an operation. */
  mark(runId: string, change: (touched: Touched) => void): Promise<Result> {
    return this.#add(async (raw, touched) => {
      const known = await this.#load(raw, runId, touched);
      if (!known) return { taken: false, row: null };
      change(known);
      await this.#save(raw, known, [], null);
      return { taken: true, row: known.row };
    });
  }

  /** What is due of a run by time; where nothing is, it is handed to the listeners again, who may have died over it. */
  due(runId: string): Promise<Result> {
    return this.#add(async (raw, touched) => {
      const known = await this.#load(raw, runId, touched);
      if (!known) return { taken: false, row: null };
      const now = this.#parts.clock.now();
      const input = dueInput(known.run, now);
      if (input) return this.#advance(raw, known, input, touched);
      // One that had its share of an earlier transaction goes on here.
      if (await this.#settle(raw, known, touched)) return { taken: true, row: known.row };
      // Who waits is looked at when its time comes; only work under way is looked for again and again.
      const next = nextLook(known.run, known.row, now);
      if (next !== known.row.due_at) {
        known.row.due_at = next;
        await this.#parts.store.update(raw, known.row);
      }
      return { taken: false, row: known.row };
    });
  }

  /** Work on the same store in one commit with what runs hear of it. It may be tried again, in a transaction anew. */
  beside(work: (raw: Raw) => Promise<{ heard: readonly Heard[]; tell: readonly Passing[] }>): Promise<Result> {
    return this.#add(async (raw, touched) => {
      const { heard, tell } = await work(raw);
      let taken = false;
      for (const event of heard) taken = (await this.#hear(raw, event, touched)).taken || taken;
      this.#tell.push(...tell);
      return { taken, row: null };
    });
  }

  get busy(): boolean {
    return this.#running !== null;
  }

  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #add(work: Job["work"]): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ work, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      await this.#commit(this.#queue.splice(0, BATCH));
    }
    this.#running = null;
  }

  async #commit(jobs: Job[]): Promise<void> {
    const touched = new Map<string, Touched>();
    this.#tell = [];
    let results: Result[];
    try {
      results = await this.#parts.database.rawTransaction(async (raw) => {
        const done: Result[] = [];
        for (const job of jobs) done.push(await job.work(raw, touched));
        return done;
      });
    } catch (error) {
      // One that fails must not take the others with it: each is tried in a transaction of its own.
      if (jobs.length === 1) jobs[0]?.reject(error);
      else for (const job of jobs) await this.#commit([job]);
      return;
    }
    for (const passing of this.#tell) this.#parts.tell(passing);
    const all = [...touched.values()];
    if (all.length > 0) for (const listener of this.#listeners) listener(all);
    for (const [index, job] of jobs.entries()) job.resolve(results[index] as Result);
  }

  async #load(raw: Raw, runId: string, touched: Map<string, Touched>): Promise<Touched | null> {
    const known = touched.get(runId);
    if (known) return known;
    const row = await this.#parts.store.locked(raw, runId);
    if (!row) return null;
    const loaded = { row, run: readRun(this.#parts.key, row) };
    touched.set(runId, loaded);
    return loaded;
  }

  /** `by`: the event that starts it, which none of its waits takes again. */
  async #start(
    raw: Raw,
    request: StartRequest,
    touched: Map<string, Touched>,
    by: string | null = null,
  ): Promise<Result> {
    const { store, library, clock, key } = this.#parts;
    const known = await this.#load(raw, request.id, touched);
    if (known) return { taken: false, row: known.row };
    const prepared = prepareStart(request, { library, now: clock.now() });
    const { concurrency } = prepared.flow.settings ?? {};
    if (request.conversationId && concurrency && concurrency !== "parallel") {
      const others = await store.living(raw, { conversationId: request.conversationId, key: request.key });
      if (others.length > 0 && concurrency === "reject") return { taken: false, row: null };
      if (others.length > 0 && concurrency === "queue") prepared.row.due_at = null;
      if (concurrency === "replace") {
        for (const { id } of others) {
          const other = await this.#load(raw, id, touched);
          if (other) await this.#advance(raw, other, { type: "cancel" }, touched);
        }
      }
    }
    if (by) prepared.run.heard = [by];
    const row = { ...prepared.row, state: seal(key, JSON.stringify(prepared.run)) };
    if (!(await store.insert(raw, row))) {
      // Another process was first with this id.
      const other = await this.#load(raw, request.id, touched);
      return { taken: false, row: other?.row ?? null };
    }
    await store.record(raw, { run_id: row.id, seq: 0, at: row.started_at, input: row.state });
    const started = { row, run: prepared.run };
    touched.set(row.id, started);
    return { taken: true, row };
  }

  async #hear(raw: Raw, event: Heard, touched: Map<string, Touched>): Promise<Result> {
    const { store, key } = this.#parts;
    if (!(await store.hear(raw, eventRow(event, key)))) return { taken: false, row: null };
    let taken = false;
    const data = await this.#parts.enrich(raw, event);
    for (const wait of await store.waiting(raw, event.type, event.key)) {
      const known = await this.#load(raw, wait.run_id, touched);
      if (!known || !(await this.#tellRun(raw, known, { branch: wait.branch, event, data }, touched))) continue;
      taken = true;
      await store.take(raw, event.id, isForAll(event.type) ? "*" : known.row.id);
      if (!isForAll(event.type)) break;
    }
    await this.#endScopes(raw, event, touched);
    for (const request of startedBy(event, this.#parts.library, () => this.#parts.ids.next())) {
      const started = await this.#start(raw, request, touched, event.id);
      taken ||= started.taken;
    }
    return { taken, row: null };
  }

  /** Tells a run of an event. A time of the same wait that was due before the event comes first. */
  async #tellRun(
    raw: Raw,
    known: Touched,
    { branch, event, data }: { branch: string; event: Heard; data: Value },
    touched: Map<string, Touched>,
  ): Promise<boolean> {
    const early = dueInput(known.run, Math.min(event.at, this.#parts.clock.now()));
    if (early) {
      await this.#advance(raw, known, early, touched);
      // It may have come to a wait for this very event, and have taken it there.
      return known.run.heard.includes(event.id);
    }
    const { blocked } = known.run;
    if (blocked?.kind !== "wait" || known.run.heard.includes(event.id)) return false;
    const input: Input = { type: "event", id: blocked.id, branch, data };
    return (await this.#advance(raw, known, input, touched, event.id)).taken;
  }

  /** With a session end the runs that belong to it, unless the end is what they wait for. */
  async #endScopes(raw: Raw, event: Heard, touched: Map<string, Touched>): Promise<void> {
    if (event.type !== "session.ended" || !event.conversationId) return;
    for (const row of await this.#parts.store.living(raw, { conversationId: event.conversationId })) {
      if (row.scope !== "session" || row.session_id !== event.sessionId) continue;
      const known = await this.#load(raw, row.id, touched);
      if (known && !isOver(known.run)) await this.#advance(raw, known, { type: "cancel" }, touched);
    }
  }

  async #advance(
    raw: Raw,
    known: Touched,
    input: Input,
    touched: Map<string, Touched>,
    eventId: string | null = null,
  ): Promise<Result> {
    const given = this.#given();
    const first = advance(known.run, input, given);
    if (!first.taken) return { taken: false, row: known.row, ...(first.problems ? { problems: first.problems } : {}) };
    known.run = first.run;
    if (eventId) known.run.heard = [...known.run.heard, eventId].slice(-MOST_HEARD);
    await this.#save(raw, known, first.trace, input);
    await this.#settle(raw, known, touched);
    return { taken: true, row: known.row };
  }

  /** All that a run can have at once, up to the share of one transaction. True when that was something. */
  async #settle(raw: Raw, known: Touched, touched: Map<string, Touched>): Promise<boolean> {
    const given = this.#given();
    let at = 0;
    for (; at < MOST_AT_ONCE; at += 1) {
      const next = await this.#atOnce(raw, known, touched);
      if (!next) break;
      const more = advance(known.run, next.input, given);
      if (!more.taken) break;
      known.run = more.run;
      if (next.eventId) known.run.heard = [...known.run.heard, next.eventId].slice(-MOST_HEARD);
      await this.#save(raw, known, more.trace, next.input);
    }
    known.more = at === MOST_AT_ONCE && !isOver(known.run);
    if (known.more) {
      // Also a wait is looked at again: what came before it may be there already.
      known.row.due_at = Math.min(known.row.due_at ?? Number.POSITIVE_INFINITY, this.#parts.clock.now() + LEASE_MS);
      await this.#parts.store.update(raw, known.row);
    }
    if (isOver(known.run)) await this.#startQueued(raw, known, touched);
    return at > 0;
  }

  /** What a blocked run can have without waiting: an operation on this very store, or an event that came before it. */
  async #atOnce(
    raw: Raw,
    { run, row }: Touched,
    touched: Map<string, Touched>,
  ): Promise<{ input: Input; eventId: string | null } | null> {
    const { blocked } = run;
    const { local, store, clock, key } = this.#parts;
    if (blocked?.kind === "operation") {
      const doer = localDoer(local, blocked.operation);
      if (!doer) return null;
      const now = clock.now();
      const done = await doer(raw, blocked.operation as never, { id: blocked.id, run, row, now, attempt: 1 });
      if (!("fault" in done)) {
        for (const event of done.heard ?? []) await this.#hear(raw, event, touched);
        this.#tell.push(...(done.tell ?? []));
      }
      return { input: inputOf(blocked.id, done), eventId: null };
    }
    if (blocked?.kind !== "wait") return null;
    let found: { at: number; branch: string; id: string; row: EventRow } | null = null;
    for (const { branch, event, from } of blocked.waits) {
      if (!event) continue;
      const since = from ?? run.startedAt;
      const earlier = await store.earlier(raw, { type: event.type, key: event.key, since, runId: run.id });
      const fresh = earlier.find(({ id }) => !run.heard.includes(id));
      if (fresh && (found === null || fresh.at < found.at)) found = { at: fresh.at, branch, id: fresh.id, row: fresh };
    }
    if (!found) return null;
    const heard = readEvent(key, found.row);
    const data = await this.#parts.enrich(raw, heard);
    await store.take(raw, found.id, isForAll(heard.type) ? "*" : run.id);
    return { input: { type: "event", id: blocked.id, branch: found.branch, data }, eventId: found.id };
  }

  /** The next of the same flow that waits for its turn in the conversation. */
  async #startQueued(raw: Raw, { row }: Touched, touched: Map<string, Touched>): Promise<void> {
    if (!row.conversation_id) return;
    const others = await this.#parts.store.living(raw, { conversationId: row.conversation_id, key: row.key });
    const next = others
      .filter(({ id, bound, steps, due_at }) => id !== row.id && bound === 0 && steps === 0 && due_at === null)
      .sort((a, b) => a.started_at - b.started_at)[0];
    if (!next) return;
    const known = await this.#load(raw, next.id, touched);
    if (!known) return;
    known.row.due_at = this.#parts.clock.now() + LEASE_MS;
    await this.#parts.store.update(raw, known.row);
  }

  async #save(raw: Raw, known: Touched, trace: readonly TraceStep[], input: Input | null): Promise<void> {
    const { store, clock, key, library } = this.#parts;
    const now = clock.now();
    const before = known.row;
    const row = rowOf(known.run, before, { key, now });
    known.row = row;
    await store.update(raw, row);
    await store.replaceWaits(raw, row.id, waitsOf(known.run, now));
    if (row.trace !== "off") {
      const rows = trace.map((step, index) => ({
        run_id: row.id,
        seq: row.rev * 1_000 + index,
        step: JSON.stringify(step),
        shown: row.trace === "values" ? shownOf(step, known.run, library) : null,
      }));
      if (rows.length > 0) await store.trace(raw, rows);
    }
    if (input) {
      await store.record(raw, { run_id: row.id, seq: row.rev, at: now, input: seal(key, JSON.stringify(input)) });
    }
  }

  #given(): Given {
    const { library, clock, ids, given } = this.#parts;
    return {
      ...given,
      now: clock.now(),
      newId: () => ids.next(),
      flow: (key, version) => library.flow(key, version),
      locked: (key, version, called) => library.locked(key, version, called),
    };
  }
}
