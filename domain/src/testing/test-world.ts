import type { Agent } from "@clew/contract/agents";
import type { ChannelSettings } from "@clew/contract/channels";
import type { Queue } from "@clew/contract/routing";
import type { Actor } from "../actor.ts";
import type { Command } from "../commands.ts";
import type { Configuration } from "../configuration.ts";
import type { ConversationState } from "../conversations/state.ts";
import type { Circumstances } from "../decision.ts";
import { type Outcome, perform, type World } from "../door.ts";
import { type AgentState, newAgentState } from "../presence/agent-state.ts";

const NOUNS = ["channel", "queue", "agent", "customer", "skill", "command", "conversation", "hours"] as const;

/** A valid UUID that says what it stands for: the second group is the noun, the last the number. */
export function id(noun: (typeof NOUNS)[number], number: number): string {
  const kind = NOUNS.indexOf(noun).toString(16).padStart(4, "0");
  return `00000000-${kind}-7000-8000-${number.toString(16).padStart(12, "0")}`;
}

export const CHANNEL_SETTINGS: ChannelSettings = {
  name: "Shop",
  kind: "asynchronous",
  queueId: id("queue", 1),
  weight: 1,
  priority: 0,
  hoursId: null,
  outOfHours: "queue",
  look: {
    colour: "#334455",
    colourText: null,
    radius: 8,
    font: null,
    logoUrl: null,
    position: "end",
    scheme: "auto",
    title: { en: "Shop" },
  },
  preChat: { ask: { when: "conversation" }, fields: [] },
  inactivity: { inactiveAfter: 60_000, warnAfter: 120_000, endAfterWarning: 60_000 },
  optOut: { on: false, keywords: { en: ["stop"] } },
  verification: { on: false, issuer: "", audience: "", jwksUrl: null, keys: [] },
  customerMayEnd: true,
  attachments: true,
  livePreview: false,
  showQueuePlace: true,
  transcript: true,
  languages: ["en"],
  origins: [],
};

export function queue(number: number, more: Partial<Queue> = {}): Queue {
  return {
    id: id("queue", number),
    name: `Queue ${number}`,
    strategy: "most-available",
    offerFor: 30_000,
    autoAccept: false,
    maxWait: null,
    overWait: { next: "leave-message" },
    hoursId: null,
    onClose: "keep",
    members: [id("agent", 1), id("agent", 2)],
    skills: [],
    revision: 1,
    ...more,
  };
}

export function agent(number: number, more: Partial<Agent> = {}): Agent {
  return {
    id: id("agent", number),
    email: `agent${number}@clew.example`,
    name: `Agent ${number}`,
    publicName: `Agent ${number}`,
    role: "agent",
    capacity: 2,
    skills: [],
    active: true,
    revision: 1,
    ...more,
  };
}

type Parts = {
  channel?: Partial<ChannelSettings>;
  queues?: Queue[];
  agents?: Agent[];
  flows?: Configuration["flows"];
};

/** One published channel, two queues, two agents and a supervisor (agent 9), unless told otherwise. */
export function configurationOf({
  channel = {},
  queues = [queue(1), queue(2)],
  agents = [agent(1), agent(2), agent(9, { role: "supervisor" })],
  flows = [],
}: Parts = {}): Configuration {
  const settings = { ...CHANNEL_SETTINGS, ...channel };
  return {
    organisation: { name: "Test", presenceReasons: [{ status: "busy", name: "Lunch" }], declineReasons: [] },
    channels: new Map([[id("channel", 1), { id: id("channel", 1), deployment: 1, settings }]]),
    queues: new Map(queues.map((one) => [one.id, one])),
    agents: new Map(agents.map((one) => [one.id, one])),
    skills: new Map(),
    hours: new Map(),
    flows,
  };
}

export const CUSTOMER: Actor = { who: "customer", id: id("customer", 1), name: null };
export const SYSTEM: Actor = { who: "system" };
export function agentActor(number: number): Actor {
  return {
    who: "agent",
    id: id("agent", number),
    name: `Agent ${number}`,
    role: number === 9 ? "supervisor" : "agent",
  };
}

type WithoutId<C> = C extends { id: string } ? Omit<C, "id"> : never;

/** A world to play rules in: time moved by hand, ids in order, agents available. */
export class TestWorld {
  readonly world: World = { conversations: new Map(), agents: new Map() };
  configuration: Configuration;
  now = 1_700_000_000_000;
  #ids = 0;

  constructor(configuration: Configuration = configurationOf()) {
    this.configuration = configuration;
    for (const one of configuration.agents.values()) {
      const state = { ...newAgentState(one.id), chosen: "available" as const, lease: Number.MAX_SAFE_INTEGER };
      this.world.agents.set(one.id, state);
    }
  }

  newId(): string {
    this.#ids += 1;
    return id("command", this.#ids);
  }

  circumstances(actor: Actor, commandId: string): Circumstances {
    const { now, configuration } = this;
    return { now, actor, configuration, agents: this.world.agents, newId: () => this.newId(), commandId };
  }

  give(actor: Actor, command: WithoutId<Command>): Outcome {
    const commandId = this.newId();
    return perform(this.world, { ...command, id: commandId } as Command, this.circumstances(actor, commandId));
  }

  /** Gives a command that must be accepted; returns the types of its events. */
  must(actor: Actor, command: WithoutId<Command>): string[] {
    const outcome = this.give(actor, command);
    if ("refused" in outcome) throw new Error(`${command.type}: ${outcome.refused} ${JSON.stringify(outcome.extra)}`);
    return outcome.performed.events.map((event) => event.type);
  }

  /** Starts conversation `number` for the customer of that number. */
  start(number = 1, kind: "guest" | "verified" = "guest"): string {
    const conversationId = id("conversation", number);
    const customerId = id("customer", number);
    this.must(
      { who: "customer", id: customerId, name: null },
      {
        type: "conversation.start",
        conversationId,
        channelId: id("channel", 1),
        language: "en",
        answers: [],
        files: [],
        customer: { id: customerId, kind, name: null, email: null, subject: null },
      },
    );
    return conversationId;
  }

  offer(conversationId: string, agentNumber: number): void {
    const { id: sessionId } = this.session(conversationId);
    this.must(SYSTEM, { type: "session.offer", conversationId, sessionId, agentId: id("agent", agentNumber) });
  }

  /** Offers the conversation's session to an agent, who accepts. */
  serve(conversationId: string, agentNumber: number): void {
    this.offer(conversationId, agentNumber);
    const offerId = this.session(conversationId).staff.offerId ?? "";
    this.must(agentActor(agentNumber), { type: "offer.accept", conversationId, offerId });
  }

  say(actor: Actor, conversationId: string, text: string): string[] {
    return this.must(actor, { type: "message.post", conversationId, text, attachments: [], files: [] });
  }

  state(conversationId: string): ConversationState {
    const state = this.world.conversations.get(conversationId);
    if (!state) throw new Error("no such conversation");
    return state;
  }

  agent(number: number): AgentState {
    const state = this.world.agents.get(id("agent", number));
    if (!state) throw new Error("no such agent");
    return state;
  }

  session(conversationId: string) {
    const { session, staff } = this.state(conversationId).snapshot;
    if (!session || !staff) throw new Error("no session");
    return { ...session, staff };
  }

  /** Moves time on and strikes what is then due, in the order it falls due. Returns the types of all events. */
  pass(milliseconds: number): string[] {
    const until = this.now + milliseconds;
    const types: string[] = [];
    for (;;) {
      const [due] = [...this.world.conversations.values()]
        .flatMap(({ snapshot, armed }) =>
          Object.entries(armed).map(([kind, at]) => ({ conversationId: snapshot.id, kind, at })),
        )
        .filter((one) => one.at <= until)
        .sort((a, b) => a.at - b.at);
      if (!due) break;
      this.now = Math.max(this.now, due.at);
      const { conversationId, kind } = due;
      types.push(...this.must(SYSTEM, { type: "deadline.strike", conversationId, kind: kind as never }));
    }
    this.now = until;
    return types;
  }
}
