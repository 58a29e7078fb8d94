import { type Static, Type } from "typebox";
import { Time } from "../ids.ts";

/** Opens what a customer gave in confidence: `field` as the receipt names it, `reason` for the audit. */
export const OpenSecret = Type.Object(
  {
    field: Type.String({ minLength: 1, maxLength: 200 }),
    reason: Type.String({ minLength: 3, maxLength: 500, pattern: "\\S" }),
  },
  { additionalProperties: false },
);
export type OpenSecret = Static<typeof OpenSecret>;

/** To be shown once and kept nowhere. `keptUntil`: when the server forgets it at the latest. */
export const OpenedSecret = Type.Object({ value: Type.String(), keptUntil: Time });
export type OpenedSecret = Static<typeof OpenedSecret>;
