import { type Static, Type } from "typebox";
import { closed } from "./closed.ts";
import { AnswerValue, FieldKey } from "./forms.ts";
import { Id, Time } from "./ids.ts";

/**
 * What is known of a customer in a conversation. `sessionId` and `at` say when the value was first told, whatever session
 * it is shown in; `how` says how: typed by the customer, set hidden by the page, corrected by an agent, or confirmed by one as
 * it was told before.
 */
export const Fact = Type.Object({
  key: FieldKey,
  value: AnswerValue,
  /** What a choice was called when it was made, for staff: in English, or the first language there is. */
  label: Type.Optional(Type.String()),
  sessionId: Id,
  sessionNumber: Type.Integer({ minimum: 1 }),
  at: Time,
  how: closed(["typed", "hidden", "corrected", "confirmed", "looked-up"]),
  by: Type.Object({
    who: closed(["customer", "agent", "page", "flow"]),
    id: Type.Optional(Id),
    name: Type.Optional(Type.String()),
  }),
});
export type Fact = Static<typeof Fact>;

/** A fact as one session has it: `carried` when it was told in an earlier session. */
export const SessionFact = Type.Intersect([Fact, Type.Object({ carried: Type.Boolean() })]);
export type SessionFact = Fact & { carried: boolean };
