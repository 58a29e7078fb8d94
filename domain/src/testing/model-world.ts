import type { Actor } from "../actor.ts";
import type { Command } from "../commands.ts";
import type { Configuration } from "../configuration.ts";
import type { ConversationState } from "../conversations/state.ts";
import type { DeadlineKind } from "../deadlines/deadlines.ts";
import { type Outcome, type Performed, perform, type World } from "../door.ts";
import { newAgentState } from "../presence/agent-state.ts";
import { candidatesFrom, type WaitingSession } from "../routing/candidate.ts";
import { type Proposal, route } from "../routing/route.ts";

type WithoutId<C> = C extends unknown ? Omit<C, "id"> : never;
export type Wish = WithoutId<Command>;
export type Row = { conversationId: string; kind: DeadlineKind; due: number };

/**
 * The door's pure part with a store around it as plain as can be: rows of deadlines, proposals of the router that may be
 * out of date when they are carried out, withdrawals that come later than what caused them.
 */
export class ModelWorld {
  readonly configuration: Configuration;
  readonly world: World;
  now = 1_000_000;
  rows: Row[] = [];
  proposals: Proposal[] = [];
  /** Runs that were made the bot of a session, whatever became of them. */
  bots: { conversationId: string; runId: string }[] = [];
  withdrawals: { conversationId: string; agentId: string; why: string }[] = [];
  /** What was executed since it was last emptied, with the conversations before and after. */
  done: {
    outcome: Outcome;
    before: ModelWorld["world"]["conversations"];
    after: ModelWorld["world"]["conversations"];
  }[] = [];
  #ids = 0;

  constructor(configuration: Configuration) {
    this.configuration = configuration;
    this.world = {
      conversations: new Map(),
      agents: new Map([...configuration.agents.keys()].map((id) => [id, newAgentState(id)])),
    };
  }

  get conversations(): ConversationState[] {
    return [...this.world.conversations.values()];
  }

  execute(actor: Actor, wish: Wish): Outcome {
    const commandId = this.newId();
    const before = new Map(this.world.conversations);
    const outcome = perform(this.world, { ...wish, id: commandId } as Command, {
      now: this.now,
      actor,
      configuration: this.configuration,
      agents: this.world.agents,
      newId: () => this.newId(),
      commandId,
    });
    if ("performed" in outcome) this.#store(outcome.performed);
    this.done.push({ outcome, before, after: new Map(this.world.conversations) });
    return outcome;
  }

  /** Strikes one due row, the earliest; null when none is due. */
  strikeNext(): Outcome | null {
    const due = this.rows.filter((row) => row.due <= this.now).sort((a, b) => a.due - b.due)[0];
    return due ? this.execute({ who: "system" }, { type: "deadline.strike", ...due }) : null;
  }

  look(): void {
    const agents = candidatesFrom(this.configuration, this.world.agents);
    const waiting = this.conversations.flatMap(waitingSession);
    this.proposals.push(...route({ waiting, agents, queues: this.configuration.queues, now: this.now }));
  }

  newId(): string {
    this.#ids += 1;
    return `id${this.#ids}`;
  }

  #store({ conversationId, deadlines, followUps }: Performed): void {
    this.withdrawals.push(...followUps);
    if (conversationId === null) return;
    const gone = new Set([...deadlines.drop, ...Object.keys(deadlines.set)]);
    this.rows = this.rows.filter((row) => row.conversationId !== conversationId || !gone.has(row.kind));
    for (const [kind, due] of Object.entries(deadlines.set))
      this.rows.push({ conversationId, kind: kind as DeadlineKind, due });
  }
}

/** A conversation that waits without an open offer, as the router reads it. */
export function waitingSession({ snapshot }: ConversationState): WaitingSession[] {
  const { session, staff, id: conversationId } = snapshot;
  if (session?.status !== "waiting" || !staff || staff.offer || staff.queueId === null) return [];
  const { queueId, priority, weight, skills, declined, previousAgentId, targetAgentId } = staff;
  const waitingSince = session.waitingSince ?? 0;
  return [
    {
      conversationId,
      sessionId: session.id,
      queueId,
      priority,
      waitingSince,
      weight,
      skills,
      declined,
      previousAgentId,
      targetAgentId,
    },
  ];
}
