import type { By, ConversationEvent, EventOf, EventType } from "@clew/contract/events";
import { byOf } from "../actor.ts";
import type { Circumstances, Decision, Effect } from "../decision.ts";
import { type ConversationState, evolve } from "./state.ts";

type Own<Name extends EventType> = Omit<
  EventOf<Name>,
  "type" | "conversationId" | "number" | "at" | "by" | "audience" | "commandId"
>;
type Marks = { by?: By; audience?: "all" | "staff"; commandId?: string };

/**
 * The events of one decision while it is being made: each is numbered and evolves the state at once, so the next line of
 * a rule already sees it. Thrown away when the rule refuses.
 */
export class Draft {
  readonly events: ConversationEvent[] = [];
  readonly effects: Effect[] = [];
  readonly circumstances: Circumstances;
  readonly conversationId: string;
  #state: ConversationState | null;

  constructor(state: ConversationState | null, circumstances: Circumstances, conversationId: string) {
    this.#state = state;
    this.circumstances = circumstances;
    this.conversationId = conversationId;
  }

  get state(): ConversationState {
    if (!this.#state) throw new Error("the conversation has not begun");
    return this.#state;
  }

  get now(): number {
    return this.circumstances.now;
  }

  add<Name extends EventType>(type: Name, fields: Own<Name>, marks: Marks = {}): void {
    const { actor, commandId, now } = this.circumstances;
    const owner = this.#state?.snapshot.session?.agent?.id ?? null;
    const event = {
      type,
      conversationId: this.conversationId,
      number: (this.#state?.snapshot.number ?? 0) + 1,
      at: now,
      by: marks.by ?? byOf(actor, owner),
      audience: marks.audience ?? "all",
      commandId: marks.commandId ?? commandId,
      ...fields,
    } as unknown as ConversationEvent;
    this.#state = evolve(this.#state, event);
    this.events.push(event);
  }

  /** Changes that are not events: how far each side has read. */
  adjust(change: (state: ConversationState) => ConversationState): void {
    this.#state = change(this.state);
  }

  done(): Decision {
    return { state: this.state, events: this.events, effects: this.effects };
  }
}
