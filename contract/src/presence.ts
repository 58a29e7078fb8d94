import { type Static, Type } from "typebox";
import { closed } from "./closed.ts";
import { Positions } from "./conversations.ts";
import { Duration, Id, Time } from "./ids.ts";

/** What an agent chose. What counts is `Availability`: a choice without a living connection is `offline`. */
export const AVAILABILITY = ["available", "busy", "away", "offline"] as const;
export const AvailabilityStatus = closed(AVAILABILITY);
export type AvailabilityStatus = Static<typeof AvailabilityStatus>;

/** An agent's presence as others see it. `status` is the effective one. Own reasons come from settings. */
export const AgentPresence = Type.Object({
  agentId: Id,
  chosen: AvailabilityStatus,
  status: AvailabilityStatus,
  reason: Type.Union([Type.String({ maxLength: 60 }), Type.Null()]),
  since: Time,
  load: Type.Integer({ minimum: 0 }),
  capacity: Type.Integer({ minimum: 0 }),
});
export type AgentPresence = Static<typeof AgentPresence>;

/** How long an agent's connection may be silent before it no longer counts, in milliseconds. */
export const AGENT_LEASE_MS = 45_000;

/** Passing messages: never stored, never numbered, the newest wins. */
export const Passing = Type.Union([
  Type.Object({
    type: Type.Literal("typing"),
    conversationId: Id,
    who: closed(["customer", "agent"]),
    id: Type.Optional(Id),
    name: Type.Optional(Type.String()),
    on: Type.Boolean(),
    /** What the customer is typing; only to staff, only where the channel allows it. */
    text: Type.Optional(Type.String({ maxLength: 4000 })),
  }),
  Type.Object({ type: Type.Literal("positions"), conversationId: Id, positions: Positions }),
  Type.Object({
    type: Type.Literal("viewers"),
    conversationId: Id,
    agents: Type.Array(Type.Object({ id: Id, name: Type.String(), typing: Type.Boolean() })),
  }),
  Type.Object({ type: Type.Literal("customer-connected"), conversationId: Id, connected: Type.Boolean() }),
  Type.Object({
    type: Type.Literal("queue-place"),
    conversationId: Id,
    place: Type.Integer({ minimum: 1 }),
    /** Estimated wait in milliseconds, or null when too little is known to be honest. */
    estimate: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
  }),
  /** To the customer alone: how long the session waits for them once they drop out; null: as long as it lives. */
  Type.Object({ type: Type.Literal("kept"), conversationId: Id, for: Type.Union([Duration, Type.Null()]) }),
  Type.Object({ type: Type.Literal("deployment"), channelId: Id, number: Type.Integer() }),
  Type.Object({ type: Type.Literal("configuration"), noun: Type.String() }),
  Type.Object({ type: Type.Literal("agent-presence"), presence: AgentPresence }),
  /** Something about a run or a record has changed: who shows it reads it again. */
  Type.Object({
    type: Type.Literal("run-changed"),
    runId: Id,
    status: Type.String(),
    startedFor: Type.Union([Id, Type.Null()]),
    recordId: Type.Union([Id, Type.Null()]),
  }),
  Type.Object({ type: Type.Literal("record-changed"), object: Type.String(), recordId: Id }),
]);
export type Passing = Static<typeof Passing>;
