import type { FlowNode } from "@clew/contract/flows/definition";
import type { Context, Move } from "./context.ts";
import type { Input } from "./given.ts";
import { conversationNode } from "./nodes-conversation.ts";
import { coworkEvent, coworkNode, coworkResult } from "./nodes-cowork.ts";
import { logicNode } from "./nodes-logic.ts";
import { outsideNode } from "./nodes-outside.ts";
import { recordNode } from "./nodes-records.ts";
import { askAnswered } from "./questions.ts";
import { confirmed } from "./restoring.ts";
import { takeResult } from "./results.ts";
import { RunFault } from "./run.ts";
import { answerScreen, showScreen } from "./screens.ts";
import { startWait, waitEnded } from "./waits.ts";

type Answer = Exclude<Input, { type: "begin" | "continue" | "cancel" | "expire" | "retry" | "migrate" | "corrected" }>;

/** A node is come to: what it does at once, or what it wants done. */
export function enterNode(context: Context, node: FlowNode): Move {
  switch (node.type) {
    case "decision":
    case "assign":
    case "loop":
    case "subflow":
    case "end":
      return logicNode(context, node);
    case "records.get":
    case "records.create":
    case "records.update":
      return recordNode(context, node);
    case "message.send":
    case "message.note":
    case "message.draft":
    case "ask":
    case "prechat.restore":
    case "session.set":
    case "session.end":
    case "availability":
    case "route":
      return conversationNode(context, node);
    case "http.call":
    case "event.emit":
      return outsideNode(context, node);
    case "wait":
      return startWait(context, node);
    case "screen":
      return showScreen(context);
    case "cowork.form":
    case "cowork.open":
    case "cowork.await":
    case "cowork.act":
      return coworkNode(context, node);
  }
}

/** What the run was blocked by has come: a result, a fault, an event, a due time, or answers. */
export function answerNode(context: Context, input: Answer): Move | "not-taken" | { problems: Record<string, string> } {
  const { node, run } = context;
  const { blocked } = run;
  switch (input.type) {
    case "fault":
      if (blocked?.kind !== "operation") return "not-taken";
      throw new RunFault(input.code, input.message, input.detail ?? null);
    case "result":
      if (blocked?.kind !== "operation") return "not-taken";
      if (node.type === "cowork.form" || node.type === "cowork.open") return coworkResult(context, node, input);
      return takeResult(context, node, input);
    case "event":
    case "due": {
      const wait = blocked?.kind === "wait" ? blocked.waits.find(({ branch }) => branch === input.branch) : undefined;
      if (!wait || (input.type === "event" ? wait.event : wait.dueAt) === undefined) return "not-taken";
      const data = input.type === "event" ? input.data : null;
      if (wait.when && input.type === "event" && !context.condition(wait.when, { event: data })) return "not-taken";
      if (node.type === "ask") return askAnswered(context, node, input.branch, data);
      if (node.type === "prechat.restore") return confirmed(context, node, input.branch, data);
      if (node.type === "cowork.form" || node.type === "cowork.await") return coworkEvent(context, node, wait, data);
      if (node.type === "route")
        return { go: input.branch === "assigned" || node.timeout === undefined ? "next" : "timeout" };
      return waitEnded(context, input.branch, data);
    }
    case "answer":
      return answerScreen(context, input);
  }
}
