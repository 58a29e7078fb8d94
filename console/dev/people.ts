import type { Agent, Me, OrganisationSettings, QuickReply } from "@clew/contract/agents";
import type { Channel } from "@clew/contract/channels";
import type { FormField } from "@clew/contract/forms";
import type { AgentPresence } from "@clew/contract/presence";
import type { ReturnCount } from "@clew/contract/reports";
import type { Queue, QueueState } from "@clew/contract/routing";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

function agent(id: string, name: string, role: Agent["role"], capacity: number): Agent {
  const email = `${name.split(" ")[0]?.toLowerCase()}@shop.example`;
  return {
    id,
    name,
    publicName: name.split(" ")[0] ?? name,
    email,
    role,
    capacity,
    skills: [],
    active: true,
    revision: 1,
  };
}

export const BEA = agent("bea", "Bea Lindqvist", "agent", 6);
export const AGENTS = [
  BEA,
  agent("tom", "Tom Okafor", "agent", 4),
  agent("ines", "Inês de Albuquerque e Vasconcelos-Monteiro", "agent", 6),
  agent("sam", "Sam Rivera", "supervisor", 2),
];

export function me(role: Agent["role"]): Me {
  return { agent: { ...BEA, role }, csrf: "x", queues: ["orders", "returns"], epoch: "e" };
}

function presence(
  agentId: string,
  status: AgentPresence["status"],
  load: number,
  capacity: number,
  reason: string | null = null,
): AgentPresence {
  return { agentId, chosen: status, status, reason, since: Date.now() - 23 * MINUTE, load, capacity };
}

export const PRESENCES: Record<string, AgentPresence> = {
  bea: presence("bea", "available", 4, 6),
  tom: presence("tom", "busy", 4, 4, "Training"),
  ines: presence("ines", "available", 1, 6),
  sam: presence("sam", "away", 0, 2, "Lunch"),
};

function queue(id: string, name: string, onClose: Queue["onClose"]): Queue {
  return {
    id,
    name,
    strategy: "most-available",
    offerFor: 30_000,
    autoAccept: false,
    maxWait: null,
    overWait: { next: "leave-message" },
    hoursId: null,
    onClose,
    members: ["bea", "tom"],
    skills: [],
    revision: 1,
  };
}

export const QUEUES = [
  queue("orders", "Orders", "park"),
  queue("returns", "Returns and repairs", "requeue"),
  queue("vip", "Business customers", "keep"),
];

/** What supervisors read of customers who dropped out. */
export const RETURNS: ReturnCount[] = [
  { channelId: "shop", way: "same-browser", outcome: "same-agent", because: null, count: 214 },
  { channelId: "shop", way: "link", outcome: "same-agent", because: null, count: 31 },
  { channelId: "shop", way: "link", outcome: "other-agent", because: "agent-busy", count: 12 },
  { channelId: "shop", way: "same-browser", outcome: "other-agent", because: "window-over", count: 7 },
  { channelId: "shop", way: "link", outcome: "expired", because: null, count: 4 },
  { channelId: "shop", way: "none", outcome: "not-back", because: null, count: 19 },
];

export const QUEUE_STATES: QueueState[] = [
  {
    queueId: "orders",
    waiting: 2,
    oldestWaitingSince: Date.now() - 4 * MINUTE,
    available: 2,
    online: 3,
    estimate: 3 * MINUTE,
  },
  {
    queueId: "returns",
    waiting: 1,
    oldestWaitingSince: Date.now() - 11 * MINUTE,
    available: 0,
    online: 1,
    estimate: null,
  },
  { queueId: "vip", waiting: 0, oldestWaitingSince: null, available: 1, online: 1, estimate: 20_000 },
];

export const ORGANISATION: OrganisationSettings = {
  name: "Northwind Outdoor",
  presenceReasons: [
    { status: "away", name: "Lunch" },
    { status: "busy", name: "Training" },
    { status: "busy", name: "On the phone" },
  ],
  declineReasons: ["Not my language", "Needs a specialist", "About to leave"],
};

function reply(shortcut: string, title: string, text: string): QuickReply {
  return { id: shortcut, shortcut, title, text, queueIds: [], revision: 1 };
}

export const QUICK_REPLIES = [
  reply("hello", "Greeting", "Hello {{customer.name}}, this is {{agent.name}}. How can I help you?"),
  reply(
    "return-label",
    "Return label",
    "I have sent the label for order **{{fact.order}}** to {{fact.email}}. It is good for 14 days.",
  ),
  reply(
    "refund-time",
    "How long a refund takes",
    "A refund reaches your account within 3 to 5 working days after the parcel has come in.",
  ),
  reply(
    "bye",
    "Goodbye",
    "Glad I could help, {{customer.name}}. If anything comes up, just write here again. Your delivery comes with {{fact.carrier}}.",
  ),
];

function field(key: string, type: FormField["type"], label: string, more: Partial<FormField> = {}): FormField {
  return { key, type, label: { en: label }, required: false, hidden: false, editable: true, ...more };
}

const FIELDS = [
  field("name", "text", "Name"),
  field("email", "email", "E-mail"),
  field("topic", "choice", "Topic", {
    choices: [
      { value: "returns", label: { en: "A return" } },
      { value: "order", label: { en: "My order" } },
    ],
  }),
  field("order", "text", "Order number"),
  field("newsletter", "checkbox", "May we write to you?"),
  field("phone", "phone", "Phone"),
];

function channel(id: string, name: string): Channel {
  return {
    id,
    draft: { name, preChat: { ask: { when: "missing" }, fields: FIELDS } } as unknown as Channel["draft"],
    revision: 1,
    live: 3,
  };
}

export const CHANNELS = [channel("shop", "Shop chat"), channel("support", "Support")];
