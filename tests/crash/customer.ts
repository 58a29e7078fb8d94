import { DEMO_CHANNELS, newGuest, newId } from "@clew/server/testing/test-app";
import { Connection } from "./connection.ts";
import { View } from "./view.ts";

/** Unanswered messages beyond which a customer writes no more until answers come: only where the machine cannot follow. */
const MOST_UNANSWERED = 400;

/** A message as its writer knows it. `number`: what the answer said, null while there is none. */
export type Sent = { id: string; text: string; number: number | null; tries: number };

/** A customer who writes, keeps what is unanswered, sends it again after a cut, and reads their conversation by cursor. */
export class Customer {
  readonly conversationId = newId();
  readonly sent: Sent[] = [];
  readonly view = new View(this.conversationId);
  readonly faults: string[] = [];
  /** Messages sent again that the store already had. */
  absorbed = 0;
  /** Messages that were not written because too many were unanswered. */
  held = 0;
  readonly #unanswered = new Map<string, Sent>();
  readonly #connection: Connection;
  #live = false;
  #started: (() => void) | null = null;

  /** Begins a conversation; returns when it is live. */
  static async begin(url: string): Promise<Customer> {
    const { accessToken } = await newGuest(url);
    const customer = new Customer(url, accessToken);
    await new Promise<void>((resolve) => {
      customer.#started = resolve;
    });
    return customer;
  }

  private constructor(url: string, token: string) {
    this.#connection = new Connection({
      url,
      token,
      welcomed: () => {
        if (this.#started) this.#start();
        else this.#subscribe();
      },
      heard: (message) => {
        if (message.type === "answer") {
          if (message.ok) this.#answered(message.commandId, message.answer.number);
          else this.faults.push(`refused: ${message.problem.code} ${message.problem.detail ?? ""}`);
          return;
        }
        const number = this.view.take(message);
        if (number !== null) this.#connection.send({ type: "ack", topic: this.#topic, number });
        if (message.type === "live") this.#isLive();
      },
      gone: () => {
        this.#live = false;
      },
    });
  }

  get unanswered(): number {
    return this.#unanswered.size;
  }

  get live(): boolean {
    return this.#live;
  }

  /** Writes one more message, unless too many are unanswered; while the connection is cut it waits. */
  write(): void {
    if (this.#unanswered.size >= MOST_UNANSWERED) {
      this.held += 1;
      return;
    }
    const message: Sent = { id: newId(), text: `message ${this.sent.length + 1}`, number: null, tries: 0 };
    this.sent.push(message);
    this.#unanswered.set(message.id, message);
    if (this.#live) this.#post(message);
  }

  close(): void {
    this.#connection.close();
    this.faults.push(...this.view.faults, ...this.#connection.faults);
  }

  get #topic() {
    return { kind: "conversation" as const, id: this.conversationId };
  }

  #start(): void {
    this.#connection.send({
      type: "command",
      command: {
        type: "conversation.start",
        id: newId(),
        conversationId: this.conversationId,
        channelId: DEMO_CHANNELS.shop,
        language: "en",
        answers: [
          { key: "name", value: "Ana", how: "typed" },
          { key: "email", value: "ana@clew.example", how: "typed" },
          { key: "topic", value: "advice", how: "typed" },
        ],
      },
    });
  }

  #subscribe(): void {
    const { cursor } = this.view;
    this.#connection.send({ type: "subscribe", topic: this.#topic, ...(cursor ? { cursor } : {}) });
  }

  #answered(id: string, number: number): void {
    const message = this.#unanswered.get(id);
    if (message) {
      message.number = number;
      this.#unanswered.delete(id);
    } else if (this.#started) this.#subscribe();
    else this.faults.push("an answer that nobody waits for");
  }

  #isLive(): void {
    this.#live = true;
    this.#started?.();
    this.#started = null;
    const stored = new Set(this.view.seen.slice(-this.#unanswered.size * 2).map(({ commandId }) => commandId));
    for (const message of this.#unanswered.values()) {
      if (stored.has(message.id)) this.absorbed += 1;
      this.#post(message);
    }
  }

  #post(message: Sent): void {
    message.tries += 1;
    const { id, text } = message;
    this.#connection.send({
      type: "command",
      command: { type: "message.post", id, conversationId: this.conversationId, text, attachments: [] },
    });
  }
}
