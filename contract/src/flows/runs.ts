import { type Static, Type } from "typebox";
import { closed } from "../closed.ts";
import { Id, Time } from "../ids.ts";
import { Component } from "./components.ts";
import { FlowVersionName, RUN_OUTCOMES } from "./entries.ts";
import { FlowDifference, VersionNumber } from "./versions.ts";

export const RUN_STATUSES = ["running", "waiting", ...RUN_OUTCOMES] as const;
export const RunStatus = closed(RUN_STATUSES);
export type RunStatus = Static<typeof RunStatus>;

export const RunFaultView = Type.Object({ code: Type.String(), node: Type.String(), message: Type.String(), at: Time });

/** A run in a list. `node`: where it stands, or ended. */
export const RunSummary = Type.Object({
  id: Id,
  flow: FlowVersionName,
  alias: Type.String(),
  title: Type.String(),
  status: RunStatus,
  node: Type.String(),
  conversationId: Type.Union([Id, Type.Null()]),
  sessionId: Type.Union([Id, Type.Null()]),
  recordId: Type.Union([Id, Type.Null()]),
  starterId: Type.Union([Id, Type.Null()]),
  steps: Type.Integer(),
  fault: Type.Union([RunFaultView, Type.Null()]),
  startedAt: Time,
  updatedAt: Time,
  endedAt: Type.Union([Time, Type.Null()]),
});
export type RunSummary = Static<typeof RunSummary>;

/**
 * One node done. `changed` names variables; `shown` holds the values of those that are open, where the trace keeps values.
 * `inDoubt` of an operation: nobody knows whether it was done. `movedFrom`: the run was moved here from that version.
 */
export const RunStep = Type.Object({
  seq: Type.Integer(),
  step: Type.Integer(),
  flow: FlowVersionName,
  node: Type.String(),
  at: Time,
  outcome: Type.Union([Type.String(), Type.Null()]),
  changed: Type.Array(Type.String()),
  shown: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
  fault: Type.Union([Type.Object({ code: Type.String(), message: Type.String() }), Type.Null()]),
  operation: Type.Union([
    Type.Object({ id: Id, do: Type.String(), inDoubt: Type.Optional(Type.Boolean()) }),
    Type.Null(),
  ]),
  movedFrom: Type.Optional(VersionNumber),
});
export type RunStep = Static<typeof RunStep>;

/** What a run waits for. `state` of an operation: `doing`, or `in-doubt` when nobody knows whether it was done. */
export const RunBlocked = Type.Union([
  Type.Object({
    kind: Type.Literal("operation"),
    id: Id,
    do: Type.String(),
    since: Time,
    attempts: Type.Integer(),
    state: closed(["doing", "in-doubt"]),
  }),
  Type.Object({
    kind: Type.Literal("wait"),
    waits: Type.Array(
      Type.Object({
        branch: Type.String(),
        event: Type.Union([Type.Object({ type: Type.String(), key: Type.String() }), Type.Null()]),
        dueAt: Type.Union([Time, Type.Null()]),
      }),
    ),
  }),
  Type.Object({ kind: Type.Literal("screen"), id: Id }),
  Type.Object({ kind: Type.Literal("yield") }),
]);
export type RunBlocked = Static<typeof RunBlocked>;

/** An event that nobody waited for, or that more waited for than take it. */
export const FlowEventView = Type.Object({
  id: Type.String(),
  type: Type.String(),
  key: Type.String(),
  conversationId: Type.Union([Id, Type.Null()]),
  at: Time,
  takenBy: Type.Union([Id, Type.Null()]),
});
export type FlowEventView = Static<typeof FlowEventView>;

/** Who called a run off, and what the customer was told at the forms that closed with it. */
export const RunCancelled = Type.Object({
  by: Type.Union([Id, Type.Null()]),
  text: Type.Union([Type.String(), Type.Null()]),
});
export type RunCancelled = Static<typeof RunCancelled>;

/** The page of one run. `variables`: values that are open; of the others only that they are there. */
export const RunPage = Type.Object({
  run: RunSummary,
  definition: Type.Unknown(),
  trace: Type.Array(RunStep),
  blocked: Type.Union([RunBlocked, Type.Null()]),
  variables: Type.Record(Type.String(), Type.Unknown()),
  unmatched: Type.Array(FlowEventView),
  forms: Type.Array(Id),
  deadlineAt: Time,
  cancelled: Type.Optional(RunCancelled),
});
export type RunPage = Static<typeof RunPage>;

export const RUN_HINDRANCES = [
  "not-waiting",
  "working",
  "retired",
  "kind",
  "node-gone",
  "node-type",
  "waits-for",
  "loop",
  "subflow",
  "input-missing",
  "value-gone",
  "value-type",
  "value-privacy",
  "fault",
] as const;

/** Why a run cannot go on in another version. `value`: a variable, or an answer as "ask.reason". */
export const RunHindrance = Type.Object({
  code: closed(RUN_HINDRANCES),
  flow: Type.String(),
  node: Type.Optional(Type.String()),
  value: Type.Optional(Type.String()),
  message: Type.String(),
});
export type RunHindrance = Static<typeof RunHindrance>;

/**
 * A run that would go on in another version of its flow. `version` null: there is none to go on in. `flows`: its own and
 * the subflows it is in, as far as their versions change. It may go on when nothing hinders.
 */
export const RunMigration = Type.Object({
  version: Type.Union([VersionNumber, Type.Null()]),
  flows: Type.Array(
    Type.Object({
      key: Type.String(),
      from: VersionNumber,
      to: VersionNumber,
      differences: Type.Array(FlowDifference),
    }),
  ),
  hindrances: Type.Array(RunHindrance),
});
export type RunMigration = Static<typeof RunMigration>;

/** What a run shows its agent now. `screen` null: it works or waits; `waitsFor` says in a word for what. */
export const RunScreen = Type.Object({
  run: RunSummary,
  screen: Type.Union([
    Type.Object({
      id: Id,
      node: Type.String(),
      title: Type.String(),
      components: Type.Array(Component),
      values: Type.Record(Type.String(), Type.Unknown()),
      scope: Type.Record(Type.String(), Type.Unknown()),
      labels: Type.Record(Type.String(), Type.String()),
      buttons: Type.Object({
        next: Type.Union([Type.String(), Type.Null()]),
        back: Type.Boolean(),
        save: Type.Boolean(),
        cancel: Type.Boolean(),
      }),
    }),
    Type.Null(),
  ]),
  waitsFor: Type.Union([closed(["form", "event", "time", "operation"]), Type.Null()]),
  formIds: Type.Array(Id),
});
export type RunScreen = Static<typeof RunScreen>;

/** `text` is for the customer, who reads it at the forms that close with the run. */
export const CancelRun = Type.Object(
  { text: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 })) },
  { additionalProperties: false },
);
export type CancelRun = Static<typeof CancelRun>;

/** Starts a flow by its button. `id` is the run's, made by who presses: a second press with it is the same run. */
export const StartRun = Type.Object(
  {
    id: Id,
    conversationId: Type.Optional(Id),
    sessionId: Type.Optional(Id),
    caseId: Type.Optional(Id),
    contactId: Type.Optional(Id),
    inputs: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    alias: Type.Optional(closed(["live", "test"])),
  },
  { additionalProperties: false },
);
export type StartRun = Static<typeof StartRun>;

export const AnswerScreen = Type.Object(
  {
    screenId: Id,
    button: closed(["next", "back", "save", "cancel"]),
    values: Type.Record(Type.String({ maxLength: 60 }), Type.Unknown()),
  },
  { additionalProperties: false },
);
export type AnswerScreen = Static<typeof AnswerScreen>;

/** A flow that an agent may start where they are. */
export const FlowButton = Type.Object({
  key: Type.String(),
  title: Type.String(),
  label: Type.String(),
  where: Type.Array(closed(["case", "session", "conversation", "contact"])),
});
export type FlowButton = Static<typeof FlowButton>;

/** One recorded run on another definition: where the two part. `differs` null: it would have gone the same way. */
export const ReplayedRun = Type.Object({
  run: RunSummary,
  differs: Type.Union([
    Type.Object({
      at: Type.String(),
      before: Type.Union([Type.String(), Type.Null()]),
      after: Type.Union([Type.String(), Type.Null()]),
      fault: Type.Union([Type.String(), Type.Null()]),
    }),
    Type.Null(),
  ]),
});
export const ReplayReport = Type.Object({
  played: Type.Integer(),
  differing: Type.Integer(),
  faulting: Type.Integer(),
  runs: Type.Array(ReplayedRun),
});
export type ReplayReport = Static<typeof ReplayReport>;
