import { limitOf } from "@clew/contract/flows/flow-limits";
import { BREAK, CONTINUE, OUTCOMES } from "@clew/contract/flows/words";
import { Context, type Move } from "./context.ts";
import { takeCorrection, turnBack } from "./correcting.ts";
import { type Advanced, type Destination, type Given, IN_DOUBT, type Input, type TraceStep } from "./given.ts";
import { labelsMoved } from "./labels.ts";
import { moved } from "./moving.ts";
import { answerNode, enterNode } from "./nodes.ts";
import { formData } from "./nodes-cowork.ts";
import { isOver, type Run, RunFault } from "./run.ts";

/** Outcomes that a flow need not link: what is meant when they are not. */
const UNLINKED: Readonly<Record<string, RunFault["code"]>> = {
  notFound: "notFound",
  unavailable: "noCapacity",
  timeout: "timeout",
  cancelled: "cancelled",
  expired: "timeout",
  superseded: "cancelled",
  gaveUp: "validation",
};

/**
 * Takes a run on by one input, until it is blocked again or over: pure, so that the same inputs give the same run on
 * every engine, in a test, and when a recorded run is played on another version. An input that names something else than
 * what the run is blocked by came late or twice, and changes nothing.
 */
export function advance(before: Run, input: Input, given: Given): Advanced {
  const refused: Advanced = { run: before, trace: [], taken: false };
  if (isOver(before) && !(input.type === "retry" && before.status === "faulted")) return refused;
  const run = copyOf(before);
  const context = new Context(run, given);
  switch (input.type) {
    case "begin":
      if (run.steps > 0 || run.blocked) return refused;
      break;
    case "continue":
      if (run.blocked?.kind !== "yield") return refused;
      run.blocked = null;
      break;
    case "cancel":
      over(run, "cancelled");
      if (input.cancelled) run.cancelled = input.cancelled;
      return { run, trace: [], taken: true };
    case "expire":
      return expire(context);
    case "migrate":
      return migrate(context, input) ?? refused;
    case "corrected":
      if (!correct(context, input)) return refused;
      break;
    case "retry":
      if (run.status !== "faulted") return refused;
      context.reuse = run.failed;
      run.fault = null;
      run.limited = false;
      break;
    default: {
      const { blocked } = run;
      if (!blocked || blocked.kind === "yield" || blocked.id !== input.id) return refused;
      const answered = step(context, () => answerNode(context, input));
      if (answered === "not-taken") return refused;
      if (typeof answered === "object") return { ...refused, problems: answered.problems };
    }
  }
  // What was answered may have been the last thing: a flow that ends there is over.
  if (input.type === "retry" || !isOver(run)) {
    run.status = "running";
    burst(context);
  }
  return { run, trace: context.trace, taken: true };
}

/** Node after node until the run is blocked or over, or has had its share of this transaction. */
function burst(context: Context): void {
  const { run } = context;
  const most = context.limit("stepsPerBurst");
  for (let steps = 0; run.status === "running" && !run.blocked; steps += 1) {
    if (steps >= most) {
      run.blocked = { kind: "yield" };
      return;
    }
    const turns = turnBack(context);
    step(context, () => (turns ? { go: "corrected" } : enter(context)));
  }
  if (run.status === "running" && run.blocked && run.blocked.kind !== "yield") run.status = "waiting";
  if (isOver(run)) return;
  const room = context.limit("variablesBytes");
  if (JSON.stringify(run.frames.map(({ values }) => values)).length > room) {
    run.blocked = null;
    run.status = "running";
    const fault = new RunFault("limit", "The variables of this run are too large");
    // Half of it for all flows around together, so that what is left fits for good.
    const share = room / 2 / run.frames.length;
    for (const frame of run.frames) frame.values = shrunk(frame.values, share);
    raise(context, fault);
    burst(context);
  }
}

function correct(context: Context, { formId, data }: Extract<Input, { type: "corrected" }>): boolean {
  try {
    return takeCorrection(context, formId, formData(data));
  } catch (error) {
    if (!(error instanceof RunFault)) throw error;
    raise(context, error);
    return true;
  }
}

/** What is left of values that were too large: the smallest, so that the fault path can still speak of them. */
function shrunk(values: Run["out"], share: number): Run["out"] {
  const kept: Run["out"] = {};
  let used = 0;
  const sized = Object.entries(values).map(([name, value]) => ({
    name,
    value,
    size: JSON.stringify([name, value]).length,
  }));
  for (const { name, value, size } of sized.sort((a, b) => a.size - b.size)) {
    used += size;
    if (size >= 2_000 || used > share) break;
    kept[name] = value;
  }
  return kept;
}

/** The steps a run may take: its own flow says it, whatever subflow it is in. */
function mostSteps({ given, bounds }: Context): number {
  const most = limitOf("stepsPerRun", given.limits);
  return Math.min(bounds?.maxSteps ?? most, most);
}

function enter(context: Context): Move {
  const { run, frame } = context;
  run.steps += 1;
  const most = mostSteps(context);
  if (run.steps > most && !run.limited) {
    run.limited = true;
    throw new RunFault("limit", `The run has taken more than ${most} steps`);
  }
  if (run.steps > most + context.limit("reservedSteps"))
    throw new RunFault("limit", "The fault path has used up its steps");
  const { node } = context;
  const visits = (Object.hasOwn(frame.visits, frame.node) ? (frame.visits[frame.node] ?? 0) : 0) + 1;
  frame.visits = { ...frame.visits, [frame.node]: visits };
  if (visits > (node.maxVisits ?? context.limit("visits")))
    throw new RunFault("limit", `${frame.node} was visited too often`);
  if (node.skipIf && context.condition(node.skipIf)) return { go: "next" };
  return enterNode(context, node);
}

/** Makes a move and follows it; a fault on the way takes its path. */
function step(context: Context, move: () => Move | "not-taken" | { problems: Record<string, string> }) {
  const { run } = context;
  const { node: name, key: flow, version } = context.frame;
  context.changed = [];
  const traced = (outcome: string | null, fault: RunFault | null) =>
    context.trace.push({
      step: run.steps,
      flow,
      version,
      node: name,
      at: context.given.now,
      outcome,
      changed: [...new Set(context.changed)],
      fault: fault && { code: fault.code, message: fault.message },
      operation: operationOf(run, fault),
    });
  try {
    const made = move();
    if (made === "not-taken" || "problems" in made) return made;
    follow(context, made);
    traced("go" in made ? made.go : "leave" in made || "stop" in made ? "end" : "enter" in made ? "enter" : null, null);
  } catch (error) {
    if (!(error instanceof RunFault)) throw error;
    traced(`fault ${error.code}`, error);
    raise(context, error);
  }
  return undefined;
}

function operationOf({ blocked }: Run, fault: RunFault | null): TraceStep["operation"] {
  if (blocked?.kind !== "operation") return null;
  const { id, operation } = blocked;
  return { id, do: operation.do, ...(fault?.detail === IN_DOUBT ? { inDoubt: true } : {}) };
}

function follow(context: Context, move: Move): void {
  const { run, frame } = context;
  if ("block" in move) {
    run.blocked = move.block;
    return;
  }
  run.blocked = null;
  if ("stop" in move) {
    over(run, "cancelled");
    return;
  }
  if ("leave" in move) {
    leave(context);
    return;
  }
  frame.stage = null;
  if ("enter" in move) {
    if (run.frames.length >= context.limit("subflowDepth")) throw new RunFault("limit", "Subflows are nested too deep");
    run.frames.push(move.enter);
    return;
  }
  const to = linkOf(context, move.go);
  if (to === null) {
    const code = Object.hasOwn(UNLINKED, move.go) ? UNLINKED[move.go] : undefined;
    if (code) throw new RunFault(code, `${frame.node} has no way out for ${move.go}`);
    if (move.go !== "next") {
      follow(context, { go: "next" });
      return;
    }
    // A path that simply ends, ends the flow.
    leave(context);
    return;
  }
  goTo(context, to);
}

function linkOf(context: Context, outcome: string): string | null {
  const [list = "", index] = outcome.split("/");
  const node = context.node as unknown as Record<string, unknown>;
  if (index !== undefined) {
    const branches = list === "branches" || list === "any" ? (node[list] as { next: string }[] | undefined) : undefined;
    return branches?.[Number(index)]?.next ?? null;
  }
  const known: readonly string[] = OUTCOMES[context.node.type];
  const to = known.includes(outcome) ? node[outcome] : undefined;
  return typeof to === "string" ? to : null;
}

function goTo(context: Context, to: string): void {
  const { frame } = context;
  const loop = frame.loops.at(-1);
  if (to === CONTINUE || to === BREAK) {
    if (!loop) throw new RunFault("expr", `${to} outside a loop`);
    frame.node = loop.node;
    frame.visits = { ...loop.visits };
    const next = loop.index + 1;
    const node = context.node;
    if (node.type !== "loop") throw new RunFault("expr", `${loop.node} is no loop`);
    if (to === BREAK || next >= loop.items.length) {
      frame.loops.pop();
      follow(context, { go: "next" });
      return;
    }
    loop.index = next;
    frame.values = { ...frame.values, [node.as]: loop.items[next] ?? null };
    frame.node = node.body;
    return;
  }
  frame.node = to;
}

/** The innermost flow has ended: the run is over, or the flow around takes what it gave. */
function leave(context: Context): void {
  const { run } = context;
  if (run.frames.length === 1) {
    const node = context.frame.node;
    const ended = Object.hasOwn(context.flow.nodes, node) ? context.flow.nodes[node] : undefined;
    over(run, (ended?.type === "end" && ended.outcome) || "completed");
    return;
  }
  const ended = context.node;
  const { out, outLabels } = run;
  run.out = {};
  run.outLabels = {};
  run.frames.pop();
  if (ended.type === "end" && ended.outcome === "failed") throw new RunFault("cancelled", "The subflow gave up");
  if (ended.type === "end" && ended.outcome === "cancelled")
    throw new RunFault("cancelled", "The subflow was cancelled");
  const { node } = context;
  if (node.type === "subflow") {
    for (const [variable, output] of Object.entries(node.out ?? {})) {
      context.set(variable, (Object.hasOwn(out, output) ? out[output] : null) ?? null);
      context.addLabels(labelsMoved(outLabels, output, variable));
    }
  }
  follow(context, { go: "next" });
}

/** Where a fault goes: the node's own paths, the flow's, the flow around it, and at last the run's end. */
function raise(context: Context, fault: RunFault): void {
  const { run } = context;
  const frames = copyOf(run.frames);
  run.failed = run.blocked?.kind === "operation" ? run.blocked.id : null;
  run.blocked = null;
  seekPath(context, fault);
  // Nobody has caught it: the run stays where it failed, so that it can be tried again from there.
  if (run.status === "faulted") run.frames = frames;
}

function seekPath(context: Context, fault: RunFault): void {
  const { run, given, frame } = context;
  const value = { code: fault.code, message: fault.message, node: frame.node, at: given.now, detail: fault.detail };
  const flow = given.flow(frame.key, frame.version);
  const node = flow && Object.hasOwn(flow.nodes, frame.node) ? flow.nodes[frame.node] : undefined;
  const path = node?.faults?.find(({ match }) => match.some((code) => code === "*" || code === fault.code));
  const exhausted = fault.code === "limit" && run.steps > mostSteps(context) + context.limit("reservedSteps");
  if (path && !exhausted) {
    frame.stage = null;
    if (path.as) context.put(path.as, { ...value });
    try {
      goTo(context, path.next);
      return;
    } catch (error) {
      if (!(error instanceof RunFault)) throw error;
    }
  }
  const general = flow?.settings?.onFault;
  if (general && !frame.inFaultPath && !exhausted) {
    frame.inFaultPath = true;
    frame.stage = null;
    frame.loops = [];
    frame.node = general;
    run.fault = value;
    return;
  }
  if (run.frames.length > 1 && !exhausted) {
    run.frames.pop();
    seekPath(context, fault);
    return;
  }
  run.fault = value;
  run.status = "faulted";
}

function over(run: Run, status: Run["status"]): void {
  run.status = status;
  run.blocked = null;
}

/** The run's time is up: the path for that, once, or the end. A screen that nobody answered may have a path of its own. */
function expire(context: Context): Advanced {
  const { run } = context;
  const [root] = run.frames;
  const flow = root && context.given.flow(root.key, root.version);
  const to = flow?.settings?.onExpired;
  const own = screenExpired(context);
  if (!root || !(own ?? to) || run.expired) {
    over(run, "expired");
    return { run, trace: [], taken: true };
  }
  if (own) Object.assign(context.frame, { node: own, stage: null });
  else run.frames = [{ ...root, node: to ?? root.node, stage: null, loops: [] }];
  run.expired = true;
  run.blocked = null;
  run.deadlineAt = context.given.now + 60_000;
  run.status = "running";
  burst(context);
  return { run, trace: context.trace, taken: true };
}

/** Where the screen that the run stands at leads when its time is up. */
function screenExpired({ run, frame, given }: Context): string | undefined {
  const flow = given.flow(frame.key, frame.version);
  const node = flow && Object.hasOwn(flow.nodes, frame.node) ? flow.nodes[frame.node] : undefined;
  const to = run.blocked?.kind === "screen" && node?.type === "screen" ? node.expired : undefined;
  return to === CONTINUE || to === BREAK ? undefined : to;
}

/** Null where the other version is gone, or its node cannot wait. */
function migrate({ run, given }: Context, to: Destination): Advanced | null {
  if (run.status !== "waiting") return null;
  try {
    return { ...moved(run, to, given), taken: true };
  } catch (error) {
    if (!(error instanceof RunFault)) throw error;
    return null;
  }
}

/** A run is JSON, and so is its copy. */
function copyOf<T>(json: T): T {
  return JSON.parse(JSON.stringify(json)) as T;
}
