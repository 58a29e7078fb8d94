import type { ConversationEvent } from "@clew/contract/events";
import type { Cursor } from "@clew/contract/ids";
import { type ServerMessage, SNAPSHOT_EVENTS, WINDOW } from "@clew/contract/stream";
import { eventForCustomer, snapshotForCustomer } from "@clew/domain/conversations/for-customer";
import type { ConversationState } from "@clew/domain/conversations/state";
import type { Database } from "../database/database.ts";
import { eventsAfter, eventsBefore } from "../event-log/read.ts";
import type { NewEvents } from "./frames.ts";

/** Events of one frame when catching up. */
const PAGE = 100;

type Parts = {
  database: Database;
  conversationId: string;
  forCustomer: boolean;
  /** The state as last committed. */
  state(): Promise<ConversationState | null>;
  send(message: ServerMessage): void;
  /** A message that is JSON already. */
  sendText(text: string): void;
  failed(error: unknown): void;
};

/**
 * One reader of one conversation. `sent` is the number of the last event given out, `acked` the last the client says it
 * has, `head` the newest known to exist. Wake-ups only raise `head`; the pump reads what lies between from the log, so a
 * lost, doubled or reordered wake-up does no harm. At most `WINDOW` events are unacknowledged: beyond that nothing is
 * sent and nothing is queued, the log is the queue.
 *
 * States: starting (registered, so no wake-up is missed, but nothing sent) → pumping ⇄ resting, until closed.
 */
export class ConversationSubscription {
  readonly conversationId: string;
  readonly #parts: Parts;
  #sent = 0;
  #acked = 0;
  #head = 0;
  #started = false;
  #pumping = false;
  #live = false;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.conversationId = parts.conversationId;
  }

  get topic() {
    return { kind: "conversation" as const, id: this.conversationId };
  }

  get sent(): number {
    return this.#sent;
  }

  /** True while the client owes acknowledgements for a full window. */
  get stalled(): boolean {
    return this.#head > this.#sent && this.#sent - this.#acked >= WINDOW;
  }

  /** First answer to the subscription: on from the cursor, or a snapshot with the newest page of events. */
  async start(state: ConversationState, cursor: Cursor | undefined): Promise<void> {
    const { database, send } = this.#parts;
    const head = state.snapshot.number;
    this.#head = Math.max(this.#head, head);
    const foreign = cursor && cursor.epoch !== database.epoch;
    const future = cursor && !foreign && cursor.number > head;
    const because = foreign ? "epoch" : future ? "future" : null;
    if (because) send({ type: "resync", topic: this.topic, because });
    if (cursor && !because) this.#sent = cursor.number;
    else await this.#sendSnapshot(state);
    if (this.#closed) return;
    this.#acked = this.#sent;
    this.#started = true;
    this.#pump();
  }

  async #sendSnapshot(state: ConversationState): Promise<void> {
    const { database, forCustomer, send } = this.#parts;
    const head = state.snapshot.number;
    const events = await eventsBefore(database.raw, this.conversationId, head + 1, SNAPSHOT_EVENTS);
    const snapshot = forCustomer ? snapshotForCustomer(state.snapshot) : state.snapshot;
    if (this.#closed) return;
    send({ type: "snapshot", topic: this.topic, epoch: database.epoch, snapshot, events: this.#visible(events) });
    this.#sent = head;
  }

  /** Newly committed events, in order. They are sent as they are when they follow on; otherwise the pump reads the log. */
  wake(events: NewEvents): void {
    this.#head = Math.max(this.#head, events.last);
    if (!this.#started || this.#closed) return;
    const follows =
      this.#live &&
      !this.#pumping &&
      !events.erase &&
      events.first === this.#sent + 1 &&
      events.last - this.#acked <= WINDOW;
    if (!follows) {
      this.#pump();
      return;
    }
    this.#sent = events.last;
    this.#parts.sendText(events.frame(this.#parts.forCustomer));
  }

  /** Somebody says that the log reaches `number`. */
  wakeTo(number: number): void {
    this.#head = Math.max(this.#head, number);
    if (this.#started) this.#pump();
  }

  ack(number: number): void {
    if (number > this.#sent || number <= this.#acked) return;
    this.#acked = number;
    if (this.#head > this.#sent) this.#pump();
  }

  close(): void {
    this.#closed = true;
  }

  #pump(): void {
    if (this.#pumping || this.#closed) return;
    this.#pumping = true;
    this.#pumpAll()
      .catch(this.#parts.failed)
      .finally(() => {
        this.#pumping = false;
        if (this.#head > this.#sent && this.#sent - this.#acked < WINDOW && !this.#closed) this.#pump();
      });
  }

  async #pumpAll(): Promise<void> {
    const { database, send } = this.#parts;
    while (this.#head > this.#sent && !this.#closed) {
      const room = WINDOW - (this.#sent - this.#acked);
      if (room <= 0) return;
      const events = await eventsAfter(database.raw, this.conversationId, this.#sent, Math.min(PAGE, room));
      const last = events.at(-1);
      if (!last || this.#closed) break;
      if (events.some(({ type }) => type === "conversation.erased") && (await this.#startOver())) continue;
      this.#sent = last.number;
      this.#head = Math.max(this.#head, last.number);
      send({ type: "events", topic: this.topic, events: this.#visible(events) });
    }
    if (!this.#live && this.#sent >= this.#head && !this.#closed) {
      this.#live = true;
      send({ type: "live", topic: this.topic, number: this.#sent });
    }
  }

  /** What was sent before is erased: whoever holds it lets go of it and begins with what is left. */
  async #startOver(): Promise<boolean> {
    const state = await this.#parts.state();
    if (!state || this.#closed) return false;
    this.#parts.send({ type: "resync", topic: this.topic, because: "erased" });
    await this.#sendSnapshot(state);
    this.#acked = this.#sent;
    this.#head = Math.max(this.#head, this.#sent);
    return true;
  }

  #visible(events: readonly ConversationEvent[]): ConversationEvent[] {
    return this.#parts.forCustomer ? events.map(eventForCustomer) : [...events];
  }
}
