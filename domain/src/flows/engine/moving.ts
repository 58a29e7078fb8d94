import type { Flow } from "@clew/contract/flows/definition";
import { Context } from "./context.ts";
import type { Destination, Given, TraceStep } from "./given.ts";
import { lifeOf, newFrame } from "./new-run.ts";
import { waitForAnswer } from "./questions.ts";
import { type Blocked, type Frame, type Run, RunFault } from "./run.ts";
import { startWait, waitForOwner } from "./waits.ts";

/** One flow of a run on its way to another version. */
export type FrameMove = { frame: Frame; from: Flow; to: Flow; version: number };

/**
 * The frames of a run with the versions that they would have: the subflows that it is in come with the flow around them.
 * Null: a flow is not there, or the node that called a subflow does not call it any more.
 */
export function frameMoves(run: Run, { version, resolved }: Destination, given: FlowsGiven): FrameMove[] | null {
  const moves: FrameMove[] = [];
  for (const frame of run.frames) {
    const around = moves.at(-1);
    const next: number | null = around
      ? calledBy(around, frame, { given, resolved: { ...resolved, ...run.resolved } })
      : version;
    const from = given.flow(frame.key, frame.version);
    const to = next === null ? null : given.flow(frame.key, next);
    if (next === null || !from || !to) return null;
    moves.push({ frame, from, to, version: next });
  }
  return moves;
}

type FlowsGiven = Pick<Given, "flow" | "locked">;

function calledBy(
  around: FrameMove,
  { key }: Frame,
  { given, resolved }: { given: FlowsGiven; resolved: Destination["resolved"] },
): number | null {
  const { frame, to, version } = around;
  const node = Object.hasOwn(to.nodes, frame.node) ? to.nodes[frame.node] : undefined;
  if (node?.type !== "subflow" || node.flow !== key) return null;
  const known = Object.hasOwn(resolved, key) ? (resolved[key] ?? null) : null;
  return node.bind === "active-at-start" ? known : (given.locked(frame.key, version, key) ?? known);
}

/**
 * The run as it waits in another version, with what it knows. What it waits for is counted by the new node, from when the
 * wait began; a time that would be over by that is now. Changes `run`. Throws `RunFault` when the new node cannot wait.
 */
export function moved(run: Run, destination: Destination, given: Given): { run: Run; trace: TraceStep[] } {
  const moves = frameMoves(run, destination, given);
  const [root] = moves ?? [];
  if (!moves || !root) throw new RunFault("notFound", `The run cannot go on in version ${destination.version}`);
  const movedFrom = root.frame.version;
  const innermost = moves.at(-1) as FrameMove;
  const stays = innermost.frame.version === innermost.version;
  const isBot = run.bot !== undefined;
  if (!run.expired) {
    const lives = lifeOf(root.to, isBot, given.limits) - lifeOf(root.from, isBot, given.limits);
    if (lives !== 0) run.deadlineAt = Math.max(given.now, run.deadlineAt + lives);
  }
  run.resolved = { ...destination.resolved, ...run.resolved };
  run.frames = moves.map((move) => frameOf(move));
  if (!stays) run.blocked = blockedAnew(run, destination, given);
  // Told of the run's own flow, whatever subflow it is in.
  const { version, frame } = root;
  const about = { step: run.steps, flow: frame.key, version, node: frame.node, at: given.now };
  const step: TraceStep = { ...about, outcome: null, changed: [], fault: null, operation: null, movedFrom };
  return { run, trace: [step] };
}

/** Variables that are new begin as they do in a new run; what was known stays. */
function frameOf({ frame, to, version }: FrameMove): Frame {
  if (frame.version === version) return frame;
  const isA = (type: string) => (node: string) => Object.hasOwn(to.nodes, node) && to.nodes[node]?.type === type;
  const fresh = newFrame(to, version, frame.values);
  return {
    ...frame,
    version,
    values: { ...fresh.values, ...frame.values },
    loops: frame.loops.filter(({ node }) => isA("loop")(node)),
    screens: frame.screens.filter(isA("screen")),
  };
}

function blockedAnew(run: Run, destination: Destination, given: Given): Run["blocked"] {
  const { blocked } = run;
  if (blocked?.kind === "screen") return { ...blocked, id: given.newId() };
  if (blocked?.kind !== "wait") return blocked;
  const counted = blocked.waits.flatMap(({ hours }) => (hours ? [hours.from] : []));
  const since = blocked.since ?? Math.min(destination.since, ...counted);
  const anew = waitAnew(new Context(run, { ...given, now: since }), blocked);
  const waits = anew.waits.map((wait) =>
    wait.dueAt === undefined ? wait : { ...wait, dueAt: Math.max(wait.dueAt, given.now) },
  );
  return { ...anew, waits, since };
}

type Waiting = Extract<Blocked, { kind: "wait" }>;

function waitAnew(context: Context, blocked: Waiting): Waiting {
  const { node, given } = context;
  const from = blocked.waits.find((wait) => wait.from !== undefined)?.from ?? given.now;
  const move =
    node.type === "wait"
      ? startWait(context, node)
      : node.type === "ask"
        ? waitForAnswer(context, node, from)
        : node.type === "route"
          ? waitForOwner(context, node, from)
          : null;
  // A form, and a tap that is asked for, are out already: they are waited for as they were.
  return move && "block" in move && move.block.kind === "wait" ? move.block : { ...blocked, id: context.newId() };
}
