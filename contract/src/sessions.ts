import { type Static, Type } from "typebox";
import { closed } from "./closed.ts";
import { Duration, Id, Time } from "./ids.ts";

export const SESSION_STATUSES = ["new", "waiting", "active", "inactive", "ended", "error"] as const;
export const SessionStatus = closed(SESSION_STATUSES);
export type SessionStatus = Static<typeof SessionStatus>;

/** Who ended a session. */
export const ENDED_BY = ["customer", "agent", "bot", "supervisor", "system"] as const;
export const EndedBy = closed(ENDED_BY);
export type EndedBy = Static<typeof EndedBy>;

/**
 * Why a session ended. `ended` is the plain word for "pressed End"; `queue-limit`: nobody served it as long as its queue
 * lets wait; `transfer-failed`: it was served, and nobody took it over in that time.
 */
export const ENDED_WHY = [
  "ended",
  "inactivity",
  "disconnect",
  "optout",
  "transfer-failed",
  "queue-limit",
  "closed-by-admin",
  "reset",
  "signed-out",
] as const;
export const EndedWhy = closed(ENDED_WHY);
export type EndedWhy = Static<typeof EndedWhy>;

export const SessionEnd = Type.Object({
  by: EndedBy,
  why: EndedWhy,
  at: Time,
  agentId: Type.Optional(Id),
  name: Type.Optional(Type.String()),
});
export type SessionEnd = Static<typeof SessionEnd>;

/** What happens in the window when the agent ends: B · 5 adds the server command behind `ask` and `reset`. */
export const ON_AGENT_END = ["stay", "readOnly", "ask", "reset"] as const;

/** What the customer's next message would do, told before it is typed. */
export const NEXT_MESSAGE = ["joins-session", "starts-session", "refused", "leaves-message"] as const;
export const NextMessage = closed(NEXT_MESSAGE);
export type NextMessage = Static<typeof NextMessage>;

/** The agent as the customer may know them. */
export const PublicAgent = Type.Object({ id: Id, name: Type.String() });
export type PublicAgent = Static<typeof PublicAgent>;

/** A bot as the customer may know it: a flow that talks under this name, while no agent serves the session. */
export const PublicBot = Type.Object({ name: Type.String() });
export type PublicBot = Static<typeof PublicBot>;

/**
 * The four clocks of coming back, in milliseconds. `sessionWindow`: how long a session waits for a customer who dropped
 * (null: as long as it lives). `sameAgentWindow`, never longer: how long the same agent is promised. `capacityHold` and
 * `holdFor`, never longer again: how much of the agent's capacity is kept, and how long. `linkLife`: of a reconnect link.
 */
export const ReconnectTerms = Type.Object(
  {
    sessionWindow: Type.Union([Duration, Type.Null()]),
    sameAgentWindow: Duration,
    capacityHold: closed(["none", "part", "full"]),
    holdFor: Duration,
    linkLife: Duration,
    /**
     * When the previous agent cannot take the customer back: wait for them, wait with their place kept (`hold`) for as long
     * as they were promised, ask their queue, or anyone of it.
     */
    whenAgentUnavailable: closed(["wait", "hold", "team", "any"]),
    /** Page that holds the widget, for links; null: the server's own page. */
    portalUrl: Type.Union([Type.String({ maxLength: 2000, pattern: "^https?://" }), Type.Null()]),
    /** Where an expired link leads; null: the window tells, shows the history and offers a new chat. */
    redirectUrl: Type.Union([Type.String({ maxLength: 2000, pattern: "^https?://" }), Type.Null()]),
    /** For how long an expired link still shows what was said, to be read only; 0: not at all; absent: a day. */
    expiredHistory: Type.Optional(Duration),
  },
  { additionalProperties: false },
);
export type ReconnectTerms = Static<typeof ReconnectTerms>;

/**
 * The clocks of coming back that a queue may set for itself, all together, and the life of links if they are to live
 * otherwise there; the rest is always the channel's.
 */
const { sessionWindow, sameAgentWindow, capacityHold, holdFor, linkLife } = ReconnectTerms.properties;
export const ReconnectClocks = Type.Object(
  { sessionWindow, sameAgentWindow, capacityHold, holdFor, linkLife: Type.Optional(linkLife) },
  { additionalProperties: false },
);
export type ReconnectClocks = Static<typeof ReconnectClocks>;

/** The customer's last connection is gone. The clocks that run are there as the times when they strike. */
export const Away = Type.Object({
  since: Time,
  windowUntil: Type.Union([Time, Type.Null()]),
  sameAgentUntil: Type.Union([Time, Type.Null()]),
  /** The promise of the same agent is over: by its clock, or because the agent let go. */
  letGo: Type.Optional(closed(["expired", "released"])),
});
export type Away = Static<typeof Away>;

/** Why somebody else serves a customer who came back. */
export const BECAUSE = [
  "agent-away",
  "agent-busy",
  "at-capacity",
  "agent-left",
  "window-over",
  "agent-closed",
] as const;
export const Because = closed(BECAUSE);
export type Because = Static<typeof Because>;

/** A countdown that both sides see. `at` is when it strikes. */
export const Countdown = Type.Object({
  what: closed(["inactivity-end", "undo-optout", "undo-close"]),
  at: Time,
  from: Time,
});
export type Countdown = Static<typeof Countdown>;

/** A session as both sides see it. Every session event carries it whole, so a client needs no rules to follow. */
export const Session = Type.Object({
  id: Id,
  number: Type.Integer({ minimum: 1, description: "first, second, … session of its conversation" }),
  status: SessionStatus,
  startedAt: Time,
  waitingSince: Type.Union([Time, Type.Null()]),
  activeAt: Type.Union([Time, Type.Null()]),
  agent: Type.Union([PublicAgent, Type.Null()]),
  /** Who serves the session when no agent does; never together with `agent`. */
  bot: Type.Optional(Type.Union([PublicBot, Type.Null()])),
  end: Type.Union([SessionEnd, Type.Null()]),
  countdown: Type.Union([Countdown, Type.Null()]),
  nextMessage: NextMessage,
  /** Out of hours or after the maximum wait: what is written is kept as a message for later. */
  leaveMessage: Type.Boolean(),
  away: Type.Optional(Type.Union([Away, Type.Null()])),
  /** The customer is back and waits for the agent from before, whose next free place is theirs until then. */
  keptUntil: Type.Optional(Type.Union([Time, Type.Null()])),
  /** Since when the customer has put it aside for later and may begin another conversation beside it. */
  parked: Type.Optional(Type.Union([Time, Type.Null()])),
  /** The survey after the end; absent: none is asked. Over with the next session, answered or not. */
  survey: Type.Optional(closed(["open", "answered", "skipped"])),
});
export type Session = Static<typeof Session>;

/** The policies a session lives by, copied into it when it starts, so that publishing never moves a running clock. */
export const SessionTerms = Type.Object({
  kind: closed(["asynchronous", "session-based"]),
  deployment: Type.Integer(),
  /** Silence of the customer after an agent's word until the session is shown as inactive; null: never. */
  inactiveAfter: Type.Union([Duration, Type.Null()]),
  warnAfter: Type.Union([Duration, Type.Null()]),
  endAfterWarning: Duration,
  maxWait: Type.Union([Duration, Type.Null()]),
  customerMayEnd: Type.Boolean(),
  reconnect: Type.Optional(ReconnectTerms),
});
export type SessionTerms = Static<typeof SessionTerms>;

/** What only staff see of a session. */
export const SessionStaff = Type.Object({
  queueId: Type.Union([Id, Type.Null()]),
  skills: Type.Array(Type.Object({ skillId: Id, level: Type.Integer() })),
  priority: Type.Integer(),
  weight: Type.Integer(),
  offer: Type.Union([Type.Object({ agentId: Id, madeAt: Time, dueAt: Time }), Type.Null()]),
  declined: Type.Array(Type.Object({ agentId: Id, at: Time, why: Type.String() })),
  previousAgentId: Type.Union([Id, Type.Null()]),
  terms: SessionTerms,
  /** A transfer to one agent: only they are offered it, until they decline or let it pass. */
  targetAgentId: Type.Union([Id, Type.Null()]),
  overWaitedAt: Type.Union([Time, Type.Null()]),
  /** Since when it waits in this queue, where it waited in another before. */
  queueSince: Type.Optional(Time),
  /** Queues in which it waited as long as they let it, the first one first. */
  overflowed: Type.Optional(Type.Array(Id)),
  offerId: Type.Union([Id, Type.Null()]),
  /** Undo of an opt-out is open until then. */
  undoUntil: Type.Union([Time, Type.Null()]),
  /** Capacity kept for a customer who is away: `weight` units of the owner until then. */
  hold: Type.Optional(Type.Union([Type.Object({ weight: Type.Integer(), until: Time }), Type.Null()])),
  /**
   * The customer is back and waits for this agent: `weight` units are theirs already, the rest of what the session weighs
   * is as soon as the agent has it free, before any other work.
   */
  kept: Type.Optional(Type.Union([Type.Object({ agentId: Id, weight: Type.Integer(), until: Time }), Type.Null()])),
  close: Type.Union([
    Type.Object({ agentId: Id, at: Time, undoUntil: Time, then: closed(["keep", "park", "requeue"]) }),
    Type.Null(),
  ]),
  /** A routing flow decides where the session waits, until then; after that it waits in the channel's queue. */
  flow: Type.Optional(Type.Union([Type.Object({ key: Type.String(), until: Time }), Type.Null()])),
  /**
   * The run that is the bot of this session. It must have begun by `until`, or the session waits in its queue; `turn`:
   * how many bots it went through without waiting in between.
   */
  bot: Type.Optional(
    Type.Union([
      Type.Object({
        runId: Id,
        flow: Type.Object({ key: Type.String(), version: Type.Integer() }),
        until: Time,
        turn: Type.Integer({ minimum: 1 }),
      }),
      Type.Null(),
    ]),
  ),
  /** Terms of a flow's route: from when skills are no longer asked, until when only `targetAgentId` is, and where then. */
  route: Type.Optional(
    Type.Union([
      Type.Object({
        relaxAt: Type.Union([Time, Type.Null()]),
        targetUntil: Type.Union([Time, Type.Null()]),
        overflowQueueId: Type.Union([Id, Type.Null()]),
      }),
      Type.Null(),
    ]),
  ),
  /** What flows wrote down about the session. */
  attributes: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  tags: Type.Optional(Type.Array(Type.String())),
  /** Keys of facts that a flow took over from an earlier session and that whoever serves is to confirm. */
  toConfirm: Type.Optional(Type.Array(Type.String())),
});
export type SessionStaff = Static<typeof SessionStaff>;
