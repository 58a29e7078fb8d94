import type { NodeOf } from "@clew/contract/flows/definition";
import { asksBack, MOST_ASIDES, offerable, takesAnyWords, yesOrNo } from "../asking/aside.ts";
import { isOneOf, wordsOf } from "../asking/words.ts";
import type { Value } from "../expressions/expression.ts";
import { escaped } from "../expressions/harmless.ts";
import type { Context, Move } from "./context.ts";
import { askingFor, conversationOf } from "./nodes-conversation.ts";
import type { Frame, Wait } from "./run.ts";

const ASK_ATTEMPTS = 3;

type Ask = NodeOf<"ask">;
/** What the customer said; `toAgent`: right behind an agent's words. */
type Said = { text: string; toAgent: boolean };
/** How often it was asked, what else was said instead, and what was asked about as the possible answer. */
type Asked = { times: number; asides: number; offered: string | null };
/** `say`: what comes before the question, put once more; null: nothing, it stands. */
type Heard =
  | { value: Value; label: string | null }
  | { problem: string }
  | { aside: true; say: string | null; offered?: string };

/** The question is out: the customer's next words are the answer. */
export function waitForAnswer(context: Context, node: Ask, from: number): Move {
  const within = context.duration(node.within);
  const key = conversationOf(context, undefined);
  const waits: Wait[] = [{ branch: "answer", event: { type: "message.received", key }, from }];
  if (within !== null) waits.push({ branch: "timeout", dueAt: context.given.now + within });
  return { block: { kind: "wait", id: context.newId(), waits } };
}

export function askAnswered(context: Context, node: Ask, branch: string, data: Value): Move {
  if (branch === "timeout") return { go: "timeout" };
  const { frame } = context;
  const asked = askedSoFar(frame);
  const heard = answerIn(context, node, { said: saidIn(data), asked });
  if ("value" in heard) {
    keep(context, node, heard);
    return { go: "next" };
  }
  if ("problem" in heard) {
    if (asked.times >= (node.attempts ?? ASK_ATTEMPTS)) return { go: "gaveUp" };
    const again =
      node.reprompt === undefined ? `${heard.problem} ${context.message(node.text)}` : context.message(node.reprompt);
    return askAgain(context, node, { again, asked: { ...asked, times: asked.times + 1, offered: null } });
  }
  // Customer and agent talk: the question was put behind it once, and stands.
  if (heard.say === null) return waitForAnswer(context, node, context.given.now);
  return askAgain(context, node, {
    again: `${heard.say}\n\n${context.message(node.text)}`,
    asked: { ...asked, asides: asked.asides + 1, offered: heard.offered ?? null },
  });
}

/** What was said, as the answer it is, or why it is none. */
function answerIn(context: Context, node: Ask, { said, asked }: { said: Said; asked: Asked }): Heard {
  const { shown, frame, given } = context;
  const { expect } = node;
  const words = wordsOf(shown.locale);
  const sure = asked.offered === null || said.toAgent ? null : yesOrNo(said.text, shown);
  const text = sure && asked.offered !== null ? asked.offered : said.text;
  const checked = given.checkAnswer(expect, text, shown, frame.values);
  const isOption = expect.kind === "choice" && checked.ok && !(expect.other && checked.label === said.text.trim());
  if (!isOption && expect.required === false && isOneOf(said.text, words.skip)) return { value: null, label: null };
  const isFree = takesAnyWords(expect, isOption);
  if (isFree && sure === false) return { aside: true, say: words.aside };
  const isTalk = said.toAgent && (isFree || !checked.ok);
  if (checked.ok && !isTalk) return { value: checked.value, label: checked.label };
  if (!isTalk && !checked.ok && !(asksBack(said.text) && asked.asides < MOST_ASIDES))
    return { problem: checked.problem };
  const offer = isTalk && checked.ok ? offerable(said.text, shown) : null;
  if (offer !== null)
    return { aside: true, say: words.offer.replace("#", () => escaped(offer, "markdown")), offered: offer };
  return { aside: true, say: isTalk && asked.asides > 0 ? null : words.aside };
}

function keep(context: Context, node: Ask, { value, label }: { value: Value; label: string | null }): void {
  const { frame } = context;
  context.set(frame.node, { [node.expect.id]: value });
  if (label !== null) context.label(frame.node, { [node.expect.id]: label });
  if (!node.into) return;
  context.set(node.into, value);
  if (label !== null) frame.labels = { ...frame.labels, [node.into]: label };
}

function askAgain(context: Context, node: Ask, { again, asked }: { again: string; asked: Asked }): Move {
  context.frame.stage = { name: "asked", data: asked };
  return context.want(askingFor(context, again, node));
}

/** Runs that waited before asides were told apart hold the number alone. */
function askedSoFar({ stage }: Frame): Asked {
  const data = stage?.data ?? 1;
  if (typeof data === "number") return { times: data, asides: 0, offered: null };
  return { times: 1, asides: 0, offered: null, ...(data as Partial<Asked>) };
}

function saidIn(data: Value): Said {
  const said = (typeof data === "object" && data !== null ? data : {}) as { text?: Value; toAgent?: Value };
  return { text: String(said.text ?? ""), toAgent: said.toAgent === true };
}
