import type { Input, TraceStep } from "@clew/domain/flows/engine/given";
import { isOver, type Run } from "@clew/domain/flows/engine/run";
import { moveLocal, parseDuration } from "@clew/domain/flows/expressions/durations";
import type { Clock } from "../clock.ts";
import type { Raw } from "../database/database.ts";
import { seal } from "../identity/sealed.ts";
import type { FlowLibrary } from "./library.ts";
import { hiddenKey, isErased, readRun, rowOf, shownOf, waitsOf } from "./rows.ts";
import type { RunRow, RunsStore, WaitRow } from "./runs-store.ts";
import { secretsIn, wipeSecrets } from "./spent-secrets-store.ts";
import type { FlowTables } from "./tables.ts";

/** What a job left behind, for who carries the run on after the commit. */
export type Touched = {
  row: RunRow;
  run: Run;
  /** It can go on at once, in another transaction: asked for by `due`. */
  more?: boolean;
};
type Unwritten = Touched & {
  trace: FlowTables["flow_trace"][];
  inputs: FlowTables["flow_inputs"][];
  /** When it came to wait for what it now waits for. */
  armedAt: number;
};
type Parts = { store: RunsStore; library: FlowLibrary; clock: Clock; key: Uint8Array };

/**
 * The runs of one transaction as its jobs have made them. However many steps a run takes in it, its row, its waits and its
 * trace are written once, at the end; until then whoever asks the store what waits or lives is answered with this in mind.
 */
export class RunsAtHand {
  readonly #parts: Parts;
  readonly #raw: Raw;
  readonly #all = new Map<string, Touched>();
  readonly #unwritten = new Map<string, Unwritten>();
  /** By run, the wait whose rows are in the store. */
  readonly #storedWaits = new Map<string, string | null>();
  readonly #spent: string[] = [];

  constructor(raw: Raw, parts: Parts) {
    this.#raw = raw;
    this.#parts = parts;
  }

  get all(): Touched[] {
    return [...this.#all.values()];
  }

  /** The run under lock; null when there is none, or nothing is left of it. */
  async load(id: string): Promise<Touched | null> {
    const known = this.#all.get(id);
    if (known) return known;
    const row = await this.#parts.store.locked(this.#raw, id);
    return row && !isErased(row) ? this.#keep({ row, run: readRun(this.#parts.key, row) }) : null;
  }

  /** A run that begins; null when there is one with its id already. */
  async insert({ row, run }: Touched): Promise<Touched | null> {
    const { store, key } = this.#parts;
    const state = seal(key, JSON.stringify(run));
    if (!(await store.insert(this.#raw, { ...row, state }))) return null;
    await store.record(this.#raw, [{ run_id: row.id, seq: 0, at: row.started_at, input: state }]);
    return this.#keep({ row, run });
  }

  #keep(known: Touched): Touched {
    this.#all.set(known.row.id, known);
    this.#storedWaits.set(known.row.id, waitOf(known.run));
    return known;
  }

  /** The run has come to `run` by an input, or what is remembered beside its steps has changed. */
  step(known: Touched, run: Run, by: { trace: readonly TraceStep[]; input: Input } | null = null): void {
    const { clock, key, library } = this.#parts;
    const now = clock.now();
    if (by) this.#spent.push(...spentBy(known.run, by.input));
    known.run = run;
    known.row = { ...rowOf(run, known.row, now), trace_until: this.#traceUntil(known.row, run, now) };
    const unwritten = this.changed(known);
    unwritten.armedAt = now;
    if (!by) return;
    const { id, rev, trace } = known.row;
    unwritten.inputs.push({ run_id: id, seq: rev, at: now, input: seal(key, JSON.stringify(by.input)) });
    if (trace === "off") return;
    for (const [index, step] of by.trace.entries()) {
      const shown = trace === "values" ? shownOf(step, run, library) : null;
      unwritten.trace.push({ run_id: id, seq: rev * 1_000 + index, step: JSON.stringify(step), shown });
    }
  }

  /** When the trace of a finished run goes, where its flow says so. */
  #traceUntil({ key, version, ended_at: endedAt }: RunRow, run: Run, now: number): number | null {
    if (!isOver(run)) return null;
    const length = parseDuration(this.#parts.library.flow(key, version)?.settings?.keepTrace ?? "");
    return length && moveLocal(endedAt ?? now, length) + length.milliseconds;
  }

  /** Its row is to be written, whatever has changed in it. */
  changed(known: Touched): Unwritten {
    const { id } = known.row;
    const before = this.#unwritten.get(id) ?? { trace: [], inputs: [], armedAt: 0 };
    const unwritten = { ...before, ...known };
    this.#unwritten.set(id, unwritten);
    return unwritten;
  }

  /** Who waits for an event, the first to have waited first. `rev`: the state of the run that waits so. */
  async waiting(type: string, key: string): Promise<(WaitRow & { rev: number })[]> {
    const hidden = hiddenKey(this.#parts.key, type, key);
    const stored = await this.#parts.store.waiting(this.#raw, type, [hidden, key]);
    const here = [...this.#unwritten.values()].flatMap(({ row, run, armedAt }) =>
      waitsOf(run)
        .filter((wait) => wait.event_type === type && wait.event_key === key)
        .map((wait) => ({ ...wait, run_id: row.id, armed_at: armedAt, rev: row.rev })),
    );
    const others = stored.filter(({ run_id: id }) => !this.#unwritten.has(id));
    if (here.length === 0) return others;
    return [...others, ...here].sort((a, b) => a.armed_at - b.armed_at || (a.run_id < b.run_id ? -1 : 1));
  }

  /** Runs of a conversation that are not over. */
  async living(conversationId: string): Promise<RunRow[]> {
    const stored = await this.#parts.store.living(this.#raw, conversationId);
    return this.#asTheyAre(stored, (row) => row.conversation_id === conversationId);
  }

  /** Runs of the same flow that are not over and about the same: its conversation, else its record, else nothing at all. */
  async sameAs({ key, conversation_id: conversationId, record_id: recordId }: RunRow): Promise<RunRow[]> {
    if (conversationId !== null) return (await this.living(conversationId)).filter((row) => row.key === key);
    const stored = await this.#parts.store.alone(this.#raw, { key, record_id: recordId });
    return this.#asTheyAre(
      stored,
      (row) => row.key === key && row.conversation_id === null && row.record_id === recordId,
    );
  }

  /** What the store found, with what has changed since in this transaction. */
  #asTheyAre(stored: readonly RunRow[], fits: (row: RunRow) => boolean): RunRow[] {
    const here = [...this.#unwritten.values()]
      .map(({ row }) => row)
      .filter((row) => fits(row) && (row.status === "running" || row.status === "waiting"));
    return [...stored.filter(({ id }) => !this.#unwritten.has(id)), ...here];
  }

  /** Writes all that has changed, at the end of the transaction. */
  async write(): Promise<void> {
    const { store, key } = this.#parts;
    const raw = this.#raw;
    const changed = [...this.#unwritten.values()];
    if (changed.length === 0) return;
    const waitsAnew = changed.filter(({ row, run }) => waitOf(run) !== this.#storedWaits.get(row.id));
    await Promise.all([
      store.update(
        raw,
        changed.map(({ row, run }) => ({ ...row, state: seal(key, JSON.stringify(run)) })),
      ),
      store.replaceWaits(raw, {
        ended: waitsAnew.flatMap(({ row: { id } }) => (this.#storedWaits.get(id) ? [id] : [])),
        begun: waitsAnew.flatMap(({ row: { id }, run, armedAt }) =>
          waitsOf(run).map((wait) => ({
            ...wait,
            ...{ run_id: id, armed_at: armedAt, event_key: hiddenKey(key, wait.event_type, wait.event_key) },
          })),
        ),
      }),
      store.record(
        raw,
        changed.flatMap(({ inputs }) => inputs),
      ),
      store.trace(
        raw,
        changed.flatMap(({ trace }) => trace),
      ),
      wipeSecrets(raw, this.#spent),
    ]);
    this.#unwritten.clear();
  }
}

/** The wait that has rows in the store: one that names events. */
function waitOf(run: Run): string | null {
  return run.blocked?.kind === "wait" && waitsOf(run).length > 0 ? run.blocked.id : null;
}

/** What a customer gave in confidence is used up once the call it went into was answered. */
function spentBy({ blocked }: Run, { type }: Input): string[] {
  return type === "result" && blocked?.kind === "operation" ? secretsIn(blocked.operation) : [];
}
