import type { Actor } from "@clew/domain/actor";
import type { Command } from "@clew/domain/commands";
import { isOver, type Run } from "@clew/domain/flows/engine/run";
import type { Clock } from "../clock.ts";
import { Refused } from "../problems/refused.ts";
import type { Log } from "../stream/parts.ts";
import type { FlowDoor } from "./door.ts";
import { inputOf } from "./inputs.ts";
import type { FlowLibrary } from "./library.ts";
import { type Done, type LocalDoers, localDoer, type RemoteDoers } from "./operations.ts";
import { leavesForms } from "./rows.ts";
import type { Touched } from "./runs-at-hand.ts";
import type { RunRow } from "./runs-store.ts";

type Parts = {
  flows: FlowDoor;
  library: FlowLibrary;
  local: LocalDoers;
  remote: RemoteDoers;
  /** The door of conversations. */
  execute(command: Command, actor: Actor): Promise<unknown>;
  /** An id that follows from another: the same for every repeat. */
  derivedId(from: string, purpose: string): string;
  /** Remembers what happened between a run's start and the event by which its conversation bound it. */
  missed(row: RunRow, bound: number): Promise<void>;
  /** Closes the forms of a run that are open still. */
  closeForms(run: Run): Promise<void>;
  told(row: RunRow): void;
  clock: Clock;
  log: Log;
};

const SYSTEM: Actor = { who: "system" };
/** An operation that nobody can do now is looked at again by the sweep; never tried more often in a row than this. */
const ATTEMPTS = 5;

/**
 * Carries runs on after each commit: binds them to their conversation, does what they want done outside the store, lets
 * go of the conversation when they are over. Everything is under an id that stands in the committed state, so a crash at
 * any point means that it is done again, and again means nothing new.
 */
export class Carrier {
  readonly #parts: Parts;
  readonly #working = new Map<string, Promise<void>>();
  readonly #again = new Set<string>();
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.flows.onAdvanced((touched) => {
      for (const one of touched) {
        parts.told(one.row);
        this.#carry(one);
      }
    });
  }

  async idle(): Promise<void> {
    const { flows } = this.#parts;
    while (flows.busy || this.#working.size > 0) {
      await Promise.all(this.#working.values());
      await flows.idle();
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.idle();
  }

  #carry({ row, run, more }: Touched): void {
    if (this.#stopped) return;
    if (more) {
      void this.#parts.flows.due(row.id).catch(() => undefined);
      return;
    }
    if (!needsWork({ row, run }, this.#parts.local)) return;
    if (this.#working.has(row.id)) {
      this.#again.add(row.id);
      return;
    }
    const work = this.#work({ row, run })
      .catch((error: unknown) => this.#parts.log.error({ err: error, run: row.id }, "a run could not be carried on"))
      .finally(() => {
        this.#working.delete(row.id);
        // What was committed meanwhile is asked for anew rather than remembered: it is the store that knows.
        if (this.#again.delete(row.id)) void this.#parts.flows.due(row.id).catch(() => undefined);
      });
    this.#working.set(row.id, work);
  }

  async #work({ row, run }: Touched): Promise<void> {
    const { flows } = this.#parts;
    const { blocked } = run;
    if (isOver(run)) {
      await this.#release({ row, run });
      await flows.mark(row.id, (known) => {
        known.row.released = 1;
      });
    } else if (!row.bound) {
      await flows.begin(row.id, await this.#bind({ row, run }));
    } else if (blocked?.kind === "yield") {
      await flows.put(row.id, { type: "continue" });
    } else if (blocked?.kind === "operation") {
      const done = await this.#do({ row, run });
      if (done) await flows.put(row.id, inputOf(blocked.id, done));
    } else if (run.steps === 0) {
      await flows.put(row.id, { type: "begin" });
    }
  }

  async #do({ row, run }: Touched): Promise<Done | null> {
    const { blocked } = run;
    if (blocked?.kind !== "operation") return null;
    const { remote, clock } = this.#parts;
    const { operation, id } = blocked;
    const doer = remote[operation.do] as ((operation: unknown, wanted: unknown) => Promise<Done>) | undefined;
    if (!doer) return { fault: "notFound", message: `Nobody here does ${operation.do}` };
    const begun = operation.do === "http.call" ? await this.#begun(row.id, id) : { again: false };
    if (!begun) return null;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await doer(operation, { id, run, row, now: clock.now(), attempt, ...begun });
      } catch (error) {
        const passes = error instanceof Refused ? error.problem.retry === "later" : true;
        if (!passes || attempt >= ATTEMPTS || this.#stopped) throw error;
      }
    }
  }

  /**
   * What reaches other systems is written down before it is tried: after a crash it is known that it may have been done.
   * Null: the run does not want it any more.
   */
  async #begun(runId: string, operationId: string): Promise<{ again: boolean } | null> {
    let begun: { again: boolean } | null = null;
    await this.#parts.flows.mark(runId, ({ run: { blocked } }) => {
      begun = null;
      if (blocked?.kind !== "operation" || blocked.id !== operationId) return;
      begun = { again: blocked.attempts > 0 };
      if (begun.again) blocked.inDoubt = true;
      blocked.attempts += 1;
    });
    return begun;
  }

  /** False when the run has nothing to work on any more. */
  async #bind({ row, run }: Touched): Promise<boolean> {
    const { conversation_id: conversationId, id } = row;
    if (!conversationId) return true;
    try {
      const bound = await this.#parts.execute(
        {
          type: "flow.bind",
          id: this.#parts.derivedId(id, "bind"),
          conversationId,
          ...(run.bot === undefined ? {} : { botRun: id }),
          run: {
            id,
            flow: { key: row.key, version: row.version },
            title: row.title,
            scope: row.scope === "session" ? "session" : "conversation",
            sessionId: run.sessionId,
            startedAt: row.started_at,
          },
        },
        SYSTEM,
      );
      await this.#parts.missed(row, (bound as { number: number }).number);
      return true;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  }

  /** The conversation goes its own way again; a session that no flow has sent anywhere waits in its channel's queue. */
  async #release({ row, run }: Touched): Promise<void> {
    const { conversation_id: conversationId, id } = row;
    const { execute, derivedId, library, closeForms } = this.#parts;
    if (leavesForms(run)) await closeForms(run);
    if (!conversationId) return;
    const flow = library.flow(row.key, row.version);
    const fault = run.fault && run.status !== "completed" ? run.fault : null;
    try {
      if (flow?.kind === "routing" && run.sessionId && run.bot === undefined) {
        const note = fault
          ? `The flow ${row.title} stopped at ${fault.node}: ${fault.message}`
          : `The flow ${row.title} ended without deciding where the session waits.`;
        const to = { kind: "fallback" as const, note };
        const command = { type: "flow.route" as const, conversationId, sessionId: run.sessionId, to };
        await execute({ ...command, id: derivedId(id, `fallback ${row.rev}`) }, SYSTEM).catch(unlessRefused);
      }
      await execute(
        {
          type: "flow.release",
          id: derivedId(id, `release ${row.rev}`),
          conversationId,
          runId: id,
          outcome: run.status === "running" || run.status === "waiting" ? "cancelled" : run.status,
          ...(fault ? { fault: { code: fault.code, node: fault.node, message: fault.message } } : {}),
        },
        SYSTEM,
      );
    } catch (error) {
      unlessRefused(error);
    }
  }
}

function needsWork({ row, run }: Touched, local: LocalDoers): boolean {
  if (isOver(run)) return row.released === 0 && (row.bound === 1 || row.conversation_id !== null);
  if (!row.bound) return row.due_at !== null;
  if (run.steps === 0 && !run.blocked) return true;
  const { blocked } = run;
  return blocked?.kind === "yield" || (blocked?.kind === "operation" && localDoer(local, blocked.operation) === null);
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof Refused)) throw error;
}
