import type { NodeOf } from "@clew/contract/flows/definition";
import { addDurations, type Duration, parseDuration } from "../expressions/durations.ts";
import type { Value } from "../expressions/expression.ts";
import { addedMoney, moneyOf } from "../expressions/money.ts";
import type { Context, Move } from "./context.ts";
import { labelsMoved, pathNamed } from "./labels.ts";
import { newFrame } from "./new-run.ts";
import { RunFault } from "./run.ts";

type LogicNode = NodeOf<"decision"> | NodeOf<"assign"> | NodeOf<"loop"> | NodeOf<"subflow"> | NodeOf<"end">;

export function logicNode(context: Context, node: LogicNode): Move {
  switch (node.type) {
    case "decision": {
      const taken = node.branches.findIndex(({ when }) => context.condition(when));
      return { go: taken >= 0 ? `branches/${taken}` : "else" };
    }
    case "assign":
      return assign(context, node);
    case "loop":
      return loop(context, node);
    case "subflow":
      return callFlow(context, node);
    case "end":
      return end(context, node);
  }
}

function assign(context: Context, { set, provenance }: NodeOf<"assign">): Move {
  for (const { var: path, op = "set", value } of set) {
    const given = context.value(value);
    context.set(path, changed(op, context.read(path), given));
    if (op === "set") context.relabel(path, value);
    const { frame } = context;
    if (provenance) frame.provenance = { ...frame.provenance, [path]: provenance };
  }
  return { go: "next" };
}

function changed(op: "set" | "append" | "remove" | "add", before: Value, given: Value): Value {
  const list = before === null ? [] : before;
  switch (op) {
    case "set":
      return given;
    case "append":
      if (!Array.isArray(list)) throw new RunFault("expr", "Only lists can be appended to");
      return [...list, given];
    case "remove": {
      if (!Array.isArray(list)) throw new RunFault("expr", "Only from lists can something be removed");
      const text = JSON.stringify(given);
      return list.filter((item) => JSON.stringify(item) !== text);
    }
    case "add":
      return added(before, given);
  }
}

/** A sum of numbers, of money in one currency, or of lengths of time. What is null counts as nothing. */
function added(before: Value, given: Value): Value {
  if (typeof (before ?? 0) === "number" && typeof given === "number") return ((before as number | null) ?? 0) + given;
  if (before === null && (moneyOf(given) || lengthOf(given))) return given;
  const money = addedMoney(before, given, 1);
  if (money) return money;
  const [one, other] = [lengthOf(before), lengthOf(given)];
  const sum = one && other ? addDurations(one, other) : null;
  if (!sum) throw new RunFault("expr", "Only numbers, money of one currency, and lengths of time can be added to");
  return sum;
}

function lengthOf(value: Value): Duration | null {
  return typeof value === "string" ? parseDuration(value) : null;
}

function loop(context: Context, node: NodeOf<"loop">): Move {
  const { frame } = context;
  const over = context.value(node.over);
  if (over !== null && !Array.isArray(over)) throw new RunFault("expr", "A loop goes over a list");
  const items: readonly Value[] = over ?? [];
  if (items.length > (node.max ?? context.limit("loopItems")))
    throw new RunFault("limit", `${frame.node} has too many items`);
  if (items.length === 0) return { go: "empty" };
  // Left by a link instead of its end, and come to again: it begins anew.
  const before = frame.loops.findIndex((one) => one.node === frame.node);
  if (before >= 0) frame.loops.splice(before);
  frame.loops.push({ node: frame.node, items, index: 0, visits: { ...frame.visits } });
  frame.values = { ...frame.values, [node.as]: items[0] ?? null };
  return { go: "body" };
}

function callFlow(context: Context, node: NodeOf<"subflow">): Move {
  const { frame, run, given } = context;
  const resolved = Object.hasOwn(run.resolved, node.flow) ? run.resolved[node.flow] : undefined;
  const version =
    node.bind === "active-at-start" ? resolved : (given.locked(frame.key, frame.version, node.flow) ?? resolved);
  const flow = version === undefined ? null : given.flow(node.flow, version);
  if (!flow || version === undefined) throw new RunFault("notFound", `There is no flow ${node.flow}`);
  const entered = newFrame(flow, version, context.values(node.in));
  for (const [name, written] of Object.entries(node.in ?? {})) {
    const path = pathNamed(written);
    if (path !== null) entered.labels = { ...entered.labels, ...labelsMoved(frame.labels, path, name) };
  }
  return { enter: entered };
}

function end(context: Context, node: NodeOf<"end">): Move {
  const { run, frame } = context;
  run.out = context.values(node.out);
  run.outLabels = {};
  for (const [name, written] of Object.entries(node.out ?? {})) {
    const path = pathNamed(written);
    if (path !== null) run.outLabels = { ...run.outLabels, ...labelsMoved(frame.labels, path, name) };
  }
  return { leave: true };
}
