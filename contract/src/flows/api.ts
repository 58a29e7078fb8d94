import { type TProperties, type TSchema, Type } from "typebox";
import { closed } from "../closed.ts";
import { type Endpoint, endpoint } from "../endpoint.ts";
import { Id, Time } from "../ids.ts";
import { FlowHealth } from "./health.ts";
import { Finding, RaisedFlowLimits } from "./lint.ts";
import { NewRecord, RecordChange, RecordObject, RecordObjectSettings, RecordPage, StoredRecord } from "./records.ts";
import {
  AnswerScreen,
  CancelRun,
  FlowButton,
  FlowEventView,
  ReplayReport,
  RunMigration,
  RunPage,
  RunScreen,
  RunStatus,
  RunSummary,
  StartRun,
} from "./runs.ts";
import { FlowKey } from "./spellings.ts";
import {
  Canary,
  FLOW_ALIASES,
  FlowAlias,
  FlowDifference,
  FlowDraft,
  FlowSummary,
  FlowVersion,
  NewCanary,
  VersionNumber,
} from "./versions.ts";
import { OBJECT_PATTERN } from "./words.ts";

function object<P extends TProperties>(properties: P) {
  return Type.Object(properties, { additionalProperties: false });
}
const list = (item: TSchema) => Type.Object({ items: Type.Array(item) });
const numberText = Type.String({ pattern: "^\\d{1,15}$" });
const keyParam = object({ key: FlowKey });
const versionParam = object({ key: FlowKey, version: numberText });
const runParam = object({ id: Id });
const objectName = Type.String({ pattern: OBJECT_PATTERN });
const Definition = Type.Unknown({ description: "a flow, format flow/1" });

const read = { who: "supervisor", scope: "configuration:read" } as const;
const write = { who: "admin", scope: "configuration:write" } as const;
const serve = { who: "staff", scope: "conversations:write" } as const;
const look = { who: "staff", scope: "conversations:read" } as const;

/** Drafts, versions and names of flows. All below `/api/v1`. */
export const EDITING_API: readonly Endpoint[] = [
  endpoint({
    name: "listFlows",
    method: "GET",
    path: "/flows",
    ...read,
    summary: "All flows, with what runs of them",
    response: list(FlowSummary),
  }),
  endpoint({
    name: "lintFlow",
    method: "POST",
    path: "/flows/lint",
    ...read,
    summary: "What the linter says of a definition",
    body: object({ definition: Definition }),
    response: Type.Object({ findings: Type.Array(Finding), limits: Type.Optional(RaisedFlowLimits) }),
  }),
  endpoint({
    name: "readFlowDraft",
    method: "GET",
    path: "/flows/:key/draft",
    ...read,
    summary: "The draft of a flow",
    params: keyParam,
    response: FlowDraft,
  }),
  endpoint({
    name: "saveFlowDraft",
    method: "PUT",
    path: "/flows/:key/draft",
    ...write,
    summary: "Save the draft; `revision` 0 makes a flow; another revision than the stored one is a conflict",
    params: keyParam,
    body: object({ definition: Definition, revision: Type.Integer({ minimum: 0 }) }),
    response: FlowDraft,
  }),
  endpoint({
    name: "diffFlow",
    method: "POST",
    path: "/flows/:key/diff",
    ...read,
    summary: "The difference between a version, or the draft, and a definition",
    params: keyParam,
    body: object({
      from: Type.Union([VersionNumber, Type.Literal("draft"), Type.Literal("live")]),
      definition: Type.Optional(Definition),
    }),
    response: Type.Object({ differences: Type.Array(FlowDifference) }),
  }),
  endpoint({
    name: "publishFlow",
    method: "POST",
    path: "/flows/:key/publish",
    ...write,
    summary: "Make a version of the draft; errors of the linter refuse it",
    params: keyParam,
    body: object({
      revision: Type.Integer(),
      message: Type.String({ minLength: 1, maxLength: 500 }),
      activate: Type.Boolean(),
      /** Instead of activating: a part of the runs takes it, beside the version that is live. */
      canary: Type.Optional(NewCanary),
    }),
    response: FlowVersion,
  }),
  endpoint({
    name: "listFlowVersions",
    method: "GET",
    path: "/flows/:key/versions",
    ...read,
    summary: "Versions, newest first, with the runs that wait on each",
    params: keyParam,
    response: list(Type.Object({ version: FlowVersion, waiting: Type.Record(Type.String(), Type.Integer()) })),
  }),
  endpoint({
    name: "readFlowVersion",
    method: "GET",
    path: "/flows/:key/versions/:version",
    ...read,
    summary: "One version",
    params: versionParam,
    response: FlowVersion,
  }),
  endpoint({
    name: "retireFlowVersion",
    method: "POST",
    path: "/flows/:key/versions/:version/retire",
    ...write,
    summary: "No new runs of it; refused while an alias names it",
    params: versionParam,
    response: FlowVersion,
  }),
  endpoint({
    name: "deleteFlowVersion",
    method: "DELETE",
    path: "/flows/:key/versions/:version",
    ...write,
    summary: "Remove a version; refused while runs wait on it or others are bound to it",
    params: versionParam,
    response: null,
  }),
  endpoint({
    name: "setFlowAlias",
    method: "PUT",
    path: "/flows/:key/aliases/:alias",
    ...write,
    summary: "Point live or test to a version, live also with a canary; the way to activate and to go back",
    params: object({ key: FlowKey, alias: closed(FLOW_ALIASES) }),
    body: object({ version: Type.Union([VersionNumber, Type.Null()]), canary: Type.Optional(Canary) }),
    response: Type.Union([FlowAlias, Type.Null()]),
  }),
];

/** Runs, their screens, events. All below `/api/v1`. */
export const RUNS_API: readonly Endpoint[] = [
  endpoint({
    name: "listFlowButtons",
    method: "GET",
    path: "/flows/buttons",
    ...look,
    summary: "Flows that an agent may start",
    query: object({ where: closed(["case", "session", "conversation", "contact"]) }),
    response: list(FlowButton),
  }),
  endpoint({
    name: "startRun",
    method: "POST",
    path: "/flows/:key/runs",
    ...serve,
    summary: "Start a flow by its button or by a program",
    params: keyParam,
    body: StartRun,
    response: RunSummary,
  }),
  endpoint({
    name: "listRuns",
    method: "GET",
    path: "/runs",
    ...look,
    summary: "Runs by filter, last changed first",
    query: object({
      key: Type.Optional(FlowKey),
      version: Type.Optional(numberText),
      status: Type.Optional(RunStatus),
      conversation: Type.Optional(Id),
      record: Type.Optional(Id),
      before: Type.Optional(numberText),
      limit: Type.Optional(numberText),
    }),
    response: Type.Object({ items: Type.Array(RunSummary), more: Type.Boolean() }),
  }),
  endpoint({
    name: "readFlowHealth",
    method: "GET",
    path: "/flow-health",
    ...look,
    summary:
      "Where runs stand and how long, what fails, how long events take, and what is late; of all flows or of one",
    query: object({ key: Type.Optional(FlowKey) }),
    response: FlowHealth,
  }),
  endpoint({
    name: "readRun",
    method: "GET",
    path: "/runs/:id",
    ...read,
    summary: "A run with its trace, variables, waits",
    params: runParam,
    response: RunPage,
  }),
  endpoint({
    name: "readRunScreen",
    method: "GET",
    path: "/runs/:id/screen",
    ...look,
    summary: "What a run shows its agent now",
    params: runParam,
    response: RunScreen,
  }),
  endpoint({
    name: "answerScreen",
    method: "POST",
    path: "/runs/:id/answers",
    ...serve,
    summary: "Press a button of the run's screen",
    params: runParam,
    body: AnswerScreen,
    response: RunScreen,
  }),
  endpoint({
    name: "cancelRun",
    method: "POST",
    path: "/runs/:id/cancel",
    ...serve,
    summary: "Cancel a run and what it opened",
    params: runParam,
    body: CancelRun,
    mayLackBody: true,
    response: RunSummary,
  }),
  endpoint({
    name: "retryRun",
    method: "POST",
    path: "/runs/:id/retry",
    ...write,
    summary: "Try a faulted run again from where it failed; nothing is done twice",
    params: runParam,
    response: RunSummary,
  }),
  endpoint({
    name: "readRunMigration",
    method: "GET",
    path: "/runs/:id/migration",
    ...read,
    summary: "What would change for a waiting run in another version, the live one unless told, and what hinders it",
    params: runParam,
    query: object({ version: Type.Optional(numberText) }),
    response: RunMigration,
  }),
  endpoint({
    name: "migrateRun",
    method: "POST",
    path: "/runs/:id/migrate",
    ...write,
    summary: "Let a waiting run go on in another version of its flow; refused where node or values do not fit",
    params: runParam,
    body: object({ version: VersionNumber }),
    response: RunSummary,
  }),
  endpoint({
    name: "listUnmatchedEvents",
    method: "GET",
    path: "/flow-events/unmatched",
    ...read,
    summary: "Events that no run took",
    query: object({ conversation: Type.Optional(Id), before: Type.Optional(numberText) }),
    response: list(FlowEventView),
  }),
  endpoint({
    name: "emitFlowEvent",
    method: "POST",
    path: "/flow-events",
    who: "staff",
    scope: "conversations:write",
    summary: "Tell waiting runs that something happened; `id` counts once",
    body: object({
      id: Id,
      type: Type.String({ pattern: "^[a-z][A-Za-z0-9_]*(\\.[a-z][A-Za-z0-9_]*){0,4}$", maxLength: 120 }),
      key: Type.String({ maxLength: 200 }),
      data: Type.Record(Type.String(), Type.Unknown()),
    }),
    response: Type.Object({ taken: Type.Boolean(), at: Time }),
  }),
];

/** Recorded runs played on another definition. All below `/api/v1`. */
export const REPLAY_API: readonly Endpoint[] = [
  endpoint({
    name: "replayFlow",
    method: "POST",
    path: "/flows/:key/replay",
    ...read,
    summary: "Play the last recorded runs on a definition, or on the draft",
    params: keyParam,
    body: object({ last: Type.Integer({ minimum: 1, maximum: 500 }), definition: Type.Optional(Definition) }),
    response: ReplayReport,
  }),
];

/** Records and their object types. All below `/api/v1`. */
export const RECORDS_API: readonly Endpoint[] = [
  endpoint({
    name: "listRecordObjects",
    method: "GET",
    path: "/record-objects",
    ...look,
    summary: "Object types with their fields",
    response: list(RecordObject),
  }),
  endpoint({
    name: "saveRecordObject",
    method: "PUT",
    path: "/record-objects/:name",
    ...write,
    summary: "Make or change an object type; `revision` 0 makes one",
    params: object({ name: objectName }),
    body: object({ settings: RecordObjectSettings, revision: Type.Integer({ minimum: 0 }) }),
    response: RecordObject,
  }),
  endpoint({
    name: "listRecords",
    method: "GET",
    path: "/records/:object",
    ...look,
    summary: "Records of an object, last changed first; `after`: the `next` of the page before, which may be empty",
    params: object({ object: objectName }),
    query: object({
      search: Type.Optional(Type.String({ maxLength: 100 })),
      conversation: Type.Optional(Id),
      case: Type.Optional(Id),
      before: Type.Optional(numberText),
      after: Type.Optional(Type.String({ pattern: "^\\d{1,15}\\.[0-9A-Za-z-]{1,60}$" })),
      limit: Type.Optional(numberText),
    }),
    response: RecordPage,
  }),
  endpoint({
    name: "createRecord",
    method: "POST",
    path: "/records/:object",
    ...serve,
    summary: "Make a record",
    params: object({ object: objectName }),
    body: NewRecord,
    response: StoredRecord,
  }),
  endpoint({
    name: "readRecord",
    method: "GET",
    path: "/records/:object/:id",
    ...look,
    summary: "One record",
    params: object({ object: objectName, id: Id }),
    response: StoredRecord,
  }),
  endpoint({
    name: "saveRecord",
    method: "PUT",
    path: "/records/:object/:id",
    ...serve,
    summary: "Change fields; another version than the stored one is a conflict",
    params: object({ object: objectName, id: Id }),
    body: RecordChange,
    response: StoredRecord,
  }),
];
