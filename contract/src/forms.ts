import { type Static, Type } from "typebox";
import { closed } from "./closed.ts";
import { Localized } from "./ids.ts";

export const FIELD_TYPES = [
  "text",
  "longText",
  "email",
  "number",
  "phone",
  "checkbox",
  "choice",
  "dependentChoice",
  "date",
  "rating",
] as const;
export const FieldType = closed(FIELD_TYPES);
export type FieldType = Static<typeof FieldType>;

/** Name of a question and of the fact that it becomes. */
export const FieldKey = Type.String({ pattern: "^[a-z][A-Za-z0-9_]{0,49}$" });

export const Choice = Type.Object(
  {
    value: Type.String({ minLength: 1, maxLength: 100 }),
    label: Localized,
    /** For `dependentChoice`: the values of the field named in `dependsOn` for which this choice is shown. */
    when: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 200 })),
  },
  { additionalProperties: false },
);

/** One question of a form. `hidden` fields are set by page script; `editable: false` shows a pre-filled value fixed. */
export const FormField = Type.Object(
  {
    key: FieldKey,
    type: FieldType,
    label: Localized,
    hint: Type.Optional(Localized),
    required: Type.Boolean(),
    hidden: Type.Boolean(),
    editable: Type.Boolean(),
    maxLength: Type.Optional(Type.Integer({ minimum: 1, maximum: 4000 })),
    pattern: Type.Optional(Type.String({ maxLength: 200 })),
    patternHint: Type.Optional(Localized),
    min: Type.Optional(Type.Number()),
    max: Type.Optional(Type.Number()),
    choices: Type.Optional(Type.Array(Choice, { maxItems: 500 })),
    dependsOn: Type.Optional(FieldKey),
  },
  { additionalProperties: false },
);
export type FormField = Static<typeof FormField>;

/** When the pre-chat is asked. `missing` asks only what has no fact or one older than `olderThanDays`. */
export const AskPolicy = Type.Object(
  {
    when: closed(["conversation", "session", "missing"]),
    olderThanDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
  },
  { additionalProperties: false },
);
export type AskPolicy = Static<typeof AskPolicy>;

export const PreChatForm = Type.Object(
  {
    title: Type.Optional(Localized),
    intro: Type.Optional(Localized),
    ask: AskPolicy,
    fields: Type.Array(FormField, { maxItems: 40 }),
  },
  { additionalProperties: false },
);
export type PreChatForm = Static<typeof PreChatForm>;

/** What is asked after the end of a session that an agent had. Answers stay with the session: they are no facts. */
export const SurveyForm = Type.Object(
  {
    on: Type.Boolean(),
    title: Type.Optional(Localized),
    intro: Type.Optional(Localized),
    fields: Type.Array(FormField, { maxItems: 20 }),
  },
  { additionalProperties: false },
);
export type SurveyForm = Static<typeof SurveyForm>;

/** A value as typed. `null` means asked and left blank; a missing answer means not asked. Dates are "YYYY-MM-DD". */
export const AnswerValue = Type.Union([Type.String({ maxLength: 4000 }), Type.Number(), Type.Boolean(), Type.Null()]);
export type AnswerValue = Static<typeof AnswerValue>;

export const Answer = Type.Object(
  { key: FieldKey, value: AnswerValue, how: closed(["typed", "hidden"]) },
  { additionalProperties: false },
);
export type Answer = Static<typeof Answer>;

/** One answer to the survey as it was given: with the question's words then, and the answer in words: what a choice was called, "4/5" of a rating. */
export const SurveyAnswer = Type.Object({
  key: FieldKey,
  question: Type.String(),
  value: AnswerValue,
  label: Type.Optional(Type.String()),
});
export type SurveyAnswer = Static<typeof SurveyAnswer>;
