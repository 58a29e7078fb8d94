import type { ConversationCustomer } from "@clew/contract/conversations";
import { type Circumstances, type Decision, refuse } from "../decision.ts";
import { Draft } from "./draft.ts";
import type { ConversationState } from "./state.ts";

/** A guest turned out to be a known customer: the same conversation goes on under their name. */
export function verifyCustomer(
  state: ConversationState,
  command: { customer: ConversationCustomer },
  circumstances: Circumstances,
): Decision {
  const before = state.snapshot.customer;
  if (before.id === command.customer.id) return { state, events: [], effects: [] };
  if (before.kind === "verified")
    return refuse("conflict", { detail: "the conversation belongs to another verified customer" });
  const draft = new Draft(state, circumstances, state.snapshot.id);
  draft.add("customer.verified", { customer: command.customer });
  return draft.done();
}
