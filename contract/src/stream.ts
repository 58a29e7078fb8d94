import { type Static, Type } from "typebox";
import { closed } from "./closed.ts";
import { ClientCommand, CommandAnswer } from "./commands.ts";
import { ConversationSnapshot } from "./conversations.ts";
import { ConversationEvent } from "./events.ts";
import { FormAct, FormSay } from "./flows/form-live.ts";
import { Cursor, EventNumber, Id, Time } from "./ids.ts";
import { InboxChange } from "./inbox.ts";
import { Passing } from "./presence.ts";
import { ProblemSchema } from "./problem-schema.ts";
import type { Problem } from "./problems.ts";

/**
 * The stream, one JSON object a frame, over a WebSocket at `/api/v1/stream` (or server-sent events and POST with the
 * same objects). The client speaks first with `hello`; the server answers `welcome` or `bye`. Then the client subscribes
 * by topic with the cursor it holds. The server answers `snapshot` or `resync`, or goes straight to `events` after the
 * cursor, and marks the end of catching up with `live`; all that follows is live. Numbers rise by one.
 */
export const TopicSchema = Type.Union([
  Type.Object({ kind: Type.Literal("conversation"), id: Id }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal("inbox") }, { additionalProperties: false }),
]);
export type Topic = Static<typeof TopicSchema>;

export { DEAD_AFTER_MS, PING_EVERY_MS, SNAPSHOT_EVENTS, WINDOW } from "./limits.ts";

export const ClientMessage = Type.Union([
  Type.Object(
    { type: Type.Literal("hello"), protocol: Type.Integer(), token: Type.Optional(Type.String({ maxLength: 4000 })) },
    { additionalProperties: false, description: "customers give their access token; agents come by cookie" },
  ),
  /** A customer's new token, shown before the old one ends: half a minute after that the server says `bye`. */
  Type.Object(
    { type: Type.Literal("token"), token: Type.String({ maxLength: 4000 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { type: Type.Literal("subscribe"), topic: TopicSchema, cursor: Type.Optional(Cursor) },
    { additionalProperties: false },
  ),
  Type.Object({ type: Type.Literal("unsubscribe"), topic: TopicSchema }, { additionalProperties: false }),
  Type.Object({ type: Type.Literal("ack"), topic: TopicSchema, number: EventNumber }, { additionalProperties: false }),
  Type.Object({ type: Type.Literal("command"), command: ClientCommand }, { additionalProperties: false }),
  Type.Object(
    {
      type: Type.Literal("typing"),
      conversationId: Id,
      on: Type.Boolean(),
      text: Type.Optional(Type.String({ maxLength: 4000 })),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { type: Type.Literal("view"), conversationId: Type.Union([Id, Type.Null()]) },
    { additionalProperties: false },
  ),
  /** What one does to an open form of the conversation; answered by `form` messages, never stored in the log. */
  Type.Object(
    { type: Type.Literal("form"), conversationId: Id, formId: Id, act: FormAct },
    { additionalProperties: false },
  ),
  Type.Object({ type: Type.Literal("ping"), at: Time }, { additionalProperties: false }),
]);
type LooseClient = Static<typeof ClientMessage>;
export type ClientMessage = Exclude<LooseClient, { type: "command" }> | { type: "command"; command: ClientCommand };

export const BYE_REASONS = [
  "restarting",
  "token-expired",
  "signed-out",
  "protocol",
  "too-slow",
  "superseded",
  "revoked",
  "unauthenticated",
  "too-old",
  "too-much",
] as const;

export const ServerMessage = Type.Union([
  Type.Object({
    type: Type.Literal("welcome"),
    protocol: Type.Integer(),
    epoch: Type.String(),
    now: Time,
    connectionId: Type.String(),
  }),
  Type.Object({
    type: Type.Literal("snapshot"),
    topic: TopicSchema,
    epoch: Type.String(),
    snapshot: ConversationSnapshot,
    /** The newest events up to `snapshot.number`, oldest first, as many as a page holds. */
    events: Type.Array(ConversationEvent),
  }),
  Type.Object({ type: Type.Literal("events"), topic: TopicSchema, events: Type.Array(ConversationEvent) }),
  Type.Object({ type: Type.Literal("inbox"), changes: Type.Array(InboxChange), number: EventNumber }),
  Type.Object({ type: Type.Literal("live"), topic: TopicSchema, number: EventNumber }),
  /** The cursor is of another epoch or from the future, or the log was erased: drop what you hold; a snapshot follows. */
  Type.Object({ type: Type.Literal("resync"), topic: TopicSchema, because: closed(["epoch", "future", "erased"]) }),
  Type.Object({ type: Type.Literal("refused"), topic: Type.Union([TopicSchema, Type.Null()]), problem: ProblemSchema }),
  Type.Object({ type: Type.Literal("answer"), commandId: Id, ok: Type.Literal(true), answer: CommandAnswer }),
  Type.Object({ type: Type.Literal("answer"), commandId: Id, ok: Type.Literal(false), problem: ProblemSchema }),
  Type.Object({ type: Type.Literal("passing"), passing: Passing }),
  Type.Object({ type: Type.Literal("form"), conversationId: Id, formId: Id, say: FormSay }),
  Type.Object({ type: Type.Literal("pong"), at: Time, now: Time }),
  /** The server closes after this. `retryAfter` in milliseconds: come back within a random part of it; null: do not. */
  Type.Object({
    type: Type.Literal("bye"),
    reason: closed(BYE_REASONS),
    retryAfter: Type.Union([Type.Integer(), Type.Null()]),
  }),
]);
type Loose = Static<typeof ServerMessage>;
/** Unions made from tables do not infer, so the messages that hold one name its type. */
export type ServerMessage =
  | Exclude<Loose, { type: "refused" | "answer" | "snapshot" | "events" | "form" }>
  | { type: "form"; conversationId: string; formId: string; say: FormSay }
  | { type: "snapshot"; topic: Topic; epoch: string; snapshot: ConversationSnapshot; events: ConversationEvent[] }
  | { type: "events"; topic: Topic; events: ConversationEvent[] }
  | { type: "refused"; topic: Topic | null; problem: Problem }
  | { type: "answer"; commandId: string; ok: true; answer: Static<typeof CommandAnswer> }
  | { type: "answer"; commandId: string; ok: false; problem: Problem };
