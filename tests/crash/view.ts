import type { ConversationEvent } from "@clew/contract/events";
import type { ServerMessage } from "@clew/contract/stream";

/** Acknowledge after so many events, well before the window is full. */
const ACKNOWLEDGE_EVERY = 32;

type Cursor = { epoch: string; number: number };
export type Seen = { number: number; commandId: string | undefined };

/** What one reader has seen of a conversation, and where it goes on after a cut. What should not come is noted. */
export class View {
  readonly conversationId: string;
  readonly seen: Seen[] = [];
  readonly faults: string[] = [];
  #epoch: string | null = null;
  #acknowledged = 0;

  constructor(conversationId: string) {
    this.conversationId = conversationId;
  }

  get number(): number {
    return this.seen.at(-1)?.number ?? 0;
  }

  get cursor(): Cursor | undefined {
    return this.#epoch === null ? undefined : { epoch: this.#epoch, number: this.number };
  }

  /** Takes what the stream says of this conversation; returns the number to acknowledge, when it is time to. */
  take(message: ServerMessage): number | null {
    switch (message.type) {
      case "snapshot":
        if (this.#epoch !== null) this.faults.push("a snapshot, though the cursor was good");
        this.#epoch = message.epoch;
        this.#add(message.events);
        return null;
      case "events":
        this.#add(message.events);
        if (this.number - this.#acknowledged < ACKNOWLEDGE_EVERY) return null;
        this.#acknowledged = this.number;
        return this.number;
      case "live":
        if (message.number !== this.number) this.faults.push(`live at ${message.number}, seen up to ${this.number}`);
        return null;
      case "resync":
        this.faults.push(`told to begin anew because of ${message.because}`);
        return null;
      case "refused":
        this.faults.push(`refused: ${message.problem.code}`);
        return null;
      default:
        return null;
    }
  }

  #add(events: readonly ConversationEvent[]): void {
    for (const { number, commandId } of events) {
      if (number !== this.number + 1) this.faults.push(`${number} came after ${this.number}`);
      if (number > this.number) this.seen.push({ number, commandId });
    }
  }
}
