import { type Static, Type } from "typebox";
import { closed } from "../closed.ts";
import { Id, Time } from "../ids.ts";
import { ProblemSchema } from "../problem-schema.ts";
import type { Problem } from "../problems.ts";
import { Component } from "./components.ts";

/** A field of a form: node and component, `ask.reason`; in a `repeat` also the item, `ask.borrowers/0/name`. */
export const FormField = Type.String({
  pattern: "^[a-z][A-Za-z0-9_]*\\.[a-z][A-Za-z0-9_]*(/\\d{1,2}/[a-z][A-Za-z0-9_]*)?$",
  maxLength: 120,
});

/** What is known of a field without its value. `hidden`: it is not asked, as things stand. */
export const FIELD_STATUSES = ["empty", "filled", "valid", "invalid"] as const;
export const FieldStatus = closed(FIELD_STATUSES);
export type FieldStatus = Static<typeof FieldStatus>;

/**
 * A field as the receiver may see it. `value` is absent where their role and the field's privacy do not allow it. `seq` is
 * the place of its last change in the form's own order; `source` how the value came to be.
 */
export const FieldView = Type.Object({
  field: FormField,
  status: FieldStatus,
  visible: Type.Boolean(),
  value: Type.Optional(Type.Unknown()),
  problem: Type.Optional(Type.String()),
  by: closed(["customer", "agent", "flow"]),
  source: closed(["typed", "prefill", "suggestion", "carried"]),
  seq: Type.Integer({ minimum: 0 }),
  at: Time,
});
export type FieldView = Static<typeof FieldView>;

export const FieldSuggestion = Type.Object({
  field: FormField,
  value: Type.Unknown(),
  by: Type.Object({ id: Type.Optional(Id), name: Type.String() }),
  at: Time,
});
export type FieldSuggestion = Static<typeof FieldSuggestion>;

/** One page of a form. `scope` holds what its formulas read beside its own fields: inputs, and answers of pages before. */
export const FormPage = Type.Object({
  node: Type.String(),
  title: Type.String(),
  components: Type.Array(Component),
  scope: Type.Record(Type.String(), Type.Unknown()),
  back: Type.Boolean(),
  /** Whether sending ends the form, as far as the answers so far tell; otherwise the button says Next. */
  last: Type.Boolean(),
  review: Type.Boolean(),
  /** For customers: the payment pages of the connectors that the page's payments name, by connector. */
  payments: Type.Optional(Type.Record(Type.String(), Type.String())),
});
export type FormPage = Static<typeof FormPage>;

/** Who has the form open, and in which field they are. */
export const FormPerson = Type.Object({
  who: closed(["customer", "agent", "supervisor"]),
  id: Type.Optional(Id),
  name: Type.Optional(Type.String()),
  field: Type.Union([FormField, Type.Null()]),
});
export type FormPerson = Static<typeof FormPerson>;

const common = { op: Id, field: FormField };

/** A place for an address that another system knows of. `value` holds the parts of an answer to an address. */
export const FoundAddress = Type.Object({
  label: Type.String({ maxLength: 300 }),
  value: Type.Record(Type.String(), Type.String()),
});
export type FoundAddress = Static<typeof FoundAddress>;

/** What one does to an open form. `op` is the client's own id: a repeat is acknowledged again and changes nothing. */
export const FormAct = Type.Union([
  Type.Object({ act: Type.Literal("join") }, { additionalProperties: false }),
  Type.Object({ act: Type.Literal("leave") }, { additionalProperties: false }),
  /**
   * A whole value; null empties. `base`: `seq` of the field as the client knew it. Secrets send their `status` only;
   * of a payment nobody is told the token again.
   */
  Type.Object(
    {
      act: Type.Literal("set"),
      ...common,
      value: Type.Optional(Type.Unknown()),
      status: Type.Optional(FieldStatus),
      base: Type.Integer({ minimum: 0 }),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { act: Type.Literal("focus"), field: Type.Union([FormField, Type.Null()]) },
    { additionalProperties: false },
  ),
  Type.Object({ act: Type.Literal("suggest"), ...common, value: Type.Unknown() }, { additionalProperties: false }),
  Type.Object(
    { act: Type.Literal("answer-suggestion"), ...common, accept: Type.Boolean() },
    { additionalProperties: false },
  ),
  Type.Object({ act: Type.Literal("page"), op: Id, to: closed(["next", "back"]) }, { additionalProperties: false }),
  Type.Object({ act: Type.Literal("show-typing"), on: Type.Boolean() }, { additionalProperties: false }),
  Type.Object({ act: Type.Literal("point"), field: FormField }, { additionalProperties: false }),
  Type.Object(
    { act: Type.Literal("hint"), field: FormField, text: Type.String({ maxLength: 500 }) },
    { additionalProperties: false },
  ),
  /** For customers: which addresses there are to what was typed. Answered by `found`. */
  Type.Object(
    { act: Type.Literal("lookup"), ...common, text: Type.String({ minLength: 1, maxLength: 200 }) },
    { additionalProperties: false },
  ),
]);
export type FormAct = Static<typeof FormAct>;

/** The form as the receiver may see it, whole: after joining, after a change of page, and when too much was missed. */
export const FormView = Type.Object({
  formId: Id,
  seq: Type.Integer({ minimum: 0 }),
  revision: Type.Integer({ minimum: 1 }),
  page: Type.Union([FormPage, Type.Null()]),
  fields: Type.Array(FieldView),
  suggestions: Type.Array(FieldSuggestion),
  people: Type.Array(FormPerson),
  /** The customer lets the agent see the typing. */
  showTyping: Type.Boolean(),
  live: closed(["values", "status", "none"]),
  maySuggest: Type.Boolean(),
  submitBy: closed(["customer", "agent"]),
  confirmPrefill: Type.Boolean(),
});
export type FormView = Static<typeof FormView>;

/** What the server says of an open form. */
export const FormSay = Type.Union([
  Type.Object({ say: Type.Literal("view"), view: FormView }),
  Type.Object({ say: Type.Literal("field"), seq: Type.Integer(), view: FieldView }),
  Type.Object({ say: Type.Literal("ack"), op: Id, seq: Type.Integer() }),
  /** `current` is the field as it stands, where the change met another. */
  Type.Object({
    say: Type.Literal("reject"),
    op: Id,
    code: closed(["conflict", "leased", "not-yours", "invalid", "closed", "unknown-field", "too-large"]),
    problems: Type.Optional(Type.Record(Type.String(), Type.String())),
    current: Type.Optional(FieldView),
  }),
  Type.Object({ say: Type.Literal("suggestion"), suggestion: FieldSuggestion }),
  Type.Object({ say: Type.Literal("suggestion-gone"), field: FormField }),
  Type.Object({ say: Type.Literal("people"), people: Type.Array(FormPerson) }),
  Type.Object({ say: Type.Literal("show-typing"), on: Type.Boolean() }),
  Type.Object({ say: Type.Literal("point"), field: FormField }),
  Type.Object({ say: Type.Literal("hint"), field: FormField, text: Type.String() }),
  /** Empty as well where nobody could be asked: the address is then typed. */
  Type.Object({ say: Type.Literal("found"), op: Id, items: Type.Array(FoundAddress, { maxItems: 10 }) }),
  Type.Object({ say: Type.Literal("refused"), problem: ProblemSchema }),
]);
type LooseSay = Static<typeof FormSay>;
/** Unions made from tables do not infer, so the member that holds one names its type. */
export type FormSay = Exclude<LooseSay, { say: "refused" }> | { say: "refused"; problem: Problem };
