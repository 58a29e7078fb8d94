import type { Attachment } from "@clew/contract/attachments";
import type { ClientCommand, ClientCommandOf } from "@clew/contract/commands";
import type { ConversationCustomer } from "@clew/contract/conversations";
import type { DeadlineKind } from "./deadlines/deadlines.ts";
import type { FlowCommand } from "./flows/conversation/commands.ts";

type Resolved<Name extends "message.post" | "note.post" | "conversation.start"> = ClientCommandOf<Name> & {
  files: Attachment[];
};

/** Commands that no client gives: the router's offers, due deadlines, what identity found out, agents who left. */
export type SystemCommand =
  | { type: "session.offer"; id: string; conversationId: string; sessionId: string; agentId: string }
  | { type: "offer.withdraw"; id: string; conversationId: string; agentId: string; why: string }
  /** `link`: of the customer's own, to come back with, for words that have a place for it. */
  | { type: "deadline.strike"; id: string; conversationId: string; kind: DeadlineKind; link?: string }
  | { type: "customer.verify"; id: string; conversationId: string; customer: ConversationCustomer }
  | { type: "conversation.erase"; id: string; conversationId: string }
  | { type: "customer.gone"; id: string; conversationId: string }
  | { type: "customer.returned"; id: string; conversationId: string; how: "same-browser" | "link" | "prompt" }
  | { type: "agent.left"; id: string; conversationId: string; agentId: string }
  | { type: "agent.absent"; id: string; conversationId: string; agentId: string };

/** Commands about an agent alone. `lease` in milliseconds from now. */
export type PresenceCommand =
  | (ClientCommandOf<"presence.set"> & { agentId: string })
  | { type: "presence.renew"; id: string; agentId: string; lease: number }
  | { type: "presence.shorten"; id: string; agentId: string; lease: number }
  | { type: "presence.drop"; id: string; agentId: string }
  | { type: "presence.expire"; id: string; agentId: string };

/** Commands about a conversation, with what the server looked up for them. */
export type ConversationCommand =
  | Exclude<
      ClientCommand,
      { type: "message.post" | "note.post" | "conversation.start" | "presence.set" | FlowCommand["type"] }
    >
  | Resolved<"message.post">
  | Resolved<"note.post">
  | (Resolved<"conversation.start"> & { customer: ConversationCustomer })
  | SystemCommand
  | FlowCommand;

export type Command = ConversationCommand | PresenceCommand;

export function isPresenceCommand(command: Command): command is PresenceCommand {
  return command.type.startsWith("presence.");
}
