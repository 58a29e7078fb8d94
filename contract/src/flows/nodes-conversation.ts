import { type Static, Type } from "typebox";
import { closed } from "../closed.ts";
import { FieldComponent } from "./components.ts";
import { Next, node, values } from "./nodes-common.ts";
import { FlowDuration, formula, Name, text, VariablePath, value } from "./spellings.ts";

/** A formula that gives the conversation's id; absent: the run's own conversation. */
export const OtherConversation = Type.Optional(formula("text", "private"));

/** A press sends `value`, or the label when there is none, as the customer's words. */
export const QuickReply = Type.Object(
  { label: text(80), value: Type.Optional(Type.String({ maxLength: 100 })) },
  { additionalProperties: false },
);

/** `attachments` give files that were sent in the conversation, by formula. `silent`: no sound, no unread mark. */
export const MessageSendNode = node(
  "message.send",
  {
    conversation: OtherConversation,
    as: Type.Optional(closed(["agent", "bot", "system"])),
    text: text(6000),
    quickReplies: Type.Optional(Type.Array(QuickReply, { maxItems: 10 })),
    attachments: Type.Optional(Type.Array(value("open"), { maxItems: 10 })),
    silent: Type.Optional(Type.Boolean()),
    next: Next,
  },
  "Says something to the customer.",
);
export type MessageSendNode = Static<typeof MessageSendNode>;

export const MessageNoteNode = node(
  "message.note",
  { conversation: OtherConversation, text: text(6000), next: Next },
  "Leaves a note that only staff see.",
);
export type MessageNoteNode = Static<typeof MessageNoteNode>;

export const MessageDraftNode = node(
  "message.draft",
  { text: text(6000), next: Next, noAgent: Next },
  "Puts words into the agent's composer without sending them.",
);
export type MessageDraftNode = Static<typeof MessageDraftNode>;

/** The answer is known as `<node>.<component>`, like a screen's, and goes `into` a variable where one is named. */
export const AskNode = node(
  "ask",
  {
    text: text(6000),
    expect: FieldComponent,
    attempts: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
    reprompt: Type.Optional(text(2000)),
    within: Type.Optional(FlowDuration),
    into: Type.Optional(VariablePath),
    next: Next,
    gaveUp: Next,
    timeout: Next,
  },
  "Asks one question as a message and waits for the answer.",
);
export type AskNode = Static<typeof AskNode>;

/**
 * Takes over what the customer told in an earlier session. `fields` absent: all. Staff see that it was carried. `confirm`:
 * `none` takes it as good; `agentBadge`, what is meant without a word, marks it for the agent, who confirms it by one press;
 * `askCustomer` lets the customer say by one tap whether it is still right: no takes the path `nothing`.
 */
export const PrechatRestoreNode = node(
  "prechat.restore",
  {
    from: Type.Optional(closed(["first", "latest"])),
    of: Type.Optional(closed(["conversation", "customer"])),
    fields: Type.Optional(Type.Array(Name, { minItems: 1, maxItems: 100 })),
    maxAge: Type.Optional(FlowDuration),
    overwrite: Type.Optional(closed(["empty", "never", "always"])),
    confirm: Type.Optional(closed(["none", "agentBadge", "askCustomer"])),
    into: Type.Optional(VariablePath),
    next: Next,
    nothing: Next,
  },
  "Restores pre-chat answers of an earlier session.",
);
export type PrechatRestoreNode = Static<typeof PrechatRestoreNode>;

export const SessionSetNode = node(
  "session.set",
  {
    attributes: Type.Optional(values("open")),
    tags: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 50 })),
    priority: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 100 }), formula("number", "open")])),
    language: Type.Optional(Type.String({ maxLength: 2001, "x-spelling": "text", "x-gives": "text" })),
    next: Next,
  },
  "Sets what is known of the session.",
);
export type SessionSetNode = Static<typeof SessionSetNode>;

export const SessionEndNode = node(
  "session.end",
  {
    reason: Type.Optional(Type.String({ maxLength: 200, "x-spelling": "text", "x-gives": "text" })),
    message: Type.Optional(text(6000)),
    closeConversation: Type.Optional(Type.Boolean()),
    next: Next,
  },
  "Ends the session.",
);
export type SessionEndNode = Static<typeof SessionEndNode>;
