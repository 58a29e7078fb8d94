import type { FlowNode, NodeOf } from "@clew/contract/flows/definition";
import type { Value } from "../expressions/expression.ts";
import type { Context, Move } from "./context.ts";
import type { Input } from "./given.ts";
import { waitForAnswer } from "./questions.ts";
import { takeRestored, waitForConfirmation } from "./restoring.ts";
import { RunFault } from "./run.ts";
import { waitForOwner } from "./waits.ts";

type Result = Extract<Input, { type: "result" }>;

/** What an operation gave goes where its node says; `outcome` names the way out, `next` unless told. */
export function takeResult(context: Context, node: FlowNode, { outcome = "next", value = null }: Result): Move {
  const { blocked } = context.run;
  const from = blocked?.kind === "operation" ? blocked.at : context.given.now;
  switch (node.type) {
    case "records.get":
      if (node.into) put(context, node, node.into, outcome === "next" ? value : null);
      // Nothing found is an answer: a flow that has no path of its own for it asks for null.
      return { go: outcome === "notFound" && node.notFound === undefined ? "next" : outcome };
    case "records.create":
    case "records.update":
    case "availability":
      if (outcome === "next" && node.into) context.set(node.into, value);
      return { go: outcome };
    case "prechat.restore":
      // What was done was asking the customer, not looking up.
      if (blocked?.kind === "operation" && blocked.operation.do === "message.send")
        return waitForConfirmation(context, from);
      if (blocked?.kind === "operation" && blocked.operation.do === "prechat.mark") return { go: "next" };
      return outcome === "next" ? takeRestored(context, node, value) : { go: outcome };
    case "http.call":
      mapped(context, node, value);
      return { go: outcome };
    case "session.set":
      // From here on the run, too, speaks the language that it has found out.
      if (
        blocked?.kind === "operation" &&
        blocked.operation.do === "session.set" &&
        blocked.operation.language !== null
      )
        context.run.locale = blocked.operation.language;
      return { go: outcome };
    case "ask":
      return waitForAnswer(context, node, from);
    case "route":
      return outcome === "next" && node.waitMax !== undefined ? waitForOwner(context, node, from) : { go: outcome };
    default:
      return { go: outcome };
  }
}

/** A record variable takes the first, a list variable all. */
function put(context: Context, node: NodeOf<"records.get">, into: string, value: Value): void {
  const list = Array.isArray(value) ? (value as readonly Value[]) : [];
  const root = into.split(".")[0] ?? into;
  const { inputs, vars } = context.flow;
  const type = (vars?.[root] ?? inputs?.[root])?.type ?? "";
  const wantsList = type.startsWith("list<") || (type === "map" && (node.limit ?? 1) > 1);
  context.set(into, wantsList ? list : (list[0] ?? null));
}

/** Parts of a JSON answer, by JSON pointer (RFC 6901). */
function mapped(context: Context, node: NodeOf<"http.call">, value: Value): void {
  const body = typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  const answer = Object.hasOwn(body, "body") ? ((body as Record<string, Value>).body ?? null) : null;
  for (const [variable, pointer] of Object.entries(node.map ?? {})) {
    const part = at(answer, pointer);
    if (part === undefined) throw new RunFault("validation", `The answer has nothing at ${pointer}`);
    context.set(variable, part);
  }
}

function at(value: Value, pointer: string): Value | undefined {
  let part: Value | undefined = value;
  for (const token of pointer.split("/").slice(1)) {
    const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof part !== "object" || part === null || !Object.hasOwn(part, name)) return undefined;
    part = (part as Record<string, Value>)[name];
  }
  return part;
}
