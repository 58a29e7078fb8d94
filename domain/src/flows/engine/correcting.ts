import type { Value } from "../expressions/expression.ts";
import type { Context } from "./context.ts";
import type { Frame, LoopState } from "./run.ts";
import type { TakenForm } from "./taken-form.ts";

/** What a form that was sent gave. */
type Given = { answers: Value; receipt: Value; labels: Record<string, string> };

/** A node goes on with what this form gave: should it be sent once more, corrected, the run knows where that belongs. */
export function rememberForm(context: Context, formId: string, place: number | null): void {
  const { frame } = context;
  const taken = { node: frame.node, place, loops: frame.loops.map(passOf) };
  frame.forms = { ...frame.forms, [formId]: taken };
}

/**
 * A form that the run has gone past was sent back by the agent and sent again. Its answers take the place of the earlier
 * ones, and the flow goes where its node says for that, as soon as it is in no operation and no subflow. False: the flow
 * that asked is at work no more, or never went on with this form.
 */
export function takeCorrection(context: Context, formId: string, data: Given): boolean {
  const { run, given } = context;
  const of = run.frames.findLast(({ forms }) => forms !== undefined && Object.hasOwn(forms, formId));
  const taken = of?.forms?.[formId];
  const flow = of && given.flow(of.key, of.version);
  const node = flow && taken && Object.hasOwn(flow.nodes, taken.node) ? flow.nodes[taken.node] : undefined;
  if (!of || !taken || (node?.type !== "cowork.form" && node?.type !== "cowork.await")) return false;
  context.changed = [];
  context.inFrame(of, () => {
    const put = (path: string | undefined, fresh: Value) =>
      path === undefined ? undefined : context.set(path, replaced(context.read(path), taken.place, fresh));
    put(node.into, data.answers);
    if (node.into && taken.place === null) context.label(node.into, data.labels);
    put(node.receiptInto, data.receipt);
  });
  const turns = node.corrected !== undefined && maySwitch(of, taken);
  context.trace.push({
    ...{ step: run.steps, flow: of.key, version: of.version, node: taken.node, at: given.now },
    ...{ outcome: turns ? null : "corrected", changed: [...new Set(context.changed)], fault: null, operation: null },
  });
  if (!turns) return true;
  of.turn = formId;
  // What people or time are waited for is left at once; what is being done is done first.
  const waits = run.blocked?.kind === "wait" || run.blocked?.kind === "screen";
  if (of === context.frame && waits) run.blocked = null;
  return true;
}

/** Before its next step the flow stands at the node of a form that was corrected meanwhile; false: there is none. */
export function turnBack(context: Context): boolean {
  const { frame } = context;
  const { turn } = frame;
  if (turn === undefined) return false;
  delete frame.turn;
  const taken = frame.forms?.[turn];
  if (!taken || !maySwitch(frame, taken)) return false;
  Object.assign(frame, { node: taken.node, stage: null, loops: frame.loops.slice(0, taken.loops.length) });
  return true;
}

/** The pass of each loop in which the form was taken is still under way; and no fault is being seen to. */
function maySwitch({ loops, inFaultPath }: Frame, taken: TakenForm): boolean {
  return (
    !inFaultPath && taken.loops.every((pass, depth) => loops[depth] !== undefined && passOf(loops[depth]) === pass)
  );
}

function passOf({ node, index }: LoopState): string {
  return `${node}/${index}`;
}

function replaced(list: Value, place: number | null, fresh: Value): Value {
  return place !== null && Array.isArray(list) ? list.map((one: Value, at) => (at === place ? fresh : one)) : fresh;
}
