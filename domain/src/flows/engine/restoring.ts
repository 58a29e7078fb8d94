import type { NodeOf } from "@clew/contract/flows/definition";
import { yesOrNo } from "../asking/aside.ts";
import { wordsOf } from "../asking/words.ts";
import type { Value } from "../expressions/expression.ts";
import { escaped } from "../expressions/harmless.ts";
import type { Context, Move } from "./context.ts";
import { conversationOf, spoken } from "./nodes-conversation.ts";
import type { Values, Wait } from "./run.ts";

type Restore = NodeOf<"prechat.restore">;

/** How long a customer may take to say that what was told before is still right, in milliseconds. */
const CONFIRMED_WITHIN_MS = 120_000;
/** What is left of the run's time for the rest of the flow, in milliseconds. */
const REST_MS = 10_000;

/** What earlier sessions told is found: it joins what was told now, or the customer is asked first. */
export function takeRestored(context: Context, node: Restore, value: Value): Move {
  if (node.confirm !== "askCustomer") {
    const taken = missing(context, node, value as Values);
    keep(context, node, value as Values);
    const asksAgent = (node.confirm ?? "agentBadge") === "agentBadge" && Object.keys(taken).length > 0;
    return asksAgent && context.run.sessionId ? context.want({ do: "prechat.mark", facts: taken }) : { go: "next" };
  }
  const { values, lines } = value as { values: Values; lines: readonly string[] };
  const taken = missing(context, node, values);
  if (Object.keys(taken).length === 0) return { go: "next" };
  const words = wordsOf(context.run.locale);
  const told = lines.map((line) => `- ${escaped(line, "markdown")}`);
  context.frame.stage = { name: "confirming", data: taken };
  return context.want({
    do: "message.send",
    conversationId: conversationOf(context, undefined),
    as: "bot",
    text: spoken(context, [words.stillRight, ...told].join("\n")),
    quickReplies: [words.yes, words.no].map((label) => ({ label, value: null })),
    attachments: [],
    silent: false,
  });
}

/** The customer has been asked. */
export function waitForConfirmation(context: Context, from: number): Move {
  const { run, given } = context;
  const event = { type: "message.received", key: conversationOf(context, undefined) };
  const dueAt = Math.max(given.now, Math.min(given.now + CONFIRMED_WITHIN_MS, run.deadlineAt - REST_MS));
  const waits: Wait[] = [
    { branch: "answer", event, from },
    { branch: "timeout", dueAt },
  ];
  return { block: { kind: "wait", id: context.newId(), waits } };
}

/** No drops what was told before. Other words, or none, leave it as carried: whoever serves sees from when it is. */
export function confirmed(context: Context, node: Restore, branch: string, data: Value): Move {
  const said = typeof data === "object" && data !== null && "text" in data ? String(data.text ?? "") : "";
  if (branch === "answer" && yesOrNo(said, context.shown) === false) return { go: "nothing" };
  keep(context, node, (context.frame.stage?.data ?? {}) as Values);
  return { go: "next" };
}

/** What is taken over of earlier values, by the rule of overwriting. */
function missing(context: Context, node: Restore, earlier: Values): Values {
  const given = givenNow(context, node);
  return Object.fromEntries(
    Object.entries(earlier).filter(([name]) => {
      const now = Object.hasOwn(given, name) ? (given[name] ?? null) : undefined;
      const isEmpty = now === undefined || now === null || now === "";
      return node.overwrite === "always" || (node.overwrite === "never" ? now === undefined : isEmpty);
    }),
  );
}

function keep(context: Context, node: Restore, earlier: Values): void {
  const into = intoOf(node);
  const taken = missing(context, node, earlier);
  const { frame } = context;
  const carried = Object.keys(taken).map((name) => [`${into}.${name}`, "carried"] as const);
  frame.provenance = { ...frame.provenance, ...Object.fromEntries(carried) };
  context.set(into, { ...givenNow(context, node), ...taken });
}

function givenNow(context: Context, node: Restore): Values {
  return (context.read(intoOf(node)) ?? {}) as Values;
}

function intoOf({ into = "prechat" }: Restore): string {
  return into;
}
