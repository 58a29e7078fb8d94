import type { Attachment } from "@clew/contract/attachments";
import type { By, ConversationEvent, EventOf } from "@clew/contract/events";
import type { Problem } from "@clew/contract/problems";

/** How far a message came. `sending`: kept here, unanswered; `failed`: refused, kept until retried or discarded. */
export type Delivery =
  | { state: "sending" }
  | { state: "failed"; problem: Problem }
  | { state: "sent" }
  | { state: "delivered" }
  | { state: "read" };

/** A message, sent or not yet. `key` is the message's own id and stays the same when it is stored. */
export type MessageItem = {
  kind: "message" | "note";
  key: string;
  text: string;
  attachments: readonly Attachment[];
  by: By;
  at: number;
  /** Written by this side: the customer in the widget, any agent in the console. */
  mine: boolean;
  /** Only of messages of this side. */
  delivery: Delivery | null;
  /** Null while it is not stored. */
  number: number | null;
  event: EventOf<"message.posted"> | EventOf<"note.posted"> | null;
};

/** The line between sessions: a session starts here. */
export type SessionItem = {
  kind: "session";
  key: string;
  number: number;
  at: number;
  event: EventOf<"session.started">;
};

type Shown = "message.posted" | "note.posted" | "session.started" | "hidden";
export type NoticeEvent = Exclude<ConversationEvent, { type: Shown }>;
/** Anything else that happened: assigned, transferred, ended, facts, … The view chooses which ones it words. */
export type NoticeItem = { kind: "notice"; key: string; number: number; at: number; event: NoticeEvent };

export type TimelineItem = MessageItem | SessionItem | NoticeItem;
