import type { ConversationState } from "@clew/domain/conversations/state";
import type { Performed } from "@clew/domain/door";

/** A conversation as a batch leaves it, with the change number it got. */
export type Changed = { state: ConversationState; change: number };

/** What a commit brought, for streams and the router. `change` numbers rise in the order of commits. */
export type Committed = {
  done: Performed[];
  changed: Map<string, Changed>;
  /** Of `done`, what brought a customer to a session: a connection of theirs is expected to read it. */
  expected: ReadonlySet<Performed>;
};
