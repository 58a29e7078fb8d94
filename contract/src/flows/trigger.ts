import { type Static, Type } from "typebox";
import { closed } from "../closed.ts";
import { Condition, text } from "./spellings.ts";
import { TRIGGERS } from "./words.ts";

/** Days are 1 (Monday) to 7; `zone` is a name such as "Europe/Vienna". */
export const Schedule = Type.Union([
  Type.Object({ every: Type.String({ pattern: "^P.+$", maxLength: 40 }) }, { additionalProperties: false }),
  Type.Object(
    {
      at: Type.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$" }),
      zone: Type.String({ minLength: 1, maxLength: 60 }),
      days: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7 })),
    },
    { additionalProperties: false },
  ),
]);
export type Schedule = Static<typeof Schedule>;

/**
 * What starts a run. `channels` names or ids; `where` says on which pages an agent finds the button, `label` what it is
 * called; `fields` of the case that must have changed; `filter` sees the inputs. Flows on one trigger run by `order`.
 */
export const Trigger = Type.Object(
  {
    on: closed(TRIGGERS),
    channels: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 80 }), { minItems: 1, maxItems: 100 })),
    where: Type.Optional(
      Type.Array(closed(["case", "session", "conversation", "contact"]), { minItems: 1, maxItems: 4 }),
    ),
    label: Type.Optional(text(80)),
    fields: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 50 })),
    schedule: Type.Optional(Schedule),
    filter: Type.Optional(Condition),
    order: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
  },
  { additionalProperties: false },
);
export type Trigger = Static<typeof Trigger>;
