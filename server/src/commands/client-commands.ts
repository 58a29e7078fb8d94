import type { ClientCommand, ClientCommandOf, CommandAnswer } from "@clew/contract/commands";
import type { ConversationCustomer } from "@clew/contract/conversations";
import { LINK_PLACE } from "@clew/contract/limits";
import type { Actor } from "@clew/domain/actor";
import type { Command } from "@clew/domain/commands";
import type { SentFrom } from "@clew/domain/flows/conversation/commands";
import type { Caller } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { actorOf } from "../stream/access.ts";
import type { Door } from "./execute.ts";

export type FormCommand = ClientCommandOf<"form.submit" | "form.extend" | "form.cancel" | "form.send-back">;
type Parts = {
  door: Door;
  /** The customer as staff see them. */
  customerOf(customerId: string): Promise<ConversationCustomer | null>;
  /** Whose form it is, and of one that is sent what other systems judge; throws `Refused` where that speaks against it. */
  checkForm(command: FormCommand, actor: Actor): Promise<void>;
  /** A link for the customer to come back with; the same for the same `id`. */
  reconnectLink(conversationId: string, id: string, createdBy: string): Promise<string>;
};

/**
 * A client's command on its way to the door: who gives it is added, a customer's start gets the customer it is for.
 * Files are looked up by the door itself, in the transaction that binds them to their message.
 */
export function clientCommands({ door, customerOf, checkForm, reconnectLink }: Parts) {
  return async (
    command: ClientCommand,
    caller: Caller,
    from: SentFrom,
    way?: { connected: boolean },
  ): Promise<CommandAnswer> => {
    const actor = actorOf(caller);
    return door.execute(await complete(command, caller, from), actor, way);
  };

  async function complete(command: ClientCommand, caller: Caller, from: SentFrom): Promise<Command> {
    switch (command.type) {
      case "conversation.start": {
        if (caller.who !== "customer") throw new Refused("forbidden");
        if (command.channelId !== caller.channelId) throw new Refused("not-found");
        const customer = await customerOf(caller.customerId);
        if (!customer) throw new Refused("unauthenticated");
        return { ...command, customer, files: [] };
      }
      case "message.post":
        return { ...command, text: await withLink(command, caller), files: [] };
      case "note.post":
        return { ...command, files: [] };
      case "form.submit":
        await checkForm(command, actorOf(caller));
        return { ...command, receipt: null, from };
      case "form.extend":
      case "form.cancel":
      case "form.send-back":
        await checkForm(command, actorOf(caller));
        return command;
      case "presence.set": {
        if (caller.who !== "staff") throw new Refused("forbidden");
        return { ...command, agentId: caller.agentId };
      }
      default:
        return command;
    }
  }
  /** `{{reconnect.link}}` in what staff write becomes a link of the customer's own; nobody else can make one appear. */
  async function withLink(command: ClientCommandOf<"message.post">, caller: Caller): Promise<string> {
    if (caller.who !== "staff" || !command.text.includes(LINK_PLACE)) return command.text;
    const link = await reconnectLink(command.conversationId, command.id, `agent:${caller.agentId}`);
    return command.text.replaceAll(LINK_PLACE, link);
  }
}
