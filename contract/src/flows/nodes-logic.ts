import { type Static, Type } from "typebox";
import { closed } from "../closed.ts";
import { HIGHEST_LIMITS } from "./flow-limits.ts";
import { Handed, Next, node } from "./nodes-common.ts";
import { Condition, FlowKey, formula, Link, Name, named, VariablePath, value } from "./spellings.ts";
import { NAME_PATTERN } from "./words.ts";

export const DecisionNode = node(
  "decision",
  {
    branches: Type.Array(
      Type.Object(
        { label: Type.Optional(Type.String({ maxLength: 120 })), when: Condition, next: Link },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 50 },
    ),
    else: Link,
  },
  "Takes the first branch that is true.",
);
export type DecisionNode = Static<typeof DecisionNode>;

/** `append` adds to a list, `remove` takes equal items out of one, `add` adds to a number or a duration. */
export const AssignNode = node(
  "assign",
  {
    set: Type.Array(
      Type.Object(
        {
          var: VariablePath,
          op: Type.Optional(closed(["set", "append", "remove", "add"])),
          value: value(),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 100 },
    ),
    provenance: Type.Optional(closed(["carried", "typed", "looked-up"])),
    next: Next,
  },
  "Sets variables, one after the other.",
);
export type AssignNode = Static<typeof AssignNode>;

/** `as` is known in the body only. The body links to `$continue` or `$break`; `next` follows when it is over. */
export const LoopNode = node(
  "loop",
  {
    over: formula("list"),
    as: Name,
    max: Type.Optional(Type.Integer({ minimum: 1, maximum: HIGHEST_LIMITS.loopItems })),
    body: Link,
    next: Next,
    empty: Next,
  },
  "Goes through a list, item by item.",
);
export type LoopNode = Static<typeof LoopNode>;

/** `out` says which variable takes which output of the called flow. */
export const SubflowNode = node(
  "subflow",
  {
    flow: FlowKey,
    bind: Type.Optional(closed(["locked", "active-at-start"])),
    in: Type.Optional(Handed),
    out: Type.Optional(named(NAME_PATTERN, Type.String({ pattern: NAME_PATTERN }), { "x-keys": "variable" })),
    next: Next,
  },
  "Runs another flow and goes on when it has ended.",
);
export type SubflowNode = Static<typeof SubflowNode>;

export const EndNode = node(
  "end",
  {
    outcome: Type.Optional(closed(["completed", "cancelled", "failed"])),
    out: Type.Optional(Handed),
  },
  "Ends the run; `out` gives the outputs.",
);
export type EndNode = Static<typeof EndNode>;
