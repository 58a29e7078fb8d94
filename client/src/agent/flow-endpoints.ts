import type { OpenedSecret, OpenSecret } from "@clew/contract/flows/form-secrets";
import type { FlowHealth } from "@clew/contract/flows/health";
import type { Finding } from "@clew/contract/flows/lint";
import type {
  AnswerScreen,
  CancelRun,
  FlowButton,
  FlowEventView,
  ReplayReport,
  RunMigration,
  RunPage,
  RunScreen,
  RunSummary,
  StartRun,
} from "@clew/contract/flows/runs";
import type {
  Canary,
  FlowAlias,
  FlowDifference,
  FlowDraft,
  FlowSummary,
  FlowVersion,
  NewCanary,
} from "@clew/contract/flows/versions";

type Items<Item> = { items: Item[] };
type Call<Input, Response> = { input: Input; response: Response };
type Nothing = Record<never, never>;
type Key = { params: { key: string } };
type Version = { params: { key: string; version: string } };
type Id = { params: { id: string } };

/** Flows: what is edited and what runs, as `contract/src/flows/api.ts` has it. `definition` may be any JSON. */
export type FlowEndpoints = {
  listFlows: Call<Nothing, Items<FlowSummary>>;
  lintFlow: Call<{ body: { definition: unknown } }, { findings: Finding[] }>;
  readFlowDraft: Call<Key, FlowDraft>;
  saveFlowDraft: Call<Key & { body: { definition: unknown; revision: number } }, FlowDraft>;
  diffFlow: Call<
    Key & { body: { from: number | "draft" | "live"; definition?: unknown } },
    { differences: FlowDifference[] }
  >;
  publishFlow: Call<
    Key & { body: { revision: number; message: string; activate: boolean; canary?: NewCanary } },
    FlowVersion
  >;
  listFlowVersions: Call<Key, Items<{ version: FlowVersion; waiting: Record<string, number> }>>;
  readFlowVersion: Call<Version, FlowVersion>;
  retireFlowVersion: Call<Version, FlowVersion>;
  deleteFlowVersion: Call<Version, null>;
  setFlowAlias: Call<
    { params: { key: string; alias: "live" | "test" }; body: { version: number | null; canary?: Canary } },
    FlowAlias | null
  >;
  replayFlow: Call<Key & { body: { last: number; definition?: unknown } }, ReplayReport>;
  listFlowButtons: Call<{ query: { where: FlowButton["where"][number] } }, Items<FlowButton>>;
  startRun: Call<Key & { body: StartRun }, RunSummary>;
  listRuns: Call<{ query?: RunFilter }, { items: RunSummary[]; more: boolean }>;
  readFlowHealth: Call<{ query?: { key?: string } }, FlowHealth>;
  readRun: Call<Id, RunPage>;
  readRunScreen: Call<Id, RunScreen>;
  answerScreen: Call<Id & { body: AnswerScreen }, RunScreen>;
  cancelRun: Call<Id & { body?: CancelRun }, RunSummary>;
  retryRun: Call<Id, RunSummary>;
  readRunMigration: Call<Id & { query?: { version?: string } }, RunMigration>;
  migrateRun: Call<Id & { body: { version: number } }, RunSummary>;
  listUnmatchedEvents: Call<{ query?: { conversation?: string; before?: string } }, Items<FlowEventView>>;
  /** An answer given in confidence: for supervisors, with a reason, for the moment. */
  openFormSecret: Call<{ params: { id: string; formId: string }; body: OpenSecret }, OpenedSecret>;
  emitFlowEvent: Call<
    { body: { id: string; type: string; key: string; data: Record<string, unknown> } },
    { taken: boolean; at: string }
  >;
};

type RunFilter = {
  key?: string;
  version?: string;
  status?: RunSummary["status"];
  conversation?: string;
  record?: string;
  before?: string;
  limit?: string;
};

/** Method and path by name. */
export const FLOW_ENDPOINTS: Record<keyof FlowEndpoints, string> = {
  listFlows: "GET /flows",
  lintFlow: "POST /flows/lint",
  readFlowDraft: "GET /flows/:key/draft",
  saveFlowDraft: "PUT /flows/:key/draft",
  diffFlow: "POST /flows/:key/diff",
  publishFlow: "POST /flows/:key/publish",
  listFlowVersions: "GET /flows/:key/versions",
  readFlowVersion: "GET /flows/:key/versions/:version",
  retireFlowVersion: "POST /flows/:key/versions/:version/retire",
  deleteFlowVersion: "DELETE /flows/:key/versions/:version",
  setFlowAlias: "PUT /flows/:key/aliases/:alias",
  replayFlow: "POST /flows/:key/replay",
  listFlowButtons: "GET /flows/buttons",
  startRun: "POST /flows/:key/runs",
  listRuns: "GET /runs",
  readFlowHealth: "GET /flow-health",
  readRun: "GET /runs/:id",
  readRunScreen: "GET /runs/:id/screen",
  answerScreen: "POST /runs/:id/answers",
  cancelRun: "POST /runs/:id/cancel",
  retryRun: "POST /runs/:id/retry",
  readRunMigration: "GET /runs/:id/migration",
  migrateRun: "POST /runs/:id/migrate",
  listUnmatchedEvents: "GET /flow-events/unmatched",
  openFormSecret: "POST /conversations/:id/forms/:formId/secrets",
  emitFlowEvent: "POST /flow-events",
};
