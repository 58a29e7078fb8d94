import type { ClientCommandType } from "@clew/contract/commands";
import type { ProblemCode } from "@clew/contract/problems";
import type { Actor } from "../actor.ts";

/** The conversation a command is about, as far as permission goes. */
export type ConversationAccess = {
  customerId: string;
  /** The owner: the agent of the current session, or of the last one once it has ended. */
  agentId: string | null;
  /** Members of the queue that the session is, or last was, in. */
  queueMembers: readonly string[];
  /** To whom the session is offered right now. */
  offeredTo?: string | null;
  /** Who pressed Close, while it can be undone. */
  closedBy?: string | null;
  /** Who keeps a place for its customer, who is back and waits for them. */
  keptBy?: string | null;
};

type Rule = "customer" | "viewer" | "owner" | "offered" | "take" | "holder" | "undo-close" | "self";

/** Whom of the staff a command asks for; `customer` commands are for customers alone. */
const STAFF_RULES: Record<ClientCommandType, Rule> = {
  "conversation.start": "customer",
  "session.start": "customer",
  "survey.answer": "customer",
  "optout.undo": "customer",
  "session.clear": "customer",
  "hold.extend": "owner",
  "hold.release": "holder",
  "message.post": "owner",
  "form.submit": "owner",
  "form.extend": "owner",
  "form.cancel": "owner",
  "form.send-back": "owner",
  "session.end": "owner",
  "positions.move": "viewer",
  "note.post": "viewer",
  "fact.correct": "viewer",
  "offer.accept": "offered",
  "offer.decline": "offered",
  "session.take": "take",
  "session.transfer": "owner",
  "session.mark-inactive": "owner",
  "session.mark-active": "owner",
  "session.close": "owner",
  "session.undo-close": "undo-close",
  "presence.set": "self",
};
const CUSTOMER_MAY: readonly ClientCommandType[] = [
  "conversation.start",
  "session.start",
  "survey.answer",
  "optout.undo",
  "session.clear",
  "message.post",
  "session.end",
  "positions.move",
  "form.submit",
  "form.extend",
  "form.cancel",
];
const KEY_MAY: readonly ClientCommandType[] = ["message.post", "note.post", "session.end"];

/**
 * Whether the actor may give the command, or the problem that says why not. `about` is null when there is no such
 * conversation; customers get the same answer for another's. Whether the state allows it is the rule's to say.
 */
export function mayCommand(
  actor: Actor,
  type: ClientCommandType,
  about: ConversationAccess | null,
): true | ProblemCode {
  switch (actor.who) {
    case "system":
      return true;
    case "customer":
      if (!CUSTOMER_MAY.includes(type)) return "forbidden";
      if (about === null) return type === "conversation.start" ? true : "not-found";
      return mayView(actor, about) ? true : "not-found";
    case "key":
      // The key's scope `conversations:write` was checked at the edge.
      if (!KEY_MAY.includes(type)) return "forbidden";
      return about ? true : "not-found";
    case "agent":
      return mayAgent(actor, STAFF_RULES[type], about);
  }
}

/** Who may see a conversation: its customer, its owner, members of its queue, supervisors, admins, programs with a key. */
export function mayView(actor: Actor, about: ConversationAccess): boolean {
  if (actor.who === "customer") return actor.id === about.customerId;
  if (actor.who !== "agent" || actor.role !== "agent") return true;
  const { agentId, offeredTo, closedBy, keptBy } = about;
  return about.queueMembers.includes(actor.id) || [agentId, offeredTo, closedBy, keptBy].includes(actor.id);
}

function mayAgent(
  actor: Extract<Actor, { who: "agent" }>,
  rule: Rule,
  about: ConversationAccess | null,
): true | ProblemCode {
  if (rule === "self") return true;
  if (rule === "customer") return "forbidden";
  if (about === null || !mayView(actor, about)) return "not-found";
  if (rule === "viewer") return true;
  if (rule === "offered") return about.offeredTo === actor.id ? true : "offer-gone";
  if (actor.role !== "agent" || about.agentId === actor.id) return true;
  if (rule === "holder" && about.keptBy === actor.id) return true;
  if (rule === "undo-close" && about.closedBy === actor.id) return true;
  if (about.agentId !== null) return "session-taken";
  return rule === "take" && about.queueMembers.includes(actor.id) ? true : "forbidden";
}
