import { type Static, type TProperties, Type } from "typebox";
import { Attachment } from "./attachments.ts";
import { closed } from "./closed.ts";
import { ConversationCustomer, ConversationKind, Page } from "./conversations.ts";
import { Fact } from "./facts.ts";
import { FORM_CHANGES, FormEntry, RUN_OUTCOMES, RunTag } from "./flows/entries.ts";
import { SurveyAnswer } from "./forms.ts";
import { Duration, EventNumber, Id, Language, Time } from "./ids.ts";
import { Because, Session, SessionStaff } from "./sessions.ts";

/** Who did it. `name` is the public name at that time, so that old lines keep the name they were said under. */
export const By = Type.Object({
  who: closed(["customer", "agent", "supervisor", "bot", "system"]),
  id: Type.Optional(Id),
  name: Type.Optional(Type.String()),
});
export type By = Static<typeof By>;

const common = {
  conversationId: Id,
  number: EventNumber,
  at: Time,
  by: By,
  /** `staff` events reach customers as `hidden`, so that the numbers stay without holes. */
  audience: closed(["all", "staff"]),
  /** The command that caused it; for messages the client's own message id. */
  commandId: Type.Optional(Id),
};

/** Every session event carries the session after it; `staff` is stripped for customers. */
const session = { session: Session, staff: Type.Optional(SessionStaff) };

function event<const Name extends string, Fields extends TProperties>(name: Name, fields: Fields) {
  return Type.Object({ type: Type.Literal(name), ...common, ...fields });
}

export const EVENTS = {
  "conversation.started": event("conversation.started", {
    kind: ConversationKind,
    channelId: Id,
    language: Language,
    customer: Type.Optional(ConversationCustomer),
    page: Type.Optional(Type.Union([Page, Type.Null()])),
    plain: Type.Optional(Type.Boolean()),
  }),
  "conversation.closed": event("conversation.closed", {}),
  /** All that was said and told before is gone: earlier events are `hidden`, the customer is nobody. */
  "conversation.erased": event("conversation.erased", {}),
  "customer.verified": event("customer.verified", { customer: Type.Optional(ConversationCustomer) }),
  "session.started": event("session.started", {
    ...session,
    reason: closed(["first", "customer-wrote", "asked", "leave-message"]),
  }),
  "session.waiting": event("session.waiting", {
    ...session,
    reason: closed([
      "started",
      "transfer",
      "requeued",
      "agent-left",
      "overflow",
      "closed-by-agent",
      "routed",
      "fallback",
    ]),
  }),
  "session.offered": event("session.offered", { ...session, agentId: Id, offerId: Id, dueAt: Time }),
  "session.offer-ended": event("session.offer-ended", {
    ...session,
    agentId: Id,
    offerId: Id,
    how: closed(["declined", "timed-out", "withdrawn"]),
    why: Type.Optional(Type.String()),
  }),
  "session.assigned": event("session.assigned", {
    ...session,
    how: closed(["accepted", "auto-accepted", "taken", "assigned", "transferred", "returned", "bot"]),
  }),
  "session.transferred": event("session.transferred", {
    ...session,
    to: Type.Object({ kind: closed(["agent", "queue", "skill"]), id: Id, name: Type.Optional(Type.String()) }),
    note: Type.Optional(Type.String()),
  }),
  "session.inactive": event("session.inactive", {
    ...session,
    why: closed(["silence", "marked", "closed-by-agent", "parked"]),
  }),
  "session.resumed": event("session.resumed", {
    ...session,
    why: closed(["customer-wrote", "agent-wrote", "marked", "close-undone"]),
  }),
  "session.warned": event("session.warned", session),
  "customer.gone": event("customer.gone", session),
  /** `same-agent`: the one from before has them; `other-agent`: somebody else will, `because`. */
  "customer.returned": event("customer.returned", {
    ...session,
    how: closed(["same-browser", "link", "prompt", "message"]),
    outcome: closed(["same-agent", "other-agent", "waiting"]),
    because: Type.Optional(Because),
    awayFor: Duration,
  }),
  "hold.ended": event("hold.ended", {
    ...session,
    what: closed(["capacity", "same-agent"]),
    how: closed(["expired", "released"]),
  }),
  "hold.extended": event("hold.extended", { ...session, until: Time }),
  "session.cleared": event("session.cleared", { ...session, mode: closed(["end", "park"]) }),
  "session.over-waited": event("session.over-waited", {
    ...session,
    next: closed(["message", "queue", "leave-message", "end"]),
  }),
  "session.ended": event("session.ended", {
    ...session,
    previousStatus: closed(["new", "waiting", "active", "inactive", "error"]),
  }),
  "session.reopened": event("session.reopened", { ...session, why: closed(["optout-undone"]) }),
  /** `answers` are for staff; absent when the customer wanted to say nothing (`session.survey` is "skipped" then). */
  "survey.answered": event("survey.answered", { ...session, answers: Type.Optional(Type.Array(SurveyAnswer)) }),
  "message.posted": event("message.posted", {
    text: Type.String(),
    attachments: Type.Array(Attachment),
    sessionId: Type.Union([Id, Type.Null()]),
    automatic: Type.Optional(closed(["greeting", "out-of-hours", "over-waited", "warning"])),
    /** Offered to the customer: a press posts `text` as their own words. */
    replies: Type.Optional(Type.Array(Type.Object({ label: Type.String(), text: Type.String() }))),
    /** Makes no sound and is not counted as unread. */
    silent: Type.Optional(Type.Boolean()),
  }),
  "note.posted": event("note.posted", {
    text: Type.String(),
    attachments: Type.Array(Attachment),
    /** What the system says by it, for readers who have words of their own: answers came when the time of that form was over. */
    automatic: Type.Optional(Type.Object({ what: closed(["late-answers"]), title: Type.String() })),
  }),
  /** Customers get their facts with the value masked (null): enough to know what need not be asked again. */
  "facts.recorded": event("facts.recorded", { facts: Type.Array(Fact) }),
  /** Runs at work on the conversation, all of them after this event. */
  "flow.started": event("flow.started", { run: RunTag, runs: Type.Array(RunTag) }),
  "flow.ended": event("flow.ended", {
    run: RunTag,
    runs: Type.Array(RunTag),
    outcome: closed(RUN_OUTCOMES),
    fault: Type.Optional(Type.Object({ code: Type.String(), node: Type.String(), message: Type.String() })),
  }),
  /** Words that a flow puts into the composer of the agent; nobody has sent them. */
  "draft.proposed": event("draft.proposed", { text: Type.String() }),
  /** What a flow wrote down about the session for staff; `language` when the customer is served in another from now on. */
  "session.described": event("session.described", { ...session, language: Type.Optional(Type.String()) }),
  "form.opened": event("form.opened", { form: FormEntry }),
  "form.changed": event("form.changed", {
    form: FormEntry,
    how: closed(FORM_CHANGES),
    text: Type.Optional(Type.String()),
  }),
  /** A staff event as customers get it: the number and nothing else. */
  hidden: event("hidden", {}),
} as const;

type Events = { [Name in keyof typeof EVENTS]: Static<(typeof EVENTS)[Name]> };
export type EventType = keyof Events;
export type EventOf<Name extends EventType> = Events[Name];
export type ConversationEvent = Events[EventType];
export const ConversationEvent = Type.Union(Object.values(EVENTS));
