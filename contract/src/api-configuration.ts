import { type TSchema, Type } from "typebox";
import {
  Agent,
  AgentSettings,
  AuditEntry,
  OrganisationSettings,
  Password,
  QuickReply,
  QuickReplySettings,
} from "./agents.ts";
import { Channel, ChannelSettings, Deployment, SettingChange } from "./channels.ts";
import { type Endpoint, endpoint } from "./endpoint.ts";
import { Hours, HoursSettings } from "./hours.ts";
import { Id } from "./ids.ts";
import { Queue, QueueSettings, Skill, SkillSettings } from "./routing.ts";

const idParam = Type.Object({ id: Id });
/** `revision` is the one that was read; another one in the store is a `conflict`, so nobody overwrites unseen changes. */
const withRevision = (settings: TSchema) =>
  Type.Object({ settings, revision: Type.Integer() }, { additionalProperties: false });
const list = (item: TSchema) => Type.Object({ items: Type.Array(item) });

/** List, create, replace and delete for one noun of the configuration. `read` roles see it, admins change it. */
function nouns(noun: {
  one: string;
  many: string;
  path: string;
  settings: TSchema;
  stored: TSchema;
  what: string;
}): Endpoint[] {
  const { one, many, path, settings, stored, what } = noun;
  return [
    endpoint({
      name: `list${many}`,
      method: "GET",
      path,
      who: "staff",
      scope: "configuration:read",
      summary: `All ${what}`,
      response: list(stored),
    }),
    endpoint({
      name: `create${one}`,
      method: "POST",
      path,
      who: "admin",
      scope: "configuration:write",
      summary: `Make one of the ${what}`,
      body: settings,
      response: stored,
    }),
    endpoint({
      name: `save${one}`,
      method: "PUT",
      path: `${path}/:id`,
      who: "admin",
      scope: "configuration:write",
      summary: `Replace one of the ${what}`,
      params: idParam,
      body: withRevision(settings),
      response: stored,
    }),
    endpoint({
      name: `delete${one}`,
      method: "DELETE",
      path: `${path}/:id`,
      who: "admin",
      scope: "configuration:write",
      summary: `Delete one of the ${what} that nothing uses`,
      params: idParam,
      response: null,
    }),
  ];
}

const NewAgent = Type.Object({ ...AgentSettings.properties, password: Password }, { additionalProperties: false });
const [listAgents, , saveAgent] = nouns({
  one: "Agent",
  many: "Agents",
  path: "/agents",
  settings: AgentSettings,
  stored: Agent,
  what: "agents",
});

export const CONFIGURATION_API: readonly Endpoint[] = [
  ...nouns({
    one: "Channel",
    many: "Channels",
    path: "/channels",
    settings: ChannelSettings,
    stored: Channel,
    what: "channels (creates and replaces the draft)",
  }),
  endpoint({
    name: "compareChannel",
    method: "GET",
    path: "/channels/:id/changes",
    who: "admin",
    summary: "What publishing would change",
    params: idParam,
    response: list(SettingChange),
  }),
  endpoint({
    name: "publishChannel",
    method: "POST",
    path: "/channels/:id/deployments",
    who: "admin",
    scope: "configuration:write",
    summary: "Publish the draft as the next deployment",
    params: idParam,
    body: Type.Object(
      { revision: Type.Integer(), note: Type.String({ maxLength: 500 }) },
      { additionalProperties: false },
    ),
    response: Deployment,
  }),
  endpoint({
    name: "listDeployments",
    method: "GET",
    path: "/channels/:id/deployments",
    who: "staff",
    scope: "configuration:read",
    summary: "A channel's deployments, newest first",
    params: idParam,
    response: list(Deployment),
  }),
  endpoint({
    name: "restoreDeployment",
    method: "POST",
    path: "/channels/:id/deployments/:number/restore",
    who: "admin",
    scope: "configuration:write",
    summary: "Go back: publish an earlier deployment again under a new number",
    params: Type.Object({ id: Id, number: Type.String({ pattern: "^\\d{1,9}$" }) }),
    response: Deployment,
  }),
  ...nouns({ one: "Queue", many: "Queues", path: "/queues", settings: QueueSettings, stored: Queue, what: "queues" }),
  ...nouns({ one: "Skill", many: "Skills", path: "/skills", settings: SkillSettings, stored: Skill, what: "skills" }),
  ...nouns({
    one: "Hours",
    many: "Hours",
    path: "/hours",
    settings: HoursSettings,
    stored: Hours,
    what: "business hours",
  }),
  ...nouns({
    one: "QuickReply",
    many: "QuickReplies",
    path: "/quick-replies",
    settings: QuickReplySettings,
    stored: QuickReply,
    what: "quick replies",
  }),
  listAgents as Endpoint,
  endpoint({
    name: "createAgent",
    method: "POST",
    path: "/agents",
    who: "admin",
    scope: "configuration:write",
    summary: "Make an agent with a first password",
    body: NewAgent,
    response: Agent,
  }),
  saveAgent as Endpoint,
  endpoint({
    name: "resetPassword",
    method: "POST",
    path: "/agents/:id/password",
    who: "admin",
    summary: "Set an agent's password and sign them out everywhere",
    params: idParam,
    body: Type.Object({ password: Password }, { additionalProperties: false }),
    response: null,
  }),
  endpoint({
    name: "readOrganisation",
    method: "GET",
    path: "/organisation",
    who: "staff",
    summary: "Name, presence reasons and decline reasons",
    response: OrganisationSettings,
  }),
  endpoint({
    name: "saveOrganisation",
    method: "PUT",
    path: "/organisation",
    who: "admin",
    scope: "configuration:write",
    summary: "Replace the organisation's settings",
    body: OrganisationSettings,
    response: OrganisationSettings,
  }),
  endpoint({
    name: "listAudit",
    method: "GET",
    path: "/audit",
    who: "admin",
    summary: "Who changed what, newest first",
    query: Type.Object(
      { before: Type.Optional(Type.String({ pattern: "^\\d{1,15}$" })) },
      { additionalProperties: false },
    ),
    response: list(AuditEntry),
  }),
];
