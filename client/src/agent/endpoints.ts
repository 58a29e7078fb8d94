import type {
  Agent,
  AgentSettings,
  ApiKey,
  ApiScope,
  AuditEntry,
  Me,
  OrganisationSettings,
  QuickReply,
  QuickReplySettings,
} from "@clew/contract/agents";
import type { Channel, ChannelSettings, Deployment, SettingChange } from "@clew/contract/channels";
import type { ConversationSnapshot, SessionSummary } from "@clew/contract/conversations";
import type { ConversationEvent } from "@clew/contract/events";
import type { Hours, HoursSettings } from "@clew/contract/hours";
import type { InboxItem } from "@clew/contract/inbox";
import type { AgentPresence } from "@clew/contract/presence";
import type { ReturnsReport } from "@clew/contract/reports";
import type { Queue, QueueSettings, QueueState, Skill, SkillSettings } from "@clew/contract/routing";
import type { SessionStatus } from "@clew/contract/sessions";
import type { Timeline } from "@clew/contract/timeline";
import type { Static } from "typebox";
import type { Result } from "../results.ts";
import { FLOW_ENDPOINTS, type FlowEndpoints } from "./flow-endpoints.ts";
import { RECORD_ENDPOINTS, type RecordEndpoints } from "./record-endpoints.ts";

type Items<Item> = { items: Item[] };
type Id = { id: string };
type Call<Input, Response> = { input: Input; response: Response };
type Nothing = Record<never, never>;

/** List, create, replace and delete of one noun, as the contract's table has them. */
type Noun<One extends string, Many extends string, Settings, Stored> = {
  [Name in `list${Many}`]: Call<Nothing, Items<Stored>>;
} & { [Name in `create${One}`]: Call<{ body: Settings }, Stored> } & {
  [Name in `save${One}`]: Call<{ params: Id; body: { settings: Settings; revision: number } }, Stored>;
} & { [Name in `delete${One}`]: Call<{ params: Id }, null> };

type Endpoints = Noun<"Channel", "Channels", ChannelSettings, Channel> &
  Noun<"Queue", "Queues", QueueSettings, Queue> &
  Noun<"Skill", "Skills", Static<typeof SkillSettings>, Skill> &
  Noun<"Hours", "Hours", HoursSettings, Hours> &
  Noun<"QuickReply", "QuickReplies", QuickReplySettings, QuickReply> &
  FlowEndpoints &
  RecordEndpoints & {
    listAgents: Call<Nothing, Items<Agent>>;
    createAgent: Call<{ body: AgentSettings & { password: string } }, Agent>;
    saveAgent: Call<{ params: Id; body: { settings: AgentSettings; revision: number } }, Agent>;
    resetPassword: Call<{ params: Id; body: { password: string } }, null>;
    compareChannel: Call<{ params: Id }, Items<SettingChange>>;
    publishChannel: Call<{ params: Id; body: { revision: number; note: string } }, Deployment>;
    listDeployments: Call<{ params: Id }, Items<Deployment>>;
    restoreDeployment: Call<{ params: { id: string; number: string } }, Deployment>;
    readOrganisation: Call<Nothing, OrganisationSettings>;
    saveOrganisation: Call<{ body: OrganisationSettings }, OrganisationSettings>;
    listAudit: Call<{ query?: { before?: string } }, Items<AuditEntry>>;
    /** A look at a conversation without being seen there. */
    readConversation: Call<{ params: Id }, ConversationSnapshot>;
    readEvents: Call<
      { params: Id; query?: { before?: string; after?: string; limit?: string } },
      { events: ConversationEvent[]; first: number; last: number; more: boolean }
    >;
    /** All links that lead the customer back to a conversation are worth nothing from now on. */
    revokeLinks: Call<{ params: Id }, null>;
    readTimeline: Call<{ params: Id }, Timeline>;
    readSessions: Call<{ params: Id }, Items<SessionSummary>>;
    setupState: Call<Nothing, { needed: boolean; demo: boolean; organisation: string | null }>;
    me: Call<Nothing, Me>;
    changePassword: Call<{ body: { current: string; next: string } }, null>;
    listConversations: Call<{ query?: ConversationFilter }, { items: InboxItem[]; more: boolean }>;
    listPresences: Call<Nothing, Items<AgentPresence>>;
    listQueueStates: Call<Nothing, Items<QueueState>>;
    reportReturns: Call<{ query?: { days?: string } }, ReturnsReport>;
    listApiKeys: Call<Nothing, Items<ApiKey>>;
    createApiKey: Call<{ body: { name: string; scopes: ApiScope[] } }, { key: ApiKey; secret: string }>;
    revokeApiKey: Call<{ params: Id }, null>;
    /** For good: `conversations` and `files` say how many there were. */
    eraseCustomer: Call<{ params: Id }, { conversations: number; files: number }>;
  };

type ConversationFilter = {
  status?: SessionStatus;
  queue?: string;
  agent?: string;
  channel?: string;
  search?: string;
  before?: string;
  limit?: string;
};

export type EndpointName = keyof Endpoints;
export type EndpointResponse<Name extends EndpointName> = Endpoints[Name]["response"];

/** Calls an endpoint by name: `request("saveQueue", { params: { id }, body: { settings, revision } })`. */
export type Request = <Name extends EndpointName>(
  name: Name,
  ...input: Nothing extends Endpoints[Name]["input"]
    ? [input?: Endpoints[Name]["input"]]
    : [input: Endpoints[Name]["input"]]
) => Promise<Result<EndpointResponse<Name>>>;

function noun(one: string, many: string, path: string): Record<string, string> {
  return {
    [`list${many}`]: `GET ${path}`,
    [`create${one}`]: `POST ${path}`,
    [`save${one}`]: `PUT ${path}/:id`,
    [`delete${one}`]: `DELETE ${path}/:id`,
  };
}

/** Method and path by name. A test holds it against the contract's table, which a browser does not carry. */
export const ENDPOINTS = {
  ...noun("Channel", "Channels", "/channels"),
  ...noun("Queue", "Queues", "/queues"),
  ...noun("Skill", "Skills", "/skills"),
  ...noun("Hours", "Hours", "/hours"),
  ...noun("QuickReply", "QuickReplies", "/quick-replies"),
  ...FLOW_ENDPOINTS,
  ...RECORD_ENDPOINTS,
  listAgents: "GET /agents",
  createAgent: "POST /agents",
  saveAgent: "PUT /agents/:id",
  resetPassword: "POST /agents/:id/password",
  compareChannel: "GET /channels/:id/changes",
  publishChannel: "POST /channels/:id/deployments",
  listDeployments: "GET /channels/:id/deployments",
  restoreDeployment: "POST /channels/:id/deployments/:number/restore",
  readOrganisation: "GET /organisation",
  saveOrganisation: "PUT /organisation",
  listAudit: "GET /audit",
  readConversation: "GET /conversations/:id",
  readEvents: "GET /conversations/:id/events",
  revokeLinks: "DELETE /conversations/:id/links",
  readTimeline: "GET /conversations/:id/timeline",
  readSessions: "GET /conversations/:id/sessions",
  setupState: "GET /setup",
  me: "GET /staff/me",
  changePassword: "POST /staff/password",
  listConversations: "GET /staff/conversations",
  listPresences: "GET /staff/presences",
  listQueueStates: "GET /staff/queue-states",
  reportReturns: "GET /reports/returns",
  listApiKeys: "GET /api-keys",
  createApiKey: "POST /api-keys",
  revokeApiKey: "DELETE /api-keys/:id",
  eraseCustomer: "DELETE /customers/:id",
} as Record<EndpointName, string>;
