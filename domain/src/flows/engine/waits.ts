import type { NodeOf } from "@clew/contract/flows/definition";
import type { Value } from "../expressions/expression.ts";
import { instantOf } from "../expressions/instants.ts";
import type { Context, Move } from "./context.ts";
import { askingFor, conversationOf } from "./nodes-conversation.ts";
import { RunFault, type Wait } from "./run.ts";

const ASK_ATTEMPTS = 3;
/** Time left to decide after nobody has come, in milliseconds. */
const DECIDES_MS = 30_000;

/** What a wait node waits for, each branch by its number. */
export function startWait(context: Context, node: NodeOf<"wait">): Move {
  const { given } = context;
  const waits = node.any.map((branch, index): Wait => {
    const name = `any/${index}`;
    if ("event" in branch) {
      const event = { type: branch.event, key: context.line(branch.key) ?? "" };
      return { branch: name, event, ...(branch.when ? { when: branch.when } : {}) };
    }
    if ("after" in branch) return { branch: name, dueAt: given.now + (context.duration(branch.after) ?? 0) };
    if ("businessHours" in branch) {
      const length = context.duration(branch.businessHours) ?? 0;
      const hours = branch.hours ?? null;
      const dueAt = given.openTime(hours, length, given.now);
      if (dueAt === null) throw new RunFault("notFound", "These hours do not exist or are never open");
      return { branch: name, dueAt, hours: { name: hours, length, from: given.now } };
    }
    const at = context.line(branch.at);
    const dueAt = at === null ? null : instantOf(at);
    if (dueAt === null) throw new RunFault("expr", "This is no moment in time");
    return { branch: name, dueAt };
  });
  return { block: { kind: "wait", id: context.newId(), waits } };
}

export function waitEnded(context: Context, branch: string, data: Value): Move {
  const { node } = context;
  if (node.type === "wait") {
    const taken = node.any[Number(branch.split("/")[1])];
    if (taken && "into" in taken && taken.into) context.set(taken.into, data);
  }
  return { go: branch };
}

/** The question is out: the customer's next words are the answer. */
export function waitForAnswer(context: Context, node: NodeOf<"ask">, from: number): Move {
  const within = context.duration(node.within);
  const key = conversationOf(context, undefined);
  const waits: Wait[] = [{ branch: "answer", event: { type: "message.received", key }, from }];
  if (within !== null) waits.push({ branch: "timeout", dueAt: context.given.now + within });
  return { block: { kind: "wait", id: context.newId(), waits } };
}

export function askAnswered(context: Context, node: NodeOf<"ask">, branch: string, data: Value): Move {
  if (branch === "timeout") return { go: "timeout" };
  const { frame } = context;
  const text = typeof data === "object" && data !== null && "text" in data ? String(data.text ?? "") : "";
  const checked = context.given.checkAnswer(node.expect, text, context.shown, frame.values);
  if (checked.ok) {
    const answers = { [node.expect.id]: checked.value };
    context.set(frame.node, answers);
    if (checked.label !== null) context.label(frame.node, { [node.expect.id]: checked.label });
    if (node.into) {
      context.set(node.into, checked.value);
      if (checked.label !== null) frame.labels = { ...frame.labels, [node.into]: checked.label };
    }
    return { go: "next" };
  }
  const asked = typeof frame.stage?.data === "number" ? frame.stage.data : 1;
  if (asked >= (node.attempts ?? ASK_ATTEMPTS)) return { go: "gaveUp" };
  frame.stage = { name: "asked", data: asked + 1 };
  const again =
    node.reprompt === undefined ? `${checked.problem} ${context.text(node.text)}` : context.text(node.reprompt);
  return context.want(askingFor(context, again, node));
}

/** Sent to somebody who may be busy: the flow goes on when somebody has taken the session, or when the time is over. */
export function waitForOwner(context: Context, node: NodeOf<"route">, from: number): Move {
  const { run, given } = context;
  const key = conversationOf(context, undefined);
  const dueAt = given.now + (context.duration(node.waitMax) ?? 0);
  // Waiting for somebody is no slowness of the flow.
  run.deadlineAt = Math.max(run.deadlineAt, dueAt + DECIDES_MS);
  const waits: Wait[] = [
    { branch: "assigned", event: { type: "session.assigned", key }, from },
    { branch: "timeout", dueAt },
  ];
  return { block: { kind: "wait", id: context.newId(), waits } };
}
