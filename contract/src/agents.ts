import { type Static, Type } from "typebox";
import { closed } from "./closed.ts";
import { Id, Time } from "./ids.ts";
import { SkillLevel } from "./routing.ts";

export const ROLES = ["agent", "supervisor", "admin"] as const;
export const Role = closed(ROLES);
export type Role = Static<typeof Role>;

export const Email = Type.String({ pattern: "^[^@\\s]{1,64}@[^@\\s]{1,190}$", maxLength: 254 });
export const Password = Type.String({ minLength: 10, maxLength: 200 });

export const AgentSettings = Type.Object(
  {
    email: Email,
    name: Type.String({ minLength: 1, maxLength: 80 }),
    /** The name customers see. */
    publicName: Type.String({ minLength: 1, maxLength: 80 }),
    role: Role,
    /** Units of work held at once; a session weighs what its channel says. */
    capacity: Type.Integer({ minimum: 0, maximum: 1000 }),
    skills: Type.Array(SkillLevel, { maxItems: 100 }),
    active: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type AgentSettings = Static<typeof AgentSettings>;

export const Agent = Type.Object({ id: Id, ...AgentSettings.properties, revision: Type.Integer() });
export type Agent = Static<typeof Agent>;

/** The person who is signed in to the console. `csrf` goes back in the header `x-clew-csrf` of every change. */
export const Me = Type.Object({ agent: Agent, csrf: Type.String(), queues: Type.Array(Id), epoch: Type.String() });
export type Me = Static<typeof Me>;

export const API_SCOPES = [
  "conversations:read",
  "conversations:write",
  "configuration:read",
  "configuration:write",
] as const;
export const ApiScope = closed(API_SCOPES);
export type ApiScope = Static<typeof ApiScope>;

export const ApiKey = Type.Object({
  id: Id,
  name: Type.String({ minLength: 1, maxLength: 80 }),
  scopes: Type.Array(ApiScope),
  createdAt: Time,
  lastUsedAt: Type.Union([Time, Type.Null()]),
});
export type ApiKey = Static<typeof ApiKey>;

export const SignIn = Type.Object(
  { email: Email, password: Type.String({ minLength: 1, maxLength: 200 }) },
  { additionalProperties: false },
);

/** First visit with the demo off: makes the organisation and its first admin with the one-time code from the terminal. */
export const Setup = Type.Object(
  {
    code: Type.String({ maxLength: 40 }),
    organisation: Type.String({ minLength: 1, maxLength: 80 }),
    name: Type.String({ minLength: 1, maxLength: 80 }),
    email: Email,
    password: Password,
  },
  { additionalProperties: false },
);

export const QuickReplySettings = Type.Object(
  {
    shortcut: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,39}$" }),
    title: Type.String({ minLength: 1, maxLength: 80 }),
    /** May hold `{{customer.name}}`, `{{agent.name}}` and `{{fact.key}}`. */
    text: Type.String({ minLength: 1, maxLength: 4000 }),
    queueIds: Type.Array(Id, { maxItems: 200, description: "empty: for all queues" }),
  },
  { additionalProperties: false },
);
export type QuickReplySettings = Static<typeof QuickReplySettings>;
export const QuickReply = Type.Object({ id: Id, ...QuickReplySettings.properties, revision: Type.Integer() });
export type QuickReply = Static<typeof QuickReply>;

/** Reasons an organisation gives to be away or busy, such as "Lunch". */
export const PresenceReason = Type.Object(
  { status: closed(["busy", "away"]), name: Type.String({ minLength: 1, maxLength: 60 }) },
  { additionalProperties: false },
);
export type PresenceReason = Static<typeof PresenceReason>;

export const OrganisationSettings = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80 }),
    presenceReasons: Type.Array(PresenceReason, { maxItems: 50 }),
    declineReasons: Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 30 }),
  },
  { additionalProperties: false },
);
export type OrganisationSettings = Static<typeof OrganisationSettings>;

export const AuditEntry = Type.Object({
  id: Id,
  at: Time,
  agentId: Type.Union([Id, Type.Null()]),
  action: Type.String(),
  noun: Type.String(),
  nounId: Type.String(),
  change: Type.Unknown(),
});
export type AuditEntry = Static<typeof AuditEntry>;
