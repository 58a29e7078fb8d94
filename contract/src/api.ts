import { type TProperties, type TSchema, Type } from "typebox";
import { ApiKey, Me, Setup, SignIn } from "./agents.ts";
import { CONFIGURATION_API } from "./api-configuration.ts";
import { LINKS_API } from "./api-links.ts";
import { REPORTS_API } from "./api-reports.ts";
import { Attachment, UploadProgress } from "./attachments.ts";
import { Boot } from "./channels.ts";
import { closed } from "./closed.ts";
import { AgentCommand, CommandAnswer, CustomerCommand } from "./commands.ts";
import { ConversationSnapshot, SessionSummary } from "./conversations.ts";
import { CustomerIdentity, Resume, SignOut, StartGuest, Verify } from "./customers.ts";
import { type Endpoint, endpoint } from "./endpoint.ts";
import { ConversationEvent } from "./events.ts";
import { EDITING_API, RECORDS_API, REPLAY_API, RUNS_API } from "./flows/api.ts";
import { FORMS_API } from "./flows/forms-api.ts";
import { ASSETS_API, CONNECTORS_API } from "./flows/outside-api.ts";
import { EventNumber, Id, Language } from "./ids.ts";
import { InboxItem } from "./inbox.ts";
import { AgentPresence } from "./presence.ts";
import { ClearSession } from "./reconnect.ts";
import { QueueState } from "./routing.ts";
import { SESSION_STATUSES } from "./sessions.ts";
import { Timeline } from "./timeline.ts";

function object<P extends TProperties>(properties: P) {
  return Type.Object(properties, { additionalProperties: false });
}
const list = (item: TSchema) => Type.Object({ items: Type.Array(item) });
const idParam = object({ id: Id });
const numberText = Type.String({ pattern: "^\\d{1,15}$" });

/** The widget's and the console's endpoints; configuration has its own table. All below `/api/v1`. */
const SERVICE_API = [
  endpoint({
    name: "boot",
    method: "GET",
    path: "/channels/:id/boot",
    who: "public",
    summary: "What a widget boots from: the live deployment's public part",
    params: idParam,
    query: object({ language: Type.Optional(Language) }),
    response: Boot,
  }),
  endpoint({
    name: "startGuest",
    method: "POST",
    path: "/identity/guest",
    who: "public",
    summary: "Make a guest customer",
    body: StartGuest,
    response: CustomerIdentity,
  }),
  endpoint({
    name: "resumeCustomer",
    method: "POST",
    path: "/identity/resume",
    who: "public",
    summary: "Trade a resume secret for a new one and an access token",
    body: Resume,
    response: CustomerIdentity,
  }),
  endpoint({
    name: "verifyCustomer",
    method: "POST",
    path: "/identity/verify",
    who: "public",
    summary: "Sign a customer in with a signed identity token",
    body: Verify,
    response: CustomerIdentity,
  }),
  endpoint({
    name: "signOutCustomer",
    method: "POST",
    path: "/identity/sign-out",
    who: "public",
    summary: "Revoke this device's secret and tokens, or all of them",
    body: SignOut,
    response: null,
  }),

  endpoint({
    name: "clearSession",
    method: "POST",
    path: "/identity/clear",
    who: "public",
    summary:
      "Reset: end or park the customer's open sessions of the channel, revoke this device's tokens and all links; repeats do no harm",
    body: ClearSession,
    response: null,
  }),
  ...LINKS_API,
  ...REPORTS_API,
  endpoint({
    name: "customerCommand",
    method: "POST",
    path: "/commands",
    who: "customer",
    summary: "Execute a customer's command",
    body: CustomerCommand,
    response: CommandAnswer,
  }),
  endpoint({
    name: "staffCommand",
    method: "POST",
    path: "/staff/commands",
    who: "staff",
    scope: "conversations:write",
    summary: "Execute an agent's command",
    body: AgentCommand,
    response: CommandAnswer,
  }),
  endpoint({
    name: "readConversation",
    method: "GET",
    path: "/conversations/:id",
    who: "customer-or-staff",
    scope: "conversations:read",
    summary: "A conversation's snapshot",
    params: idParam,
    response: ConversationSnapshot,
  }),
  endpoint({
    name: "readEvents",
    method: "GET",
    path: "/conversations/:id/events",
    who: "customer-or-staff",
    scope: "conversations:read",
    summary: "A page of events before or after a number, oldest first",
    params: idParam,
    query: object({
      before: Type.Optional(numberText),
      after: Type.Optional(numberText),
      limit: Type.Optional(numberText),
    }),
    response: Type.Object({
      events: Type.Array(ConversationEvent),
      first: EventNumber,
      last: EventNumber,
      more: Type.Boolean(),
    }),
  }),
  endpoint({
    name: "readTimeline",
    method: "GET",
    path: "/conversations/:id/timeline",
    who: "staff",
    scope: "conversations:read",
    summary: "A conversation with all its events and the settings it was decided under, as one file",
    params: idParam,
    response: Timeline,
  }),
  endpoint({
    name: "readSessions",
    method: "GET",
    path: "/conversations/:id/sessions",
    who: "staff",
    scope: "conversations:read",
    summary: "All sessions of a conversation, oldest first",
    params: idParam,
    response: list(SessionSummary),
  }),
  endpoint({
    name: "readTranscript",
    method: "GET",
    path: "/conversations/:id/transcript",
    who: "customer-or-staff",
    summary: "The conversation as a text file",
    params: idParam,
    query: object({ session: Type.Optional(Id), language: Type.Optional(Language) }),
    response: "bytes",
  }),

  endpoint({
    name: "uploadAttachment",
    method: "POST",
    path: "/conversations/:id/attachments",
    who: "customer-or-staff",
    summary: "Store a file (multipart field `file`, optional field `id`) for a message of the conversation",
    params: idParam,
    body: "multipart",
    response: Attachment,
  }),
  endpoint({
    name: "uploadPart",
    method: "POST",
    path: "/conversations/:id/uploads",
    who: "customer-or-staff",
    summary:
      "Go on with an upload: multipart fields `id` (yours), `size` and `offset` in bytes, `sha256` of the whole in hex (optional), then `file` with at most 2 MB from `offset` on. What arrives before a cut is kept for a day; `conflict`: ask where to go on",
    params: idParam,
    body: "multipart",
    response: UploadProgress,
  }),
  endpoint({
    name: "readUpload",
    method: "GET",
    path: "/conversations/:id/uploads/:uploadId",
    who: "customer-or-staff",
    summary: "Where an upload of yours is to go on; 0 for one that is not known",
    params: object({ id: Id, uploadId: Id }),
    response: UploadProgress,
  }),
  endpoint({
    name: "removeUpload",
    method: "DELETE",
    path: "/conversations/:id/uploads/:uploadId",
    who: "customer-or-staff",
    summary: "Give an upload of yours up, finished or not, as long as no message has it",
    params: object({ id: Id, uploadId: Id }),
    response: null,
  }),
  endpoint({
    name: "readAttachment",
    method: "GET",
    path: "/attachments/:id",
    who: "customer-or-staff",
    summary: "A stored file, always as a download; `?token=` takes the place of the header for links",
    params: idParam,
    query: object({ token: Type.Optional(Type.String({ maxLength: 4000 })), preview: Type.Optional(closed(["1"])) }),
    response: "bytes",
  }),

  endpoint({
    name: "eraseCustomer",
    method: "DELETE",
    path: "/customers/:id",
    who: "admin",
    scope: "conversations:write",
    summary:
      "Erase a customer for good: what was said, facts, files, links and tokens; widgets that hold a copy are wiped. Repeats do no harm",
    params: idParam,
    response: Type.Object({ conversations: Type.Integer(), files: Type.Integer() }),
  }),

  endpoint({
    name: "setupState",
    method: "GET",
    path: "/setup",
    who: "public",
    summary: "Whether the organisation still has to be set up",
    response: Type.Object({
      needed: Type.Boolean(),
      demo: Type.Boolean(),
      organisation: Type.Union([Type.String(), Type.Null()]),
    }),
  }),
  endpoint({
    name: "setup",
    method: "POST",
    path: "/setup",
    who: "public",
    summary: "Set up the organisation and its first admin",
    body: Setup,
    response: Me,
  }),
  endpoint({
    name: "signIn",
    method: "POST",
    path: "/staff/sign-in",
    who: "public",
    summary: "Sign in with e-mail and password; sets the session cookie",
    body: SignIn,
    response: Me,
  }),
  endpoint({ name: "me", method: "GET", path: "/staff/me", who: "staff", summary: "Who is signed in", response: Me }),
  endpoint({
    name: "signOut",
    method: "POST",
    path: "/staff/sign-out",
    who: "staff",
    summary: "Sign out here, or everywhere",
    body: object({ everywhere: Type.Optional(Type.Boolean()) }),
    response: null,
  }),
  endpoint({
    name: "changePassword",
    method: "POST",
    path: "/staff/password",
    who: "staff",
    summary: "Change the own password; signs out everywhere else",
    body: object({ current: Type.String({ maxLength: 200 }), next: Type.String({ minLength: 10, maxLength: 200 }) }),
    response: null,
  }),

  endpoint({
    name: "listConversations",
    method: "GET",
    path: "/staff/conversations",
    who: "staff",
    scope: "conversations:read",
    summary: "Conversations by filter, newest first",
    query: object({
      status: Type.Optional(closed(SESSION_STATUSES)),
      queue: Type.Optional(Id),
      agent: Type.Optional(Id),
      channel: Type.Optional(Id),
      search: Type.Optional(Type.String({ maxLength: 100 })),
      before: Type.Optional(numberText),
      limit: Type.Optional(numberText),
    }),
    response: Type.Object({ items: Type.Array(InboxItem), more: Type.Boolean() }),
  }),
  endpoint({
    name: "listPresences",
    method: "GET",
    path: "/staff/presences",
    who: "staff",
    summary: "All agents' presence and load",
    response: list(AgentPresence),
  }),
  endpoint({
    name: "listQueueStates",
    method: "GET",
    path: "/staff/queue-states",
    who: "staff",
    summary: "Waiting, oldest, available agents, estimate, per queue",
    response: list(QueueState),
  }),

  endpoint({
    name: "listApiKeys",
    method: "GET",
    path: "/api-keys",
    who: "admin",
    summary: "API keys of programs",
    response: list(ApiKey),
  }),
  endpoint({
    name: "createApiKey",
    method: "POST",
    path: "/api-keys",
    who: "admin",
    summary: "Make an API key; the secret is shown once",
    body: object({ name: ApiKey.properties.name, scopes: ApiKey.properties.scopes }),
    response: Type.Object({ key: ApiKey, secret: Type.String() }),
  }),
  endpoint({
    name: "revokeApiKey",
    method: "DELETE",
    path: "/api-keys/:id",
    who: "admin",
    summary: "Revoke an API key at once",
    params: idParam,
    response: null,
  }),
] as const;

/** Every HTTP endpoint. All paths are below `API_BASE`; `/health/live` and `/health/ready` stand outside. */
export const API: readonly Endpoint[] = [
  ...SERVICE_API,
  ...CONFIGURATION_API,
  ...EDITING_API,
  ...RUNS_API,
  ...FORMS_API,
  ...REPLAY_API,
  ...RECORDS_API,
  ...ASSETS_API,
  ...CONNECTORS_API,
];
export { API_BASE } from "./limits.ts";
