import { type Static, Type } from "typebox";
import { Id } from "./ids.ts";

/** Minutes since local midnight, 0 to 1440. */
const Minute = Type.Integer({ minimum: 0, maximum: 1440 });
const Span = Type.Object({ from: Minute, to: Minute }, { additionalProperties: false });
const Day = Type.Array(Span, { maxItems: 10 });
const CalendarDate = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });

/** Business hours in an IANA time zone. Week days run from Monday (index 0) to Sunday (6). Exceptions replace a whole day. */
export const HoursSettings = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80 }),
    timeZone: Type.String({ minLength: 1, maxLength: 60 }),
    week: Type.Array(Day, { minItems: 7, maxItems: 7 }),
    exceptions: Type.Array(
      Type.Object(
        { date: CalendarDate, name: Type.Optional(Type.String({ maxLength: 80 })), spans: Day },
        { additionalProperties: false },
      ),
      { maxItems: 400 },
    ),
  },
  { additionalProperties: false },
);
export type HoursSettings = Static<typeof HoursSettings>;

export const Hours = Type.Object({ id: Id, ...HoursSettings.properties, revision: Type.Integer() });
export type Hours = Static<typeof Hours>;
