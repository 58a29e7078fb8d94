import type { Flow } from "@clew/contract/flows/definition";
import type { FaultCode } from "@clew/contract/flows/faults";
import type { RaisedLimits } from "@clew/contract/flows/flow-limits";
import type { TraceStep } from "@clew/domain/flows/engine/given";
import type { FormOpening, Operation } from "@clew/domain/flows/engine/operation";
import type { Run, Values } from "@clew/domain/flows/engine/run";
import type { Value } from "@clew/domain/flows/expressions/expression";

/** Records that are made up, by object; every flow of the simulation reads and changes these. */
export type Records = Readonly<Record<string, readonly Values[]>>;

export type SimulatedForm = {
  id: string;
  opening: FormOpening;
  state: "open" | "submitted" | "cancelled" | "expired" | "superseded";
  expiresAt: number | null;
  remindAt: number | null;
  /** Answers of screens that were sent, by node. */
  answers: Readonly<Record<string, Values>>;
  /** How often it was opened for answers; what was answered before it was sent back, by node, and why it was. */
  revision: number;
  earlier: Readonly<Record<string, Values>>;
  remark: string | null;
  /** What stands in the screen that is shown, as typed. */
  typed: Readonly<Record<string, unknown>>;
  suggestions: Readonly<Record<string, unknown>>;
  hints: Readonly<Record<string, string>>;
  problems: Readonly<Record<string, string>>;
};

export type Said = { by: "customer" | "agent" | "bot" | "system" | "note" | "draft"; text: string; at: number };
/** What the flow wanted done, in order; listed, never done. */
export type Effect = { id: string; node: string; operation: Operation; at: number; answer: string };

/** A simulation as it stands. A new one after each act; nothing of it leaves the browser. */
export type Simulation = {
  flow: Flow;
  others: readonly Flow[];
  /** Null: it could not begin, `refused` says why. */
  run: Run | null;
  refused: string | null;
  now: number;
  made: number;
  trace: readonly TraceStep[];
  effects: readonly Effect[];
  forms: readonly SimulatedForm[];
  talk: readonly Said[];
  records: Records;
  /** What the operator lets runs use beyond the usual. */
  limits: RaisedLimits;
  /** What the first run was given; a bot's run is given the same. */
  inputs: Values;
  /** The bot that has the session, and which of them it is in a row; its run begins when the one before is over. */
  bot: { name: string; flow: string; turn: number; begun: boolean } | null;
  /** Made to fail when it comes to them: node → fault. Each once. */
  faults: Readonly<Record<string, FaultCode>>;
  /** What is wrong with the answers of the agent's screen, by field. */
  problems: Readonly<Record<string, string>>;
};

/** What came of an operation, and the simulation after it. */
export type Answer =
  | { simulation: Simulation; outcome?: string; value?: Value }
  | { fault: "conflict" | "notFound" | "limit"; message: string };

export type Setup = {
  flow: Flow;
  others: readonly Flow[];
  inputs: Values;
  records: Records;
  now: number;
  limits?: RaisedLimits;
};

export const CONVERSATION = "00000000-0000-7000-8000-00000000c0de";
export const SESSION = "00000000-0000-7000-8000-00000000ca11";
