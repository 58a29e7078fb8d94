import { type Static, Type } from "typebox";
import { closed } from "../closed.ts";
import { Id, Time } from "../ids.ts";

/** A flow's name and number as they stand in the log: what ran, in the version that ran. */
export const FlowVersionName = Type.Object({ key: Type.String(), version: Type.Integer() });

/** A run at work on a conversation, as staff see it. `scope` says what ends it. */
export const RunTag = Type.Object({
  id: Id,
  flow: FlowVersionName,
  title: Type.String(),
  scope: closed(["session", "conversation"]),
  sessionId: Type.Union([Id, Type.Null()]),
  startedAt: Time,
});
export type RunTag = Static<typeof RunTag>;

export const RUN_OUTCOMES = ["completed", "cancelled", "failed", "faulted", "expired"] as const;
export const RunOutcome = closed(RUN_OUTCOMES);
export type RunOutcome = Static<typeof RunOutcome>;

export const FORM_STATES = ["open", "submitted", "cancelled", "expired", "superseded"] as const;
export const FormState = closed(FORM_STATES);
export type FormState = Static<typeof FormState>;

/** What was sent, as both sides keep it. `text` is null where only its being there may be told (private, secret). */
export const ReceiptAnswer = Type.Object({
  field: Type.String(),
  label: Type.String(),
  text: Type.Union([Type.String(), Type.Null()]),
  privacy: closed(["open", "private", "secret"]),
  /** The files of the answer, where they may be told: attachments of the conversation. */
  files: Type.Optional(
    Type.Array(Type.Object({ id: Id, name: Type.String(), size: Type.Integer(), type: Type.String() })),
  ),
  /**
   * Which words were agreed to, of a consent that was given: `hash` is the SHA-256 of the very text that was read. From
   * where, if the form keeps it, is for staff alone.
   */
  consent: Type.Optional(
    Type.Object({
      textId: Type.String(),
      version: Type.Integer(),
      hash: Type.String(),
      ip: Type.Optional(Type.String()),
      userAgent: Type.Optional(Type.String()),
    }),
  ),
});
export type ReceiptAnswer = Static<typeof ReceiptAnswer>;

/** `id` is the receipt's number, the same for every repeat of the submission. `late`: it came when the time was over. */
export const FormReceipt = Type.Object({
  id: Id,
  revision: Type.Integer(),
  at: Time,
  by: closed(["customer", "agent"]),
  late: Type.Optional(Type.Boolean()),
  answers: Type.Array(ReceiptAnswer),
});
export type FormReceipt = Static<typeof FormReceipt>;

/**
 * A form as an entry of its conversation. `live`: what the agent sees of the typing. `remark`: sent back with these words
 * about these fields, or cancelled with these words; `revision` counts how often it was opened for answers. `asked`: its questions
 * are asked one by one, as messages.
 */
export const FormEntry = Type.Object({
  id: Id,
  flow: FlowVersionName,
  title: Type.String(),
  questions: Type.Integer(),
  state: FormState,
  revision: Type.Integer({ minimum: 1 }),
  live: closed(["values", "status", "none"]),
  openedAt: Time,
  expiresAt: Type.Union([Time, Type.Null()]),
  remindAt: Type.Union([Time, Type.Null()]),
  remark: Type.Union([Type.Object({ text: Type.String(), fields: Type.Array(Type.String()) }), Type.Null()]),
  asked: Type.Optional(Type.Boolean()),
  receipt: Type.Union([FormReceipt, Type.Null()]),
  /** Who gave it up. `sign-in`: somebody else signed in where it was being filled in; what was typed is gone. */
  cancelled: Type.Optional(closed(["customer", "agent", "system", "sign-in"])),
});
export type FormEntry = Static<typeof FormEntry>;

/** What happened to a form after it was opened. */
export const FORM_CHANGES = [
  "submitted",
  "sent-back",
  "extended",
  "reminded",
  "cancelled",
  "expired",
  "superseded",
] as const;
