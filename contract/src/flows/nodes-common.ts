import { type Static, type TProperties, Type } from "typebox";
import { closed } from "../closed.ts";
import { FAULT_CODES } from "./faults.ts";
import { Condition, Link, Name, named, value } from "./spellings.ts";
import { LIMITS, NAME_PATTERN, type NodeType } from "./words.ts";

/** A way out of a fault: `match` lists codes, `*` all; `as` names the variable that holds what happened. */
export const FaultPath = Type.Object(
  {
    match: Type.Array(closed([...FAULT_CODES, "*"]), { minItems: 1, maxItems: 20 }),
    next: Link,
    as: Type.Optional(Name),
  },
  { additionalProperties: false },
);
export type FaultPath = Static<typeof FaultPath>;

export const Next = Type.Optional(Link);

/** Names given to values: what goes into another flow, a record, a request. `takes` as in spellings. */
export function values(takes: string) {
  return named("^[A-Za-z][A-Za-z0-9_.-]{0,99}$", value(takes));
}

/** Inputs of another flow, or outputs of this one, by name. */
export const Handed = named(NAME_PATTERN, value("secret"));

/**
 * A node: what all have, and its own fields. The order of the properties is the order in a saved file.
 * `skipIf` true: the node does nothing and `next` is taken. `maxVisits` beyond which the fault `limit` is raised.
 */
export function node<const T extends NodeType, P extends TProperties>(type: T, own: P, description: string) {
  return Type.Object(
    {
      type: Type.Literal(type),
      label: Type.Optional(Type.String({ maxLength: 120, description: "what people call this step" })),
      note: Type.Optional(Type.String({ maxLength: 2000, description: "for the next author" })),
      ...own,
      skipIf: Type.Optional(Condition),
      maxVisits: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.stepsPerRun })),
      faults: Type.Optional(Type.Array(FaultPath, { maxItems: 20 })),
    },
    { additionalProperties: false, description },
  );
}
