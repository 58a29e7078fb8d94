import type { FlowNode } from "@clew/contract/flows/definition";
import type { RunHindrance } from "@clew/contract/flows/runs";
import type { Destination, Given } from "../engine/given.ts";
import { type FrameMove, frameMoves, moved } from "../engine/moving.ts";
import { type Run, RunFault } from "../engine/run.ts";
import { graphOf } from "../lint/graph.ts";
import { roughFlow } from "../lint/rough.ts";
import { valueHindrances } from "./values.ts";

/**
 * What keeps a run from going on in another version of its flow; empty: nothing. It must wait, at a node that is there
 * with the same type and waits for the same, in the same loops; each subflow that it is in must be called there as well;
 * and everything that it knows must have its place.
 */
export function hindrances(run: Run, to: Destination, given: Given): RunHindrance[] {
  const [root] = run.frames;
  if (run.status !== "waiting" || !root)
    return [{ code: "not-waiting", flow: root?.key ?? "", message: "only a run that waits can be moved" }];
  const flow = root.key;
  if (run.blocked?.kind === "operation") {
    const message = "something is being done for it, and nobody knows yet what comes of it";
    return [{ code: "working", flow, node: run.frames.at(-1)?.node ?? root.node, message }];
  }
  const moves = frameMoves(run, to, given);
  if (!moves) return [subflowGone(run, to, given)];
  const found = moves.flatMap((move, index) =>
    move.frame.version === move.version ? [] : frameHindrances(move, index === moves.length - 1),
  );
  return found.length > 0 ? found : faultOf(run, to, given);
}

function frameHindrances(move: FrameMove, waitsHere: boolean): RunHindrance[] {
  const { frame, from, to } = move;
  const { node } = frame;
  const tell = (code: RunHindrance["code"], message: string): RunHindrance => ({ code, flow: to.key, node, message });
  if (from.kind !== to.kind || from.audience !== to.audience)
    return [{ code: "kind", flow: to.key, message: `a ${from.kind} flow has become a ${to.kind} flow` }];
  const [was, is] = [nodeIn(from.nodes, node), nodeIn(to.nodes, node)];
  if (!is) return [tell("node-gone", `there is no node ${node} any more`)];
  if (was?.type !== is.type) return [tell("node-type", `${node} is a ${is.type} now`)];
  const waits = waitsHere ? waitsForOther(was, is) : null;
  const [before, after] = [loopsAround(move.from, node), loopsAround(move.to, node)];
  const isIn = (id: string) => frame.loops.some((loop) => loop.node === id);
  const loop =
    after.find(({ id, as }) => !before.some((one) => one.id === id && one.as === as)) ??
    before.find(({ id }) => isIn(id) && !after.some((one) => one.id === id));
  return [
    ...(waits === null ? [] : [tell("waits-for", waits)]),
    ...(loop ? [tell("loop", `${node} stands otherwise to the loop ${loop.id}`)] : []),
    ...valueHindrances(move),
  ];
}

function nodeIn(nodes: Readonly<Record<string, FlowNode>>, name: string): FlowNode | undefined {
  return Object.hasOwn(nodes, name) ? nodes[name] : undefined;
}

/** A form is out, or a session is on its way: what the node began cannot be another thing afterwards. */
function waitsForOther(was: FlowNode, is: FlowNode): string | null {
  if (was.type === "cowork.form" && is.type === "cowork.form" && was.flow !== is.flow)
    return `a form of ${was.flow} is open, not one of ${is.flow}`;
  if (was.type === "cowork.await" && is.type === "cowork.await" && said(was.handles) !== said(is.handles))
    return "it waits for other forms there";
  if (is.type === "route" && is.waitMax === undefined) return "it does not wait for anybody there";
  return null;
}

function said(handles: string | readonly string[]): string {
  return JSON.stringify(handles);
}

type Around = { id: string; as: string };

function loopsAround(flow: FrameMove["to"], node: string): Around[] {
  return [...graphOf(roughFlow(flow)).bodies].flatMap(([id, body]) => {
    const loop = nodeIn(flow.nodes, id);
    return loop?.type === "loop" && body.has(node) ? [{ id, as: loop.as }] : [];
  });
}

/** The innermost flow around that does not call, as it did, the one that the run is in. */
function subflowGone(run: Run, to: Destination, given: Given): RunHindrance {
  const [root] = run.frames;
  const flow = root?.key ?? "";
  if (!given.flow(flow, to.version))
    return { code: "subflow", flow, message: `there is no version ${to.version} of ${flow}` };
  const depth = run.frames.findIndex(
    (_, index) => !frameMoves({ ...run, frames: run.frames.slice(0, index + 1) }, to, given),
  );
  const [around, called] = [run.frames[depth - 1] ?? root, run.frames[depth]];
  const message = `the run is in the flow ${called?.key}, which ${around?.node} does not call there`;
  return { code: "subflow", flow: around?.key ?? flow, ...(around ? { node: around.node } : {}), message };
}

/** What only shows when it is tried: a time that cannot be computed, an input that is missing. */
function faultOf(run: Run, to: Destination, given: Given): RunHindrance[] {
  try {
    moved(JSON.parse(JSON.stringify(run)) as typeof run, to, given);
    return [];
  } catch (error) {
    if (!(error instanceof RunFault)) throw error;
    const { key, node } = run.frames.at(-1) ?? { key: "", node: "" };
    return [{ code: "fault", flow: key, node, message: error.message }];
  }
}
