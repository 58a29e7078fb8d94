import { type Static, type TProperties, type TSchema, Type } from "typebox";
import { closed } from "./closed.ts";
import { Page } from "./conversations.ts";
import { Answer, AnswerValue, FieldKey } from "./forms.ts";
import { Duration, EventNumber, Id, Language, Time } from "./ids.ts";
import { MAX_MESSAGE_FILES, MAX_MESSAGE_LENGTH } from "./limits.ts";
import { AvailabilityStatus } from "./presence.ts";

export { MAX_MESSAGE_LENGTH };

const Text = Type.String({ minLength: 0, maxLength: MAX_MESSAGE_LENGTH });
const Answers = Type.Array(Answer, { maxItems: 60 });
const Attachments = Type.Array(Id, { maxItems: MAX_MESSAGE_FILES });

/** Every command carries the sender's own UUIDv7 as its key: the same id gives the same answer. */
function command<const Name extends string, Fields extends TProperties>(type: Name, fields: Fields) {
  return Type.Object({ type: Type.Literal(type), id: Id, ...fields }, { additionalProperties: false });
}
const conversationId = Id;

/** What a customer may ask. */
export const CUSTOMER_COMMANDS = {
  /**
   * Makes the conversation and its first session; with an open one in the channel, that one is the answer. `shows`: what
   * the client can show beside messages; the questions of forms that it cannot show are asked as messages.
   */
  "conversation.start": command("conversation.start", {
    conversationId,
    channelId: Id,
    language: Language,
    page: Type.Optional(Page),
    shows: Type.Optional(Type.Array(closed(["forms"]), { maxItems: 10 })),
    answers: Answers,
    message: Type.Optional(
      Type.Object({ id: Id, text: Text, attachments: Attachments }, { additionalProperties: false }),
    ),
  }),
  /** Starts the next session of an open conversation before anything is written, with the answers asked for. */
  "session.start": command("session.start", { conversationId, answers: Answers }),
  /** Answers the survey after that session; `answers` null: the customer does not want to. */
  "survey.answer": command("survey.answer", {
    conversationId,
    sessionId: Id,
    answers: Type.Union([Answers, Type.Null()]),
  }),
  "optout.undo": command("optout.undo", { conversationId }),
  /** The window starts clean: the session ends or is parked for the agent, the conversation is this customer's no more. */
  "session.clear": command("session.clear", { conversationId, mode: closed(["end", "park"]) }),
} as const;

/** What both sides may ask. `message.post` of a customer after the end starts the next session where policy allows. */
export const SHARED_COMMANDS = {
  "message.post": command("message.post", {
    conversationId,
    text: Text,
    attachments: Attachments,
    answers: Type.Optional(Answers),
  }),
  "session.end": command("session.end", { conversationId }),
  /**
   * Sends a form. `id` is made when it is sent and kept for every retry. `values`: field → value, the
   * fields named as `node.field`; what is not named stays as drafted. Agents send only answers that are both sides' to give.
   */
  "form.submit": command("form.submit", {
    conversationId,
    formId: Id,
    revision: Type.Integer({ minimum: 1 }),
    values: Type.Record(Type.String({ maxLength: 120 }), Type.Unknown()),
  }),
  /** More time for a form, in milliseconds from now; never less than it has. */
  "form.extend": command("form.extend", { conversationId, formId: Id, by: Duration }),
  "form.cancel": command("form.cancel", {
    conversationId,
    formId: Id,
    text: Type.Optional(Type.String({ maxLength: 1000 })),
  }),
  "positions.move": command("positions.move", {
    conversationId,
    delivered: Type.Optional(EventNumber),
    read: Type.Optional(EventNumber),
  }),
} as const;

/** What staff may ask. */
export const AGENT_COMMANDS = {
  "note.post": command("note.post", { conversationId, text: Text, attachments: Attachments }),
  "offer.accept": command("offer.accept", { conversationId, offerId: Id }),
  "offer.decline": command("offer.decline", { conversationId, offerId: Id, why: Type.String({ maxLength: 60 }) }),
  /** An agent takes a waiting session; a supervisor may name another agent. */
  "session.take": command("session.take", { conversationId, agentId: Type.Optional(Id) }),
  "session.transfer": command("session.transfer", {
    conversationId,
    to: Type.Object({ kind: closed(["agent", "queue", "skill"]), id: Id }, { additionalProperties: false }),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  }),
  "session.mark-inactive": command("session.mark-inactive", { conversationId }),
  "session.mark-active": command("session.mark-active", { conversationId }),
  /** The agent steps away; the item is kept, parked or queued again by policy. Not the end of the session. */
  "session.close": command("session.close", { conversationId }),
  "session.undo-close": command("session.undo-close", { conversationId }),
  /** For a customer who is away: wait longer, or let go of what is held now. */
  "hold.extend": command("hold.extend", { conversationId, by: Duration }),
  "hold.release": command("hold.release", { conversationId }),
  /** Opens a sent form again, with a remark on some of its fields (`node.field`). */
  "form.send-back": command("form.send-back", {
    conversationId,
    formId: Id,
    text: Type.String({ minLength: 1, maxLength: 1000 }),
    fields: Type.Array(Type.String({ maxLength: 120 }), { maxItems: 50 }),
  }),
  "fact.correct": command("fact.correct", { conversationId, key: FieldKey, value: AnswerValue }),
  "presence.set": command("presence.set", {
    status: AvailabilityStatus,
    reason: Type.Union([Type.String({ maxLength: 60 }), Type.Null()]),
  }),
} as const;

/** `Object.values` loses the members for the type, so each union is taken from its table by hand. */
type CommandsOf<Table extends Record<string, TSchema>> = { [Name in keyof Table]: Static<Table[Name]> }[keyof Table];
type Shared = CommandsOf<typeof SHARED_COMMANDS>;

export const CustomerCommand = Type.Union([...Object.values(CUSTOMER_COMMANDS), ...Object.values(SHARED_COMMANDS)]);
export type CustomerCommand = CommandsOf<typeof CUSTOMER_COMMANDS> | Shared;
export const AgentCommand = Type.Union([...Object.values(AGENT_COMMANDS), ...Object.values(SHARED_COMMANDS)]);
export type AgentCommand = CommandsOf<typeof AGENT_COMMANDS> | Shared;
export const ClientCommand = Type.Union([
  ...Object.values(CUSTOMER_COMMANDS),
  ...Object.values(SHARED_COMMANDS),
  ...Object.values(AGENT_COMMANDS),
]);
export type ClientCommand = CustomerCommand | AgentCommand;
export type ClientCommandType = ClientCommand["type"];
export type ClientCommandOf<Name extends ClientCommandType> = Extract<ClientCommand, { type: Name }>;

/** The answer to an accepted command, the same for every repeat. `number` is that of its first event, 0 if it made none. */
export const CommandAnswer = Type.Object({
  commandId: Id,
  conversationId: Type.Union([Id, Type.Null()]),
  number: EventNumber,
  at: Time,
});
export type CommandAnswer = Static<typeof CommandAnswer>;
