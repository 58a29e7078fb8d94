import type { ConversationCustomer } from "@clew/contract/conversations";
import { type Circumstances, type Decision, refuse } from "../decision.ts";
import { cancelForms } from "../flows/conversation/forms.ts";
import { Draft } from "./draft.ts";
import { NAME_KEYS } from "./inbox-item.ts";
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
  if (isSomebodyElse(state, command.customer)) cancelForms(draft);
  return draft.done();
}

/**
 * Whether who signs in is another person than who wrote: of name and e-mail address, as told and as vouched for, those
 * that can be compared all differ. Of a name one word in common will do: people write theirs in many ways.
 */
function isSomebodyElse({ snapshot }: ConversationState, { name, email }: ConversationCustomer): boolean {
  const told = (keys: readonly string[]) =>
    words(
      ...snapshot.facts.flatMap(({ key, value }) => (keys.includes(key) && typeof value === "string" ? [value] : [])),
    );
  const compared = [
    { told: told(NAME_KEYS), proved: words(name) },
    { told: told(["email"]), proved: words(email) },
  ].filter((both) => both.told.length > 0 && both.proved.length > 0);
  return compared.length > 0 && compared.every((both) => !both.told.some((word) => both.proved.includes(word)));
}

/** Each word, and all of them as one: not every language puts spaces between names. */
function words(...texts: readonly (string | null)[]): string[] {
  return texts.flatMap((text) => {
    const all = (text ?? "")
      .normalize("NFKC")
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean);
    return [...all, all.join("")].filter(Boolean);
  });
}
