import type { ReconnectTerms } from "@clew/contract/sessions";
import type { Configuration } from "@clew/domain/configuration";
import { agent, CHANNEL_SETTINGS, configurationOf, id, queue } from "@clew/domain/testing/test-world";

/** Durations are short, so that a run of a few minutes sees every deadline strike. */
const SETTINGS = {
  ...CHANNEL_SETTINGS,
  optOut: { ...CHANNEL_SETTINGS.optOut, on: true, keywords: { en: ["stop"] } },
  inactivity: { inactiveAfter: 20_000, warnAfter: 30_000, endAfterWarning: 15_000 },
};

/** The four clocks of coming back. */
const TERMS: ReconnectTerms = {
  sessionWindow: 45_000,
  sameAgentWindow: 25_000,
  capacityHold: "full",
  holdFor: 12_000,
  linkLife: 20_000,
  whenAgentUnavailable: "wait",
  portalUrl: null,
  redirectUrl: null,
};
const OWN_CLOCKS = { sessionWindow: 60_000, sameAgentWindow: 30_000, capacityHold: "part", holdFor: 20_000 } as const;

export const CHANNELS = [id("channel", 1), id("channel", 2)] as const;
export const QUEUES = [id("queue", 1), id("queue", 2)] as const;
export const AGENTS = [1, 2, 3, 9].map((number) => id("agent", number));

/** Two channels of both kinds, two queues that share agents, three agents and a supervisor. */
export const CONFIGURATION: Configuration = {
  ...configurationOf({
    queues: [
      queue(1, { members: AGENTS.slice(0, 2), offerFor: 8_000, onClose: "requeue", maxWait: 60_000 }),
      queue(2, {
        members: AGENTS.slice(1, 3),
        offerFor: 8_000,
        strategy: "least-active",
        onClose: "park",
        reconnect: OWN_CLOCKS,
      }),
    ],
    agents: [agent(1), agent(2, { capacity: 3 }), agent(3), agent(9, { role: "supervisor", capacity: 1 })],
  }),
  channels: new Map(
    CHANNELS.map((channelId, index) => [
      channelId,
      {
        id: channelId,
        deployment: 1,
        settings:
          index === 0
            ? { ...SETTINGS, queueId: QUEUES[0], reconnect: TERMS }
            : {
                ...SETTINGS,
                name: "Office",
                kind: "session-based",
                queueId: QUEUES[1],
                weight: 2,
                reconnect: { ...TERMS, whenAgentUnavailable: "hold" },
              },
      },
    ]),
  ),
};
