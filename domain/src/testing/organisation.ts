import type { Agent } from "@clew/contract/agents";
import type { ChannelSettings } from "@clew/contract/channels";
import type { Queue } from "@clew/contract/routing";
import type { Configuration } from "../configuration.ts";

/** A small organisation for tests, in which everything that competes for agents is present. Times are milliseconds. */
export const QUEUE: Queue = {
  id: "q1",
  name: "Front",
  strategy: "most-available",
  offerFor: 30_000,
  autoAccept: false,
  maxWait: 60_000,
  overWait: { next: "queue", queueId: "q2" },
  hoursId: null,
  onClose: "requeue",
  members: ["ann", "bob", "sue"],
  skills: [],
  revision: 1,
};

export const CHANNEL: ChannelSettings = {
  name: "Shop",
  kind: "asynchronous",
  queueId: "q1",
  weight: 1,
  priority: 0,
  hoursId: null,
  outOfHours: "queue",
  look: {
    colour: "#000000",
    colourText: null,
    radius: 0,
    font: null,
    logoUrl: null,
    position: "end",
    scheme: "auto",
    title: { en: "Shop" },
  },
  preChat: { ask: { when: "missing" }, fields: [] },
  inactivity: { inactiveAfter: 20_000, warnAfter: 40_000, endAfterWarning: 20_000 },
  optOut: { on: true, keywords: { en: ["stop"] } },
  verification: { on: false, issuer: "", audience: "", jwksUrl: null, keys: [] },
  customerMayEnd: true,
  attachments: true,
  livePreview: false,
  showQueuePlace: true,
  transcript: true,
  languages: ["en"],
  origins: [],
};

export function agentOf(id: string, more: Partial<Agent> = {}): Agent {
  const person = { email: `${id}@shop.example`, name: id, publicName: id, role: "agent" as const, active: true };
  return { id, ...person, capacity: 2, skills: [], revision: 1, ...more };
}

export function organisation(): Configuration {
  const queues: Queue[] = [
    QUEUE,
    {
      ...QUEUE,
      id: "q2",
      name: "Back",
      autoAccept: true,
      overWait: { next: "message", text: { en: "Sorry" } },
      onClose: "park",
      members: ["bob", "cid"],
    },
    {
      ...QUEUE,
      id: "q3",
      name: "Last",
      strategy: "least-active",
      overWait: { next: "end" },
      onClose: "keep",
      members: ["cid", "ann"],
    },
  ];
  const channels: Record<string, ChannelSettings> = {
    async: CHANNEL,
    session: { ...CHANNEL, kind: "session-based", weight: 2, priority: 1, queueId: "q3" },
  };
  const agents = [
    agentOf("ann"),
    agentOf("bob", { capacity: 3 }),
    agentOf("cid"),
    agentOf("sue", { role: "supervisor" }),
  ];
  return {
    organisation: { name: "Shop", presenceReasons: [], declineReasons: [] },
    channels: new Map(Object.entries(channels).map(([id, settings]) => [id, { id, deployment: 1, settings }])),
    queues: new Map(queues.map((queue) => [queue.id, queue])),
    agents: new Map(agents.map((agent) => [agent.id, agent])),
    skills: new Map([["s1", { id: "s1", name: "French", revision: 1 }]]),
    hours: new Map(),
  };
}
