import type { ConversationState } from "@clew/domain/conversations/state";
import type { Performed } from "@clew/domain/door";

/** A conversation as a batch leaves it, with the change number it got. */
export type Changed = { state: ConversationState; change: number };

/** What a commit brought, for streams and the router. `change` numbers rise in the order of commits. */
export type Committed = { done: Performed[]; changed: Map<string, Changed> };
