import { type Static, Type } from "typebox";
import { Role } from "./agents.ts";
import { ChannelSettings } from "./channels.ts";
import { ConversationSnapshot } from "./conversations.ts";
import { ConversationEvent } from "./events.ts";
import { Hours } from "./hours.ts";
import { Id, Time } from "./ids.ts";
import { Queue, Skill } from "./routing.ts";

/**
 * The settings that the decisions of a conversation read. Deployments are as they were when their sessions began, without
 * sites and keys; queues, agents, skills and hours as they are when the timeline is exported.
 */
export const TimelineGiven = Type.Object({
  deployments: Type.Array(Type.Object({ number: Type.Integer(), settings: ChannelSettings })),
  queues: Type.Array(Queue),
  skills: Type.Array(Skill),
  hours: Type.Array(Hours),
  agents: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      publicName: Type.String(),
      role: Role,
      capacity: Type.Integer(),
      active: Type.Boolean(),
    }),
  ),
});
export type TimelineGiven = Static<typeof TimelineGiven>;

/** One conversation as a file, from its first event to its last, to be read and to be decided again as a test. */
export const Timeline = Type.Object({
  format: Type.Literal("clew-timeline"),
  version: Type.Literal(1),
  exportedAt: Time,
  conversation: ConversationSnapshot,
  events: Type.Array(ConversationEvent),
  given: TimelineGiven,
});
export type Timeline = Omit<Static<typeof Timeline>, "events"> & { events: ConversationEvent[] };
