import type { Actor } from "@clew/domain/actor";
import type { Configuration } from "@clew/domain/configuration";
import type { ConversationState } from "@clew/domain/conversations/state";
import { accessOf } from "@clew/domain/decide";
import { mayView } from "@clew/domain/permissions/permissions";
import type { Caller } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";

/** The caller as rules know them; `Refused` for those who are nobody. */
export function actorOf(caller: Caller): Actor {
  switch (caller.who) {
    case "customer":
      return { who: "customer", id: caller.customerId, name: caller.name };
    case "staff":
      return { who: "agent", id: caller.agentId, name: caller.name, role: caller.role };
    case "key":
      return { who: "key", id: caller.keyId, name: caller.name };
    case "public":
      throw new Refused("unauthenticated");
  }
}

/** Whether the caller may see the conversation; another's and none at all must get the same answer. */
export function maySee(
  caller: Caller,
  state: ConversationState | null,
  configuration: Configuration,
): state is ConversationState {
  if (!state || caller.who === "public") return false;
  if (caller.who === "customer" && state.snapshot.channelId !== caller.channelId) return false;
  return mayView(actorOf(caller), accessOf(state, { configuration }));
}

/** Two callers are the same person, whatever they showed, when this is the same. */
export function personOf(caller: Caller): string {
  switch (caller.who) {
    case "customer":
      return `customer ${caller.customerId}`;
    case "staff":
      return `staff ${caller.agentId}`;
    case "key":
      return `key ${caller.keyId}`;
    case "public":
      return "public";
  }
}
