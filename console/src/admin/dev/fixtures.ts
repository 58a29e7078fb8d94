import type { Agent, ApiKey, AuditEntry, OrganisationSettings, QuickReply } from "@clew/contract/agents";
import type { Channel, ChannelSettings, Deployment } from "@clew/contract/channels";
import type { FormField } from "@clew/contract/forms";
import type { Hours } from "@clew/contract/hours";
import type { Queue, Skill } from "@clew/contract/routing";
import { newChannel } from "../channels/new-channel.ts";

export type Store = {
  channels: Channel[];
  deployments: Deployment[];
  queues: Queue[];
  skills: Skill[];
  hours: Hours[];
  quickReplies: QuickReply[];
  agents: Agent[];
  apiKeys: ApiKey[];
  organisation: OrganisationSettings;
  audit: AuditEntry[];
};

export const id = (kind: number, number: number) =>
  `01990000-${String(kind).padStart(4, "0")}-7000-8000-${String(number).padStart(12, "0")}`;
const NOW = Date.UTC(2026, 10, 21, 9, 30);
const DAY = 86_400_000;

const agent = (number: number, name: string, more: Partial<Agent> = {}): Agent => ({
  id: id(1, number),
  revision: 1,
  name,
  publicName: name.split(" ")[0] ?? name,
  email: `${(name.split(" ")[0] ?? name).toLowerCase()}@shop.example`,
  role: "agent",
  capacity: 6,
  skills: [],
  active: true,
  ...more,
});

const question = (key: string, type: FormField["type"], en: string, more: Partial<FormField> = {}): FormField => ({
  key,
  type,
  label: { en },
  required: false,
  hidden: false,
  editable: true,
  ...more,
});

function shop(): ChannelSettings {
  const start = newChannel(id(2, 1));
  return {
    ...start,
    name: "Shop chat",
    hoursId: id(4, 1),
    languages: ["en", "de", "fr"],
    origins: ["https://shop.example"],
    look: {
      ...start.look,
      title: { en: "Chat with the shop", de: "Fragen an den Laden" },
      subtitle: { en: "We answer within minutes" },
    },
    reconnect: {
      sessionWindow: 1_800_000,
      sameAgentWindow: 1_200_000,
      capacityHold: "full",
      holdFor: 600_000,
      linkLife: 3_600_000,
      whenAgentUnavailable: "team",
      portalUrl: null,
      redirectUrl: null,
    },
    onAgentEnd: "reset",
    inactivity: { inactiveAfter: 600_000, warnAfter: 1_200_000, endAfterWarning: 120_000 },
    preChat: {
      title: { en: "Before we start" },
      ask: { when: "missing", olderThanDays: 180 },
      fields: [
        question("name", "text", "Your name", {
          label: { en: "Your name", de: "Ihr Name" },
          required: true,
          maxLength: 80,
        }),
        question("email", "email", "E-mail", { hint: { en: "In case we are cut off" } }),
        question("topic", "choice", "What is it about?", {
          required: true,
          choices: [
            { value: "order", label: { en: "An order" } },
            { value: "return", label: { en: "A return" } },
          ],
        }),
        question("detail", "dependentChoice", "More precisely", {
          dependsOn: "topic",
          choices: [
            { value: "late", label: { en: "It is late" }, when: ["order"] },
            { value: "broken", label: { en: "It is broken" }, when: ["order", "return"] },
          ],
        }),
        question("customerNumber", "text", "Customer number", { hidden: true }),
      ],
    },
  };
}

export function nothing(): Store {
  return {
    channels: [],
    deployments: [],
    queues: [],
    skills: [],
    hours: [],
    quickReplies: [],
    agents: [],
    apiKeys: [],
    organisation: { name: "Shop", presenceReasons: [], declineReasons: [] },
    audit: [],
  };
}

const queue = (number: number, name: string, members: number[], more: Partial<Queue> = {}): Queue => ({
  id: id(2, number),
  revision: 1,
  name,
  strategy: "most-available",
  offerFor: 30_000,
  autoAccept: false,
  maxWait: 300_000,
  overWait: { next: "leave-message" },
  hoursId: null,
  onClose: "keep",
  members: members.map((one) => id(1, one)),
  skills: [],
  ...more,
});

export function filled(): Store {
  const live = shop();
  const draft: ChannelSettings = {
    ...live,
    look: { ...live.look, colour: "#0b6e99" },
    inactivity: { ...live.inactivity, warnAfter: 1_800_000 },
    preChat: {
      ...live.preChat,
      fields: live.preChat.fields.map((field) => (field.key === "email" ? { ...field, required: true } : field)),
    },
  };
  const billing: ChannelSettings = {
    ...newChannel(id(2, 2)),
    name: "Billing and subscriptions for business customers in Europe and the Middle East",
    kind: "session-based",
  };
  const deployment = (
    channel: number,
    number: number,
    settings: ChannelSettings,
    note: string,
    restoredFrom: number | null = null,
  ): Deployment => ({
    channelId: id(5, channel),
    number,
    settings,
    publishedAt: NOW - (10 - number) * DAY,
    publishedBy: id(1, 1),
    note,
    restoredFrom,
  });
  return {
    channels: [
      { id: id(5, 1), draft, revision: 7, live: 3 },
      { id: id(5, 2), draft: billing, revision: 1, live: 1 },
      { id: id(5, 3), draft: { ...newChannel(null), name: "Investor relations" }, revision: 1, live: null },
    ],
    deployments: [
      deployment(1, 1, { ...live, customerMayEnd: false, look: { ...live.look, radius: 4 } }, "First version"),
      deployment(1, 2, { ...live, languages: ["en"] }, "English only while the translations are checked"),
      deployment(1, 3, live, "", null),
      deployment(2, 1, billing, ""),
    ],
    queues: [
      queue(1, "Shop", [1, 2], {
        reconnect: { sessionWindow: 3_600_000, sameAgentWindow: 2_400_000, capacityHold: "part", holdFor: 600_000 },
      }),
      queue(2, "Billing", [3], { strategy: "least-active" }),
    ],
    skills: [
      { id: id(3, 1), name: "German", revision: 1 },
      { id: id(3, 2), name: "Returns", revision: 1 },
    ],
    hours: [
      {
        id: id(4, 1),
        revision: 1,
        name: "Office hours",
        timeZone: "Europe/Berlin",
        week: [0, 1, 2, 3, 4, 5, 6].map((day) =>
          day < 5
            ? [
                { from: 540, to: 720 },
                { from: 780, to: 1050 },
              ]
            : day === 5
              ? [{ from: 600, to: 840 }]
              : [],
        ),
        exceptions: [{ date: "2026-12-25", name: "Christmas Day", spans: [] }],
      },
    ],
    quickReplies: [
      {
        id: id(6, 1),
        revision: 1,
        shortcut: "hello",
        title: "Greeting",
        text: "Hello {{customer.name}}, this is {{agent.name}}. How can I help?",
        queueIds: [],
      },
      {
        id: id(6, 2),
        revision: 1,
        shortcut: "order-late",
        title: "Order is late",
        text: "I am sorry that your order is late.",
        queueIds: [id(2, 1)],
      },
    ],
    agents: [
      agent(1, "Ada Admin", { role: "admin" }),
      agent(2, "Ben Berger", { skills: [{ skillId: id(3, 1), level: 8 }] }),
      agent(3, "Chiara Maria Annunziata Castellani-Hohenfels", { role: "supervisor" }),
      agent(4, "Dmitri Former", { active: false }),
    ],
    apiKeys: [
      {
        id: id(7, 1),
        name: "Nightly export",
        scopes: ["conversations:read"],
        createdAt: NOW - 40 * DAY,
        lastUsedAt: NOW - DAY,
      },
    ],
    organisation: {
      name: "The Shop",
      presenceReasons: [
        { status: "away", name: "Lunch" },
        { status: "busy", name: "Training" },
      ],
      declineReasons: ["Wrong queue", "Already in a call"],
    },
    audit: Array.from({ length: 45 }, (_, number) => ({
      id: id(8, number),
      at: NOW - number * 3_600_000,
      agentId: number % 4 === 3 ? null : id(1, 1),
      action: number % 3 === 0 ? "publish" : "save",
      noun: number % 3 === 0 ? "deployment" : "channel",
      nounId: id(5, 1),
      change: { name: "Shop chat", changes: [{ path: "/look/colour", before: "#3d4ab4", after: "#0b6e99" }] },
    })),
  };
}
