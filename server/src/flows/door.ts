import type { RunCancelled } from "@clew/contract/flows/runs";
import type { Passing } from "@clew/contract/presence";
import type { Input } from "@clew/domain/flows/engine/given";
import type { Database, Raw } from "../database/database.ts";
import type { Heard } from "./event.ts";
import type { Touched } from "./runs-at-hand.ts";
import { type MayMigrate, type Result, type RunsParts, RunsTransaction } from "./runs-transaction.ts";
import type { StartRequest } from "./starting.ts";

export type { Touched };

type Parts = RunsParts & { database: Database; tell(passing: Passing): void };
type Job = {
  work(runs: RunsTransaction, raw: Raw): Promise<Result>;
  resolve(result: Result): void;
  reject(error: unknown): void;
};

/** The most jobs of one commit. */
const BATCH = 100;

/**
 * The door of runs. States: idle, or one batch under way. Jobs that arrive meanwhile make the next batch: each loads its
 * run under lock, advances it, and does what can be done on the same store; then one write and one commit for all. What
 * reaches outside is left to who listens (`onAdvanced`), under ids that are in the committed state.
 */
export class FlowDoor {
  readonly #parts: Parts;
  #queue: Job[] = [];
  #running: Promise<void> | null = null;
  #listeners: ((touched: readonly Touched[]) => void)[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  onAdvanced(listener: (touched: readonly Touched[]) => void): void {
    this.#listeners.push(listener);
  }

  /** Starts a run; one with the same id that is there already is the answer. `row` null: concurrency refused it. */
  start(request: StartRequest): Promise<Result> {
    return this.#add((runs) => runs.start(request));
  }

  /** A run is bound to its conversation and begins; where that refused it, it is over. */
  begin(runId: string, bound: boolean): Promise<Result> {
    return this.#add(async (runs) => {
      const known = await runs.runs.load(runId);
      return known ? runs.begin(known, bound) : { taken: false, row: null };
    });
  }

  /** An event, taken once by its id. `taken`: some run went on or began by it. */
  hear(event: Heard): Promise<Result> {
    return this.#add((runs) => runs.hear(event));
  }

  /** What happened before a run could hear of it, for its waits that look back. Nobody who waits now is told. */
  remember(events: readonly Heard[]): Promise<Result> {
    return this.#add((runs) => runs.remember(events));
  }

  /** An input for one run. */
  put(runId: string, input: Input): Promise<Result> {
    return this.#add((runs) => runs.put(runId, input));
  }

  /** A person calls a run off. What `also` writes is in the same commit, and is left out where the run was over already. */
  cancel(runId: string, cancelled: RunCancelled, also: (raw: Raw) => Promise<void>): Promise<Result> {
    return this.#add(async (runs, raw) => {
      const result = await runs.put(runId, { type: "cancel", cancelled });
      if (result.taken) await also(raw);
      return result;
    });
  }

  /** A run goes on in another version, where `may` says so; what that throws is the answer, and nothing has changed. */
  migrate(runId: string, may: MayMigrate): Promise<Result> {
    return this.#add((runs) => runs.migrate(runId, may));
  }

  /** Changes what is remembered beside the steps of a run: released, attempts of an operation. */
  mark(runId: string, change: (touched: Touched) => void): Promise<Result> {
    return this.#add(async ({ runs }) => {
      const known = await runs.load(runId);
      if (!known) return { taken: false, row: null };
      change(known);
      runs.step(known, known.run);
      return { taken: true, row: known.row };
    });
  }

  /** What is due of a run by time; where nothing is, it is handed to the listeners again, who may have died over it. */
  due(runId: string): Promise<Result> {
    return this.#add((runs) => runs.due(runId));
  }

  /** Counts anew until when a run waits for business hours. */
  recount(runId: string): Promise<Result> {
    return this.#add((runs) => runs.recount(runId));
  }

  /** Work on the same store in one commit with what runs hear of it. It may be tried again, in a transaction anew. */
  beside(work: (raw: Raw) => Promise<{ heard: readonly Heard[]; tell: readonly Passing[] }>): Promise<Result> {
    return this.#add(async (runs, raw) => {
      const { heard, tell } = await work(raw);
      let taken = false;
      for (const event of heard) taken = (await runs.hear(event)).taken || taken;
      runs.tell.push(...tell);
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
    let done: { results: Result[]; touched: readonly Touched[]; tell: readonly Passing[] };
    try {
      done = await this.#parts.database.rawTransaction(async (raw) => {
        const transaction = new RunsTransaction(raw, this.#parts);
        const results: Result[] = [];
        for (const job of jobs) results.push(await job.work(transaction, raw));
        await transaction.runs.write();
        return { results, touched: transaction.runs.all, tell: transaction.tell };
      });
    } catch (error) {
      // One that fails must not take the others with it: each is tried in a transaction of its own.
      if (jobs.length === 1) jobs[0]?.reject(error);
      else for (const job of jobs) await this.#commit([job]);
      return;
    }
    const { results, touched, tell } = done;
    for (const passing of tell) this.#parts.tell(passing);
    if (touched.length > 0) for (const listener of this.#listeners) listener(touched);
    for (const [index, job] of jobs.entries()) job.resolve(results[index] as Result);
  }
}
