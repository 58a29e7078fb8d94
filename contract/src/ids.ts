import { Type } from "typebox";

/** A UUID in lower case, made by whoever makes the thing. Ours are version 7 (RFC 9562), so they sort by time. */
export const Id = Type.String({
  pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
  maxLength: 36,
  description: "UUID, lower case; version 7 preferred",
});

/** Milliseconds since 1970-01-01T00:00:00Z, an integer. */
export const Time = Type.Integer({
  minimum: 0,
  maximum: 8_640_000_000_000_000,
  description: "milliseconds since 1970, UTC",
});

/** A length of time in milliseconds. */
export const Duration = Type.Integer({ minimum: 0, maximum: 31_536_000_000, description: "milliseconds" });

/** Number of an event in its conversation: 1, 2, 3, … without holes. 0 stands for "before the first". */
export const EventNumber = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** A place in a numbered log: `epoch` names the store's incarnation, `number` the last entry already held. */
export const Cursor = Type.Object(
  { epoch: Type.String({ maxLength: 64 }), number: EventNumber },
  { additionalProperties: false },
);
export type Cursor = { epoch: string; number: number };

/** BCP 47 language tag, such as "de" or "pt-BR". */
export const Language = Type.String({ pattern: "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", maxLength: 35 });

/** A text per language, at least one. Readers fall back: exact tag, base language, "en", the first there is. */
export const Localized = Type.Record(Language, Type.String({ maxLength: 4000 }));
export type Localized = Record<string, string>;

export { uuidv7 } from "./uuid.ts";
