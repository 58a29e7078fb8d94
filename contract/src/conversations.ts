import { type Static, Type } from "typebox";
import { closed } from "./closed.ts";
import { Fact } from "./facts.ts";
import { FormEntry, RunTag } from "./flows/entries.ts";
import { SurveyAnswer } from "./forms.ts";
import { EventNumber, Id, Language, Time } from "./ids.ts";
import { Session, SessionStaff } from "./sessions.ts";

export const ConversationKind = closed(["asynchronous", "session-based"]);
export type ConversationKind = Static<typeof ConversationKind>;

/** How far each side has received and read, as event numbers. They only grow. */
export const Positions = Type.Object({
  customerDelivered: EventNumber,
  customerRead: EventNumber,
  agentDelivered: EventNumber,
  agentRead: EventNumber,
});
export type Positions = Static<typeof Positions>;

/** The customer as staff see them. `verified` customers were vouched for by a signed identity token. */
export const ConversationCustomer = Type.Object({
  id: Id,
  kind: closed(["guest", "verified"]),
  name: Type.Union([Type.String(), Type.Null()]),
  email: Type.Union([Type.String(), Type.Null()]),
  subject: Type.Union([Type.String(), Type.Null()], { description: "the `sub` of the identity token" }),
});
export type ConversationCustomer = Static<typeof ConversationCustomer>;

/** Where the customer was when the conversation started. */
export const Page = Type.Object(
  { url: Type.String({ maxLength: 2000 }), title: Type.Optional(Type.String({ maxLength: 300 })) },
  { additionalProperties: false },
);
export type Page = Static<typeof Page>;

/**
 * A conversation at event number `number`. Applying the events after `number` with `applyEvent` gives the same as a fresh
 * snapshot. `staff`, `customer` and `page` are absent for customers; their `facts` have the values masked (null).
 */
export const ConversationSnapshot = Type.Object({
  id: Id,
  channelId: Id,
  kind: ConversationKind,
  status: closed(["open", "closed"]),
  number: EventNumber,
  createdAt: Time,
  language: Language,
  session: Type.Union([Session, Type.Null()]),
  positions: Positions,
  customer: Type.Optional(ConversationCustomer),
  page: Type.Optional(Type.Union([Page, Type.Null()])),
  /** The customer's client shows messages and nothing else. */
  plain: Type.Optional(Type.Boolean()),
  facts: Type.Optional(Type.Array(Fact)),
  staff: Type.Optional(Type.Union([SessionStaff, Type.Null()])),
  /** The newest forms of the conversation, oldest first. */
  forms: Type.Optional(Type.Array(FormEntry)),
  /** Flows at work on it, for staff. */
  runs: Type.Optional(Type.Array(RunTag)),
});
export type ConversationSnapshot = Static<typeof ConversationSnapshot>;

/** One earlier session in a list. */
export const SessionSummary = Type.Object({
  session: Session,
  firstNumber: EventNumber,
  queueName: Type.Optional(Type.String()),
  /** For staff: what the customer answered after it. */
  survey: Type.Optional(Type.Array(SurveyAnswer)),
});
export type SessionSummary = Static<typeof SessionSummary>;
