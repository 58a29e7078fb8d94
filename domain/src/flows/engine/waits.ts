import type { NodeOf } from "@clew/contract/flows/definition";
import { isWaitable } from "@clew/contract/flows/words";
import type { Value } from "../expressions/expression.ts";
import { instantOf } from "../expressions/instants.ts";
import type { Context, Move } from "./context.ts";
import type { Given } from "./given.ts";
import { conversationOf } from "./nodes-conversation.ts";
import { type Run, RunFault, type Wait } from "./run.ts";

/** Time left to decide after nobody has come, in milliseconds. */
const DECIDES_MS = 30_000;

/** What a wait node waits for, each branch by its number. */
export function startWait(context: Context, node: NodeOf<"wait">): Move {
  const { given, run } = context;
  const waits = node.any.map((branch, index): Wait => {
    const name = `any/${index}`;
    if ("event" in branch) {
      if (!isWaitable(branch.event)) throw new RunFault("forbidden", `No flow hears of ${branch.event}`);
      const event = { type: branch.event, key: context.line(branch.key) ?? "" };
      return { branch: name, event, ...(branch.when ? { when: branch.when } : {}) };
    }
    if ("after" in branch) return { branch: name, dueAt: given.now + (context.duration(branch.after) ?? 0) };
    if ("businessHours" in branch) {
      const length = context.duration(branch.businessHours) ?? 0;
      const hours = branch.hours ?? run.hours ?? null;
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

/** The run with what it waits for of business hours as these are now; null: nothing of it is another time. */
export function rescheduled(run: Run, openTime: Given["openTime"]): Run | null {
  const { blocked } = run;
  if (blocked?.kind !== "wait") return null;
  const waits = blocked.waits.map((wait) => {
    const { hours } = wait;
    const dueAt = hours ? openTime(hours.name, hours.length, hours.from) : null;
    // Hours that are gone, or never open any more, leave the time that was counted while they were there.
    return dueAt === null || dueAt === wait.dueAt ? wait : { ...wait, dueAt };
  });
  return waits.every((wait, index) => wait === blocked.waits[index])
    ? null
    : { ...run, blocked: { ...blocked, waits } };
}

export function waitEnded(context: Context, branch: string, data: Value): Move {
  const { node } = context;
  if (node.type === "wait") {
    const taken = node.any[Number(branch.split("/")[1])];
    if (taken && "into" in taken && taken.into) context.set(taken.into, data);
  }
  return { go: branch };
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
