import type { RunOutcome } from "@clew/contract/flows/entries";
import type { FaultCode, FaultValue } from "@clew/contract/flows/faults";
import type { RunCancelled } from "@clew/contract/flows/runs";
import type { Value } from "../expressions/expression.ts";
import type { Operation } from "./operation.ts";
import type { TakenForm } from "./taken-form.ts";

export type Values = Record<string, Value>;

/** One pass of a loop. `visits` is what the nodes around had been visited when it began: each item starts from there. */
export type LoopState = { node: string; items: readonly Value[]; index: number; visits: Record<string, number> };

/** A flow at work in a run: the run's own, and on top of it each subflow that it is in. */
export type Frame = {
  key: string;
  version: number;
  /** Where it stands. */
  node: string;
  /** Where a node with several steps stands, with what it must remember between them. */
  stage: { name: string; data: Value } | null;
  /** Inputs, variables, and the answers of screens by their node. */
  values: Values;
  /** What people read for the chosen values: path ("ask.reason") → label. */
  labels: Record<string, string>;
  /** Where assigned values come from: path → word. */
  provenance: Record<string, string>;
  visits: Record<string, number>;
  loops: LoopState[];
  /** Screens behind this one, for the way back. */
  screens: string[];
  /** The flow's own fault path has been taken; a further fault goes up. */
  inFaultPath: boolean;
  /** Forms with whose answers it has gone on, by id; and the one of them that was corrected, to which it is to turn. */
  forms?: Record<string, TakenForm>;
  turn?: string;
};

/**
 * One branch of a wait. `when` is a formula on `event`; `hours` names what its due time was computed by. An event that
 * came before the wait counts from `from` on; absent: from the run's start.
 */
export type Wait = {
  branch: string;
  event?: { type: string; key: string };
  when?: string;
  from?: number;
  dueAt?: number;
  hours?: { name: string | null; length: number; from: number };
};

/**
 * Why a run does not go on by itself. `id` is made for it: results, answers and events name it, so none comes twice.
 * `inDoubt`: it was begun, and nobody knows any more whether it was done. `since`: when a wait began that was counted anew.
 */
export type Blocked =
  | { kind: "operation"; id: string; operation: Operation; at: number; attempts: number; inDoubt?: boolean }
  | { kind: "wait"; id: string; waits: Wait[]; since?: number }
  | { kind: "screen"; id: string; saved: Values }
  | { kind: "yield" };

export type RunStatus = "running" | "waiting" | RunOutcome;

/** One execution. Plain data: stored after every advance, and all that the next one needs. Times are milliseconds since 1970. */
export type Run = {
  id: string;
  status: RunStatus;
  /** The innermost last. Kept after a fault, for retrying. */
  frames: Frame[];
  blocked: Blocked | null;
  steps: number;
  /** Times of the messages of the last minute, and how many there were in all. */
  messages: { recent: number[]; total: number };
  /** The limit of steps was met: what is left is the reserve of the fault path. */
  limited: boolean;
  fault: FaultValue | null;
  /** The id of the operation that failed last: a retry repeats it under the same id. */
  failed: string | null;
  /** The run's time is up and the path for that was taken. */
  expired: boolean;
  out: Values;
  outLabels: Record<string, string>;
  /** Versions of subflows resolved when the run started, by key. */
  resolved: Record<string, number>;
  /** Ids of the forms that were opened for it: it has to do with no others. Absent: it began before they were kept. */
  opened?: string[];
  /** Ids of the events it has taken, the newest last: none counts twice. */
  heard: string[];
  /** How texts are chosen and times understood: the customer's language, the organisation's zone. */
  locale: string;
  zone: string;
  /** Id of the hours by which a wait counts that names none: those of the channel. */
  hours?: string;
  conversationId: string | null;
  sessionId: string | null;
  /** The name under which it serves its session. */
  bot?: string;
  /** By a person. */
  cancelled?: RunCancelled;
  startedAt: number;
  deadlineAt: number;
};

/** A fault while a node is at work; caught by the interpreter. */
export class RunFault extends Error {
  readonly code: FaultCode;
  readonly detail: string | null;
  constructor(code: FaultCode, message: string, detail: string | null = null) {
    super(message);
    this.code = code;
    this.detail = detail;
  }
}

export function frameOf(run: Run): Frame {
  const frame = run.frames.at(-1);
  if (!frame) throw new Error("a run without a frame");
  return frame;
}

export function isOver(run: Pick<Run, "status">): boolean {
  return run.status !== "running" && run.status !== "waiting";
}
