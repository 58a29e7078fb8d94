import { type Static, Type } from "typebox";
import { closed } from "../closed.ts";
import { Id, Time } from "../ids.ts";
import { Finding, RaisedFlowLimits } from "./lint.ts";
import { FlowKey } from "./spellings.ts";
import { AUDIENCES, FLOW_KINDS, FORMAT } from "./words.ts";

/** SHA-256 of the flow alone, 64 hex digits in lower case. */
export const FlowHash = Type.String({ pattern: "^[0-9a-f]{64}$" });
export const VersionNumber = Type.Integer({ minimum: 1 });

/** Which version of every flow that can be reached was live when this one was published, by key. */
export const FlowLock = Type.Record(
  Type.String(),
  Type.Object({ version: VersionNumber, hash: FlowHash }, { additionalProperties: false }),
);
export type FlowLock = Record<string, { version: number; hash: string }>;

/** The one draft of a flow. `definition` may still be broken; `revision` is the optimistic lock. */
export const FlowDraft = Type.Object({
  key: FlowKey,
  definition: Type.Unknown(),
  revision: Type.Integer({ minimum: 1 }),
  author: Type.Union([Id, Type.Null()]),
  updatedAt: Time,
  findings: Type.Array(Finding),
  limits: Type.Optional(RaisedFlowLimits),
});
export type FlowDraft = Static<typeof FlowDraft>;

/** A published state of a flow: never changed. `engine` says by which meaning of the format it runs. */
export const FlowVersion = Type.Object({
  key: FlowKey,
  version: VersionNumber,
  hash: FlowHash,
  engine: Type.Literal(FORMAT),
  definition: Type.Unknown(),
  lock: FlowLock,
  message: Type.String({ maxLength: 500 }),
  publishedAt: Time,
  publishedBy: Type.Union([Id, Type.Null()]),
  retiredAt: Type.Union([Time, Type.Null()]),
});
export type FlowVersion = Static<typeof FlowVersion>;

/**
 * Sends `share` of the new runs (0 to 1) of the live name to another version, until then, or until more than
 * `rollbackAbove` (0 to 1) of its runs stop with a fault; absent: however many do. Kind and trigger are those of the live one.
 */
const trial = {
  share: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
  until: Time,
  rollbackAbove: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
};
export const Canary = Type.Object({ version: VersionNumber, ...trial }, { additionalProperties: false });
export type Canary = Static<typeof Canary>;
/** A canary of the version that is being published. */
export const NewCanary = Type.Object(trial, { additionalProperties: false });
export type NewCanary = Static<typeof NewCanary>;

/** A canary at work: since when. */
export const RunningCanary = Type.Object({ version: VersionNumber, ...trial, since: Time });
export type RunningCanary = Static<typeof RunningCanary>;

/** How a canary does: runs that it has begun since, and those of them that stand at a fault. */
export const WatchedCanary = Type.Object({
  version: VersionNumber,
  ...trial,
  since: Time,
  started: Type.Integer(),
  faulted: Type.Integer(),
});
export type WatchedCanary = Static<typeof WatchedCanary>;

export const FLOW_ALIASES = ["live", "test"] as const;
export const FlowAlias = Type.Object({
  key: FlowKey,
  alias: closed(FLOW_ALIASES),
  version: VersionNumber,
  canary: Type.Union([RunningCanary, Type.Null()]),
});
export type FlowAlias = Static<typeof FlowAlias>;

/** A line in the list of flows. Numbers are null when there is no such version. */
export const FlowSummary = Type.Object({
  key: FlowKey,
  kind: closed(FLOW_KINDS),
  audience: Type.Union([closed(AUDIENCES), Type.Null()]),
  title: Type.String(),
  tags: Type.Array(Type.String()),
  live: Type.Union([VersionNumber, Type.Null()]),
  test: Type.Union([VersionNumber, Type.Null()]),
  latest: Type.Union([VersionNumber, Type.Null()]),
  canary: Type.Union([WatchedCanary, Type.Null()]),
  draftRevision: Type.Integer(),
  draftDiffers: Type.Boolean(),
  waitingRuns: Type.Integer(),
  faultedRuns: Type.Integer(),
});
export type FlowSummary = Static<typeof FlowSummary>;

/** One difference between two definitions, in words of the flow: see `domain/flows/format/diff`. */
export const FlowDifference = Type.Object({
  what: closed(["node-added", "node-removed", "node-changed", "link", "text", "variable", "setting"]),
  /** JSON pointer to what differs. */
  path: Type.String(),
  node: Type.Optional(Type.String()),
  before: Type.Optional(Type.Unknown()),
  after: Type.Optional(Type.Unknown()),
});
export type FlowDifference = Static<typeof FlowDifference>;
