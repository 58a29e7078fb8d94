import type { NodeOf } from "@clew/contract/flows/definition";
import { wordsOf } from "../asking/words.ts";
import { optionsFor } from "../screens/choices.ts";
import type { Context, Move } from "./context.ts";
import type { Operation, Said, Target } from "./operation.ts";
import { RunFault } from "./run.ts";

type ConversationNode = NodeOf<
  | "message.send"
  | "message.note"
  | "message.draft"
  | "ask"
  | "prechat.restore"
  | "session.set"
  | "session.end"
  | "availability"
  | "route"
>;

/** More than this nobody presses: options beyond are answered in words. */
const MOST_REPLIES = 10;
const MINUTE_MS = 60_000;
/** Characters of a bot's name. */
const LONGEST_NAME = 60;

export function conversationNode(context: Context, node: ConversationNode): Move {
  return context.want(operation(context, node));
}

function operation(context: Context, node: ConversationNode): Operation {
  switch (node.type) {
    case "message.send": {
      const conversationId = conversationOf(context, node.conversation);
      const { text, quickReplies } = saidBy(context, node);
      return {
        do: "message.send",
        conversationId,
        as: node.as ?? "bot",
        text: spoken(context, text),
        quickReplies,
        attachments: (node.attachments ?? []).map((file) => context.value(file)),
        silent: node.silent ?? false,
        ...(conversationId === context.run.conversationId ? {} : inItsLanguages(context, node)),
      };
    }
    case "message.note":
      return {
        do: "message.note",
        conversationId: conversationOf(context, node.conversation),
        text: context.message(node.text),
      };
    case "message.draft":
      return { do: "message.draft", conversationId: conversationOf(context, undefined), text: context.text(node.text) };
    case "ask":
      return askingFor(context, context.message(node.text), node);
    case "prechat.restore":
      return {
        do: "prechat.restore",
        from: node.from ?? "latest",
        of: node.of ?? "conversation",
        fields: node.fields ?? null,
        maxAge: context.duration(node.maxAge),
        overwrite: node.overwrite ?? "empty",
        confirm: node.confirm ?? "agentBadge",
      };
    case "session.set":
      return {
        do: "session.set",
        attributes: context.values(node.attributes),
        tags: node.tags ?? [],
        priority: context.number(node.priority),
        language: context.line(node.language),
      };
    case "session.end":
      return {
        do: "session.end",
        reason: context.line(node.reason),
        message: node.message === undefined ? null : spoken(context, context.message(node.message)),
        close: node.closeConversation ?? false,
      };
    case "availability":
      return { do: "availability", of: targetOf(context, node.of) };
    case "route":
      return {
        do: "route",
        to: targetOf(context, node.to),
        priority: context.number(node.priority),
        size: node.size ?? null,
        relaxAfter: context.duration(node.relaxAfter),
        waitMax: context.duration(node.waitMax),
        overflow: node.overflow ? context.line(node.overflow.queue) : null,
        reason: context.line(node.reason),
      };
  }
}

function saidBy(context: Context, { text, quickReplies = [] }: NodeOf<"message.send">): Said {
  return {
    text: context.message(text),
    quickReplies: quickReplies.map(({ label, value }) => ({ label: context.text(label), value: value ?? null })),
  };
}

/** Which language another conversation is in is not known here: who sends it chooses. */
function inItsLanguages(context: Context, node: NodeOf<"message.send">): { inLanguages?: Record<string, Said> } {
  const texts = [node.text, ...(node.quickReplies ?? []).map(({ label }) => label)];
  const languages = new Set(texts.flatMap((text) => (typeof text === "string" ? [] : Object.keys(text))));
  if (languages.size === 0) return {};
  const said = [...languages].map((language) => [language, context.inLanguage(language, () => saidBy(context, node))]);
  return { inLanguages: Object.fromEntries(said) };
}

/** One question as a message of the bot. What can be chosen is offered to be pressed, when that is not too much. */
export function askingFor(context: Context, text: string, { expect }: NodeOf<"ask">): Operation {
  const choices =
    expect.kind === "choice" && !expect.multiple ? optionsFor(expect, context.frame.values, context.shown) : [];
  return {
    do: "message.send",
    conversationId: conversationOf(context, undefined),
    as: "bot",
    text: spoken(context, expect.required === false ? `${text}\n${maySkip(context)}` : text),
    quickReplies: choices.length > MOST_REPLIES ? [] : choices.map(({ label }) => ({ label, value: null })),
    attachments: [],
    silent: false,
  };
}

function maySkip({ shown }: Context): string {
  const { optional, skip } = wordsOf(shown.locale);
  return optional.replace("@", () => skip[0] ?? "-");
}

/** The conversation that a node names, or the run's own. */
export function conversationOf(context: Context, written: string | undefined): string {
  const id = written === undefined ? context.run.conversationId : context.line(written);
  if (!id) throw new RunFault("notFound", "There is no conversation to do this in");
  return id;
}

/** Counts a message: a flow that has lost its way must not flood a customer. */
export function spoken(context: Context, text: string): string {
  const { run, given } = context;
  const recent = run.messages.recent.filter((at) => at > given.now - MINUTE_MS);
  if (recent.length >= context.limit("messagesPerMinute") || run.messages.total >= context.limit("messagesPerRun"))
    throw new RunFault("limit", "The run has sent too many messages");
  run.messages = { recent: [...recent, given.now], total: run.messages.total + 1 };
  return text;
}

/** A bot by its name, and the flow in the version that this one was published with. */
function botOf(context: Context, { bot, flow }: Extract<NodeOf<"route">["to"], { bot: string }>): Target {
  const { frame, given } = context;
  const name = (context.line(bot) ?? "").replace(/\s+/g, " ").trim().slice(0, LONGEST_NAME);
  if (name === "") throw new RunFault("validation", "The bot has no name");
  if (flow === undefined) throw new RunFault("notFound", `Nobody says what ${name} does`);
  const version = flow === frame.key ? frame.version : given.locked(frame.key, frame.version, flow);
  return { kind: "bot", bot: name, flow, version };
}

function targetOf(context: Context, to: NodeOf<"route">["to"]): Target {
  if ("skills" in to) {
    return {
      kind: "skills",
      skills: to.skills.map(({ skill, min }) => ({ skill: context.line(skill) ?? "", min: min ?? 1 })),
      queue: context.line(to.queue),
    };
  }
  if ("queue" in to) return { kind: "queue", queue: context.line(to.queue) ?? "" };
  if ("agent" in to) return { kind: "agent", agent: context.line(to.agent) ?? "" };
  if ("bot" in to) return botOf(context, to);
  return { kind: "previousAgent", within: context.duration(to.previousAgent.within) };
}
