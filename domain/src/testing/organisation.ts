import type { Agent } from "@clew/contract/agents";
import type { ChannelSettings } from "@clew/contract/channels";
import type { Queue } from "@clew/contract/routing";
import type { Configuration } from "../configuration.ts";
import { agent, CHANNEL_SETTINGS, queue } from "./test-world.ts";

/** A small organisation in which all that competes for agents is present: each queue and channel has other policies. */
export function organisation(): Configuration {
  const front: Queue = {
    ...queue(1, { onClose: "requeue", maxWait: 60_000, overWait: { next: "queue", queueId: "q2" } }),
    id: "q1",
    members: ["ann", "bob", "sue"],
  };
  const queues: Queue[] = [
    front,
    {
      ...front,
      id: "q2",
      autoAccept: true,
      overWait: { next: "message", text: { en: "Sorry" } },
      onClose: "park",
      members: ["bob", "cid"],
    },
    {
      ...front,
      id: "q3",
      strategy: "least-active",
      overWait: { next: "end" },
      onClose: "keep",
      members: ["cid", "ann"],
    },
  ];
  const shop: ChannelSettings = {
    ...CHANNEL_SETTINGS,
    queueId: "q1",
    optOut: { on: true, keywords: { en: ["stop"] } },
    inactivity: { inactiveAfter: 20_000, warnAfter: 40_000, endAfterWarning: 20_000 },
  };
  const channels: Record<string, ChannelSettings> = {
    async: shop,
    session: { ...shop, kind: "session-based", weight: 2, priority: 1, queueId: "q3" },
  };
  const person = (id: string, more: Partial<Agent> = {}) => agent(1, { id, name: id, publicName: id, ...more });
  const agents = [person("ann"), person("bob", { capacity: 3 }), person("cid"), person("sue", { role: "supervisor" })];
  return {
    organisation: { name: "Shop", presenceReasons: [], declineReasons: [] },
    channels: new Map(Object.entries(channels).map(([id, settings]) => [id, { id, deployment: 1, settings }])),
    queues: new Map(queues.map((one) => [one.id, one])),
    agents: new Map(agents.map((one) => [one.id, one])),
    skills: new Map([["s1", { id: "s1", name: "French", revision: 1 }]]),
    hours: new Map(),
  };
}
