import { type Static, Type } from "typebox";
import { Next, node } from "./nodes-common.ts";
import { FlowDuration, FlowKey, formula, line, VariablePath } from "./spellings.ts";

const name = (description: string) =>
  Type.String({ minLength: 1, maxLength: 2001, "x-spelling": "text", "x-gives": "text", description });

/** `min` is the least level, 1 to 10. */
export const SkillNeed = Type.Object(
  { skill: name("name or id of a skill"), min: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })) },
  { additionalProperties: false },
);
export type SkillNeed = Static<typeof SkillNeed>;

const ToQueue = Type.Object({ queue: name("name or id of a queue") }, { additionalProperties: false });
const ToSkills = Type.Object(
  { skills: Type.Array(SkillNeed, { minItems: 1, maxItems: 20 }), queue: Type.Optional(name("name or id of a queue")) },
  { additionalProperties: false },
);
const ToAgent = Type.Object({ agent: name("id, or formula that gives one") }, { additionalProperties: false });
/** The agent of the customer's last session, when it ended no longer than `within` ago. */
const ToPreviousAgent = Type.Object(
  { previousAgent: Type.Object({ within: Type.Optional(FlowDuration) }, { additionalProperties: false }) },
  { additionalProperties: false },
);
/** A run of the flow serves the session under this name, until it gives it away, ends it, or is over. */
const ToBot = Type.Object(
  { bot: name("name of a bot"), flow: Type.Optional(FlowKey) },
  { additionalProperties: false },
);

/** `online` agents, free `capacity`, `waiting` sessions, `estimatedWait`, `openNow`, `opensAt`. */
export const AvailabilityNode = node(
  "availability",
  { of: Type.Union([ToQueue, ToSkills, ToAgent]), into: VariablePath, next: Next },
  "Asks who could serve now.",
);
export type AvailabilityNode = Static<typeof AvailabilityNode>;

/**
 * Sends the session to who shall serve it. `size` is the weight, `relaxAfter` the wait after which the skills are wished
 * for, not demanded; after `waitMax` the `timeout` path, or the queue in `overflow`.
 */
export const RouteNode = node(
  "route",
  {
    to: Type.Union([ToQueue, ToSkills, ToAgent, ToPreviousAgent, ToBot]),
    priority: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 100 }), formula("number", "open")])),
    size: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    relaxAfter: Type.Optional(FlowDuration),
    waitMax: Type.Optional(FlowDuration),
    overflow: Type.Optional(ToQueue),
    reason: Type.Optional(line(300)),
    next: Next,
    unavailable: Next,
    timeout: Next,
  },
  "Decides who serves the session.",
);
export type RouteNode = Static<typeof RouteNode>;
