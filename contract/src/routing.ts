import { type Static, Type } from "typebox";
import { closed } from "./closed.ts";
import { Duration, Id, Localized } from "./ids.ts";
import { ReconnectClocks } from "./sessions.ts";

export const SkillLevel = Type.Object(
  { skillId: Id, level: Type.Integer({ minimum: 1, maximum: 10 }) },
  { additionalProperties: false },
);
export type SkillLevel = Static<typeof SkillLevel>;

export const SkillSettings = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 80 }) },
  { additionalProperties: false },
);
export const Skill = Type.Object({ id: Id, ...SkillSettings.properties, revision: Type.Integer() });
export type Skill = Static<typeof Skill>;

/** What happens when a session has waited for `maxWait`. */
export const OverWait = Type.Union([
  Type.Object({ next: Type.Literal("message"), text: Localized }, { additionalProperties: false }),
  Type.Object({ next: Type.Literal("queue"), queueId: Id }, { additionalProperties: false }),
  Type.Object({ next: Type.Literal("leave-message") }, { additionalProperties: false }),
  Type.Object({ next: Type.Literal("end") }, { additionalProperties: false }),
]);
export type OverWait = Static<typeof OverWait>;

/**
 * A queue: where sessions wait, and how they find an agent. Among able agents `most-available` prefers the most free
 * capacity, `least-active` the one who was given work longest ago.
 */
export const QueueSettings = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80 }),
    strategy: closed(["most-available", "least-active"]),
    offerFor: Duration,
    autoAccept: Type.Boolean(),
    maxWait: Type.Union([Duration, Type.Null()]),
    overWait: OverWait,
    hoursId: Type.Union([Id, Type.Null()]),
    /** What Close (the agent steps away) does to the item: keep it with the agent, park it, or queue it again. */
    onClose: closed(["keep", "park", "requeue"]),
    members: Type.Array(Id, { maxItems: 2000 }),
    skills: Type.Array(SkillLevel, { maxItems: 20, description: "asked of every session of the queue" }),
    /** Own clocks for customers who drop out, in place of the channel's; absent: the channel's. */
    reconnect: Type.Optional(ReconnectClocks),
  },
  { additionalProperties: false },
);
export type QueueSettings = Static<typeof QueueSettings>;

export const Queue = Type.Object({ id: Id, ...QueueSettings.properties, revision: Type.Integer() });
export type Queue = Static<typeof Queue>;

/** Live figures of a queue for the console. */
export const QueueState = Type.Object({
  queueId: Id,
  waiting: Type.Integer(),
  oldestWaitingSince: Type.Union([Type.Integer(), Type.Null()]),
  available: Type.Integer(),
  online: Type.Integer(),
  estimate: Type.Union([Type.Integer(), Type.Null()]),
});
export type QueueState = Static<typeof QueueState>;
