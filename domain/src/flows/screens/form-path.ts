import type { Flow, NodeOf } from "@clew/contract/flows/definition";
import type { RunOutcome } from "@clew/contract/flows/entries";
import { advance } from "../engine/advance.ts";
import type { Given } from "../engine/given.ts";
import { newRun } from "../engine/new-run.ts";
import { frameOf, isOver, type Run, RunFault, type Values } from "../engine/run.ts";
import { checkScreen } from "./check.ts";
import type { Shown } from "./present.ts";

/** Flows of the same form, as it was published. */
export type FormFlows = {
  flow: Flow;
  version: number;
  /** A flow that the form calls, in one version. */
  subflow?: Given["flow"];
  locked?: Given["locked"];
};

/** One screen of the form's way. `scope` is what its formulas read beside its own fields. */
export type FormStep = {
  node: string;
  screen: NodeOf<"screen">;
  scope: Values;
  labels: Record<string, string>;
};

/**
 * Where a form stands. `steps` are the screens behind it, in order; `current` the one to be answered next, with what is
 * wrong about answers it already has, or null when the form is at its end with its outputs, their labels and its outcome.
 */
export type FormPath = {
  steps: FormStep[];
  current: FormStep | null;
  problems: Record<string, string>;
  outputs: Values;
  labels: Record<string, string>;
  outcome: RunOutcome | "faulted" | null;
};

/** More screens than this no form shows one after the other. */
const MAX_SCREENS = 200;

/**
 * Works out a form's way from its inputs and its answers alone (decision 10). `answers` are those of screens that were
 * sent, by node; a screen without, or with answers that no longer fit, is where the form stands. `until` stops before a
 * screen that is to be shown again, though it has its answers.
 */
export function formPath(
  { flow, version, subflow, locked }: FormFlows,
  inputs: Values,
  answers: Readonly<Record<string, Values>>,
  shown: Shown,
  until?: string,
): FormPath {
  const path: FormPath = { steps: [], current: null, problems: {}, outputs: {}, labels: {}, outcome: null };
  let made = 0;
  const given: Given = {
    now: shown.now,
    newId: () => `step-${++made}`,
    flow: (key, wanted) => (key === flow.key && wanted === version ? flow : (subflow?.(key, wanted) ?? null)),
    locked: (key, of, called) => locked?.(key, of, called) ?? null,
    openTime: () => null,
    asset: (name) => `/assets/${name}`,
    checkScreen: (node, values, scope, how) => checkScreen(node, values, scope, how, values),
    checkAnswer: () => ({ ok: false, problem: "" }),
  };
  let run = begun({ flow, version, inputs, shown });
  if (!run) return { ...path, outcome: "faulted" };
  run = advance(run, { type: "begin" }, given).run;
  while (!isOver(run)) {
    const { blocked } = run;
    if (blocked?.kind === "yield") {
      run = advance(run, { type: "continue" }, given).run;
      continue;
    }
    const step = blocked?.kind === "screen" ? stepOf(run, given) : null;
    if (!step || blocked?.kind !== "screen" || path.steps.length >= MAX_SCREENS) return { ...path, outcome: "faulted" };
    const answered = Object.hasOwn(answers, step.node) ? answers[step.node] : undefined;
    if (answered === undefined || step.node === until) return { ...path, current: step };
    const advanced = advance(run, { type: "answer", id: blocked.id, button: "next", values: answered }, given);
    if (!advanced.taken)
      return { ...path, current: step, problems: ("problems" in advanced && advanced.problems) || {} };
    path.steps.push(step);
    run = advanced.run;
  }
  const outcome = run.status as RunOutcome;
  return { ...path, outputs: run.out, labels: run.outLabels, outcome };
}

type Begun = { flow: Flow; version: number; inputs: Values; shown: Shown };

function begun({ flow, version, inputs, shown: { now, zone, locale } }: Begun): Run | null {
  try {
    return newRun({
      id: "form",
      flow,
      version,
      inputs,
      conversationId: null,
      sessionId: null,
      resolved: {},
      locale,
      zone,
      now,
    });
  } catch (error) {
    if (error instanceof RunFault) return null;
    throw error;
  }
}

function stepOf(run: Run, given: Given): FormStep | null {
  const { key, version, node, values, labels } = frameOf(run);
  const flow = given.flow(key, version);
  const screen = flow && Object.hasOwn(flow.nodes, node) ? flow.nodes[node] : undefined;
  return screen?.type === "screen" ? { node, screen, scope: values, labels } : null;
}
