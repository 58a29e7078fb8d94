import type { FieldComponent } from "@clew/contract/flows/components";
import type { Flow, NodeOf } from "@clew/contract/flows/definition";
import type { FaultCode } from "@clew/contract/flows/faults";
import type { RaisedLimits } from "@clew/contract/flows/flow-limits";
import type { RunCancelled } from "@clew/contract/flows/runs";
import type { Value } from "../expressions/expression.ts";
import type { Shown } from "../screens/present.ts";
import type { Run, Values } from "./run.ts";

/** What answers were found to be: normalised, with what people read for choices; or what is wrong, by field. */
export type CheckedAnswers =
  | { ok: true; values: Values; labels: Record<string, string> }
  | { ok: false; problems: Record<string, string> };

/** Everything an advance needs beside the run. Nothing of it reads a clock or makes a wish of its own. */
export type Given = {
  now: number;
  /** What the operator lets runs use beyond the usual. */
  limits?: RaisedLimits | undefined;
  newId(): string;
  /** A flow in one version; null when there is none. */
  flow(key: string, version: number): Flow | null;
  /** The version of a subflow or form that `key` in `version` was published with; null: none. */
  locked(key: string, version: number, called: string): number | null;
  /** The instant at which so many milliseconds of open time have passed since `from`; null: no such hours, or never. */
  openTime(hours: string | null, length: number, from: number): number | null;
  asset(name: string): string | null;
  checkScreen(node: NodeOf<"screen">, given: Values, scope: Values, shown: Shown): CheckedAnswers;
  /** One question asked as a message. */
  checkAnswer(
    component: FieldComponent,
    text: string,
    shown: Shown,
    scope: Values,
  ): { ok: true; value: Value; label: string | null } | { ok: false; problem: string };
};

/**
 * What makes a run go on. `id` is that of what it is blocked by; anything else is late and changes nothing. `migrate`: it
 * goes on waiting in another version, see `moving.ts`; whether it may is asked before. `corrected`: a form that it has gone
 * past was sent once more, see `correcting.ts`.
 */
export type Input =
  | { type: "begin" }
  | { type: "continue" }
  | { type: "result"; id: string; outcome?: string; value?: Value }
  | { type: "fault"; id: string; code: FaultCode; message: string; detail?: string | null }
  | { type: "event"; id: string; branch: string; data: Value }
  | { type: "due"; id: string; branch: string }
  | { type: "answer"; id: string; button: "next" | "back" | "save" | "cancel"; values: Values }
  | { type: "corrected"; formId: string; data: Value }
  | { type: "cancel"; cancelled?: RunCancelled }
  | { type: "expire" }
  | { type: "retry" }
  | ({ type: "migrate" } & Destination);

/**
 * The version of its flow to which a run goes. `since`: when it came to wait, as far as the run does not know it itself.
 * `resolved`: versions of the flows that this one binds when a run starts.
 */
export type Destination = { version: number; since: number; resolved: Readonly<Record<string, number>> };

/** The detail of a fault that leaves open whether the operation was done. */
export const IN_DOUBT = "in doubt";

/** One node done, for the page that shows a run. `changed` names variables; values are kept apart, by privacy. */
export type TraceStep = {
  step: number;
  flow: string;
  version: number;
  node: string;
  at: number;
  /** The way out that was taken; null while the node waits. */
  outcome: string | null;
  changed: string[];
  fault: { code: FaultCode; message: string } | null;
  operation: { id: string; do: string; inDoubt?: true } | null;
  /** The run was moved here from that version. */
  movedFrom?: number;
};

export type Advanced =
  | { run: Run; trace: TraceStep[]; taken: true }
  /** The input came late, twice, or does not fit: the run is as it was. `problems` for answers, by field. */
  | { run: Run; trace: []; taken: false; problems?: Record<string, string> };
