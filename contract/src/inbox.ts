import { type Static, Type } from "typebox";
import { closed } from "./closed.ts";
import { ConversationCustomer, ConversationKind } from "./conversations.ts";
import { EventNumber, Id, Language, Time } from "./ids.ts";
import { Session, SessionStaff } from "./sessions.ts";

/** A conversation as a line of the inbox. `unread` counts customer messages after the agents' read position. */
export const InboxItem = Type.Object({
  conversationId: Id,
  channelId: Id,
  kind: ConversationKind,
  status: closed(["open", "closed"]),
  number: EventNumber,
  language: Language,
  customer: ConversationCustomer,
  /** The facts of name, e-mail and topic in one line, made by the server: "Ana · Returns". */
  title: Type.String(),
  session: Session,
  staff: SessionStaff,
  lastMessage: Type.Union([
    Type.Object({
      at: Time,
      by: closed(["customer", "agent", "supervisor", "bot", "system"]),
      text: Type.String({ maxLength: 160 }),
    }),
    Type.Null(),
  ]),
  unread: Type.Integer({ minimum: 0 }),
  updatedAt: Time,
});
export type InboxItem = Static<typeof InboxItem>;

/**
 * The inbox feed is compacted: one entry per conversation, always its newest state, numbered per agent. A reader who
 * holds number n asks for what is above n and misses nothing; holes are entries that newer ones replaced.
 */
export const InboxChange = Type.Object({
  number: EventNumber,
  conversationId: Id,
  /** Null when the conversation no longer concerns this agent. */
  item: Type.Union([InboxItem, Type.Null()]),
});
export type InboxChange = Static<typeof InboxChange>;
