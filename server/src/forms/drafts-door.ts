import type { FormDraft } from "@clew/domain/flows/cowork/draft";
import type { Database, Raw } from "../database/database.ts";
import type { FormsStore, StoredForm } from "./store.ts";

/** What somebody does to a draft: the draft as it becomes (the same: nothing changed), and what they are told. */
export type Work<Result> = (form: StoredForm) => { draft: FormDraft; result: Result };
type Job = { formId: string; work: Work<unknown>; resolve(result: unknown): void; reject(error: unknown): void };
type Change = { form: StoredForm; before: FormDraft };
type Done = { results: { job: Job; result: unknown }[]; changes: Map<string, Change> };

type Parts = { database: Database; store: FormsStore };

/** The most jobs of one commit. */
const BATCH = 500;
/**
 * The shortest time between two commits, in milliseconds. However many people type, drafts make no more than 67
 * transactions a second, and as many wake-ups of other servers.
 */
export const PACE_MS = 15;

/**
 * The door of drafts. States: idle, or one batch under way. What arrives meanwhile makes the next batch: the rows of its
 * forms are locked, the jobs are done in memory in the order they came, and one commit holds them all. Nobody is told of
 * a change before it is durable. Drafts stay in memory while `hold` says so; a row that another has moved on is read anew.
 */
export class DraftsDoor {
  readonly #parts: Parts;
  readonly #held = new Map<string, StoredForm>();
  readonly #listeners: ((change: Change) => void)[] = [];
  #holds: (formId: string) => boolean = () => false;
  #queue: Job[] = [];
  #running: Promise<void> | null = null;
  #committedAt = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Which forms are kept in memory: those that somebody has open. */
  holdWhile(holds: (formId: string) => boolean): void {
    this.#holds = holds;
  }

  onCommitted(listener: (change: Change) => void): void {
    this.#listeners.push(listener);
  }

  /** Resolves once the change is durable; null when there is no such form. */
  change<Result>(formId: string, work: Work<Result>): Promise<Result | null> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ formId, work, resolve: resolve as (result: unknown) => void, reject });
      this.#running ??= this.#run();
    });
  }

  /** A form as it stands. */
  async read(formId: string): Promise<StoredForm | null> {
    const { database, store } = this.#parts;
    const known = this.#held.get(formId);
    const seq = known ? (await store.seqs(database.raw, [formId])).get(formId) : undefined;
    if (known && known.draft.seq === seq) return known;
    const form = (await store.load(database.raw, [formId])).get(formId) ?? null;
    if (form && this.#holds(formId)) this.#held.set(formId, form);
    return form;
  }

  forget(formId: string): void {
    this.#held.delete(formId);
  }

  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      const pause = this.#committedAt + PACE_MS - performance.now();
      await new Promise<void>((resolve) => (pause > 0 ? setTimeout(resolve, pause) : setImmediate(resolve)));
      await this.#commit(this.#queue.splice(0, BATCH));
      this.#committedAt = performance.now();
    }
    this.#running = null;
  }

  async #commit(jobs: Job[]): Promise<void> {
    let done: Done;
    try {
      done = await this.#parts.database.rawTransaction((raw) => this.#work(raw, jobs));
    } catch (error) {
      // One that fails must not take the others with it: each is tried in a transaction of its own.
      if (jobs.length === 1) jobs[0]?.reject(error);
      else for (const job of jobs) await this.#commit([job]);
      return;
    }
    for (const [id, change] of done.changes) {
      if (this.#holds(id)) this.#held.set(id, change.form);
      else this.#held.delete(id);
      if (change.before.seq === change.form.draft.seq) continue;
      for (const listener of this.#listeners) listener(change);
    }
    for (const { job, result } of done.results) job.resolve(result);
  }

  async #work(raw: Raw, jobs: readonly Job[]): Promise<Done> {
    const { store } = this.#parts;
    const ids = [...new Set(jobs.map(({ formId }) => formId))];
    const seqs = await store.seqs(raw, ids, true);
    const stale = ids.filter((id) => seqs.has(id) && this.#held.get(id)?.draft.seq !== seqs.get(id));
    const loaded = await store.load(raw, stale);
    const changes = new Map<string, Change>();
    for (const id of ids) {
      const form = loaded.get(id) ?? (seqs.has(id) ? this.#held.get(id) : undefined);
      if (form) changes.set(id, { form, before: form.draft });
    }
    const results = jobs.map((job) => {
      const change = changes.get(job.formId);
      if (!change) return { job, result: null };
      const { draft, result } = job.work(change.form);
      change.form = { ...change.form, draft };
      return { job, result };
    });
    const moved = [...changes].filter(([, { form, before }]) => form.draft.seq !== before.seq);
    await store.save(
      raw,
      moved.map(([id, { form, before }]) => ({ id, before, after: form.draft })),
    );
    return { results, changes };
  }
}
