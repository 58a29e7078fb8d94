import { applyEvent } from "@clew/contract/apply-event";
import type { ConversationCustomer, ConversationSnapshot, Page } from "@clew/contract/conversations";
import type { ConversationEvent } from "@clew/contract/events";
import type { Fact } from "@clew/contract/facts";
import type { InboxItem } from "@clew/contract/inbox";
import type { SessionStaff } from "@clew/contract/sessions";

/** The snapshot as staff see it: nothing left out. */
export type FullSnapshot = ConversationSnapshot & {
  customer: ConversationCustomer;
  facts: Fact[];
  page: Page | null;
  staff: SessionStaff | null;
};

/**
 * All that the rules know of a conversation: the snapshot that events make, and what the rules read beside it. `unread`
 * holds the numbers of the customer's messages that no agent has read, at most `UNREAD_KEPT` of them.
 */
export type ConversationState = {
  snapshot: FullSnapshot;
  sessions: number;
  /** Number of the first event of the current session. */
  sessionFirstNumber: number;
  lastCustomerAt: number | null;
  lastAgentAt: number | null;
  /** Who spoke last in the current session; two words may fall into one millisecond. */
  lastWord: "customer" | "agent" | null;
  lastMessage: InboxItem["lastMessage"];
  unread: number[];
  /** Deadlines as they stand in the store: kind → due. See deadlines/armed.ts. */
  armed: Record<string, number>;
  updatedAt: number;
  /** Number of the event that erased everything before it. */
  erasedBy?: number;
};

export const UNREAD_KEPT = 99;

/** The state after one more event; `null` stands for a conversation that does not exist yet. */
export function evolve(state: ConversationState | null, event: ConversationEvent): ConversationState {
  if (!state) return begin(event);
  const next: ConversationState = {
    ...state,
    snapshot: applyEvent(state.snapshot, event) as FullSnapshot,
    updatedAt: event.at,
  };
  switch (event.type) {
    case "session.started":
      next.sessions = event.session.number;
      next.sessionFirstNumber = event.number;
      next.lastCustomerAt = null;
      next.lastAgentAt = null;
      next.lastWord = null;
      break;
    case "customer.returned":
      // The clocks of silence begin anew: nobody is silent while away.
      if (state.lastWord === "agent") next.lastAgentAt = event.at;
      break;
    case "conversation.erased":
      next.erasedBy = event.number;
      next.lastMessage = null;
      next.unread = [];
      break;
    case "message.posted":
      next.lastMessage = {
        at: event.at,
        by: event.by.who,
        text: event.text.slice(0, 160) || (event.attachments[0]?.name ?? ""),
      };
      if (event.by.who === "customer") {
        next.lastCustomerAt = event.at;
        next.lastWord = "customer";
        next.unread = newest(state.unread, event.number);
      } else if (event.by.who !== "system") {
        next.lastAgentAt = event.at;
        next.lastWord = "agent";
        next.unread = [];
      }
      break;
    default:
      break;
  }
  return next;
}

/** Copied once: with many unread messages, two copies a message were a tenth of what the server's memory goes through. */
function newest(unread: readonly number[], number: number): number[] {
  const kept = Math.min(unread.length, UNREAD_KEPT - 1);
  const from = unread.length - kept;
  const all = new Array<number>(kept + 1);
  for (let place = 0; place < kept; place += 1) all[place] = unread[from + place] as number;
  all[kept] = number;
  return all;
}

function begin(event: ConversationEvent): ConversationState {
  if (event.type !== "conversation.started") throw new Error(`a conversation cannot begin with ${event.type}`);
  if (!event.customer) throw new Error("the first event names the customer");
  return {
    snapshot: {
      id: event.conversationId,
      channelId: event.channelId,
      kind: event.kind,
      status: "open",
      number: event.number,
      createdAt: event.at,
      language: event.language,
      session: null,
      positions: { customerDelivered: 0, customerRead: 0, agentDelivered: 0, agentRead: 0 },
      customer: event.customer,
      page: event.page ?? null,
      ...(event.plain ? { plain: true } : {}),
      facts: [],
      staff: null,
    },
    sessions: 0,
    sessionFirstNumber: 0,
    lastCustomerAt: null,
    lastAgentAt: null,
    lastWord: null,
    lastMessage: null,
    unread: [],
    armed: {},
    updatedAt: event.at,
  };
}
